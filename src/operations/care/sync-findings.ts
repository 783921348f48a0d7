import {statusOfCode} from '../../errors.js';
import type {Mem} from '../mem.js';
import {readPeerSyncs} from '../sync/peer-outcomes.js';
import {daysText} from './days-text.js';
import type {Finding} from './finding.js';

/** The last exchange with each peer; none where there is no peer. */
export function syncFindings(mem: Pick<Mem, 'syncNotes' | 'syncTargets' | 'clock'>): readonly Finding[] {
  const part = 'sync';
  return readPeerSyncs(mem).map(({peer, last, failure}): Finding => {
    const done = last === undefined ? 'never done' : `last done ${daysText(last.at, mem.clock())}`;
    if (failure !== undefined) {
      return {
        part,
        message: `${peer}: ${failure.message}; ${done}`,
        status: statusOfCode(failure.code),
        cure: `try again: mem sync ${peer}`,
      };
    }
    if (last === undefined) return {part, message: `${peer}: ${done}; the job sync does it, or: mem sync`, status: 0};
    const {received, sent, left} = last;
    const rest = left === undefined ? '' : `; left for the next time: ${left}`;
    return {
      part,
      message: `${peer}: ${done}, ${received.events} new events came, ${(sent.bytes / 1e6).toFixed(1)} MB went${rest}`,
      status: 0,
    };
  });
}
