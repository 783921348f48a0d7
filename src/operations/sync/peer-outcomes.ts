import type {LastSync, PeerSyncs} from '../../domain/care/last-syncs.js';
import {DAY_MS} from '../../domain/time/durations.js';
import type {MemError} from '../../errors.js';
import type {Mem} from '../mem.js';
import type {SyncReport} from './sync.js';

/** What became of the exchange with one peer. */
export type PeerOutcome =
  | {readonly kind: 'synced'; readonly peer: string; readonly report: SyncReport}
  | {readonly kind: 'failed'; readonly peer: string; readonly fault: MemError};

/** So long a peer that is not set is told of. */
const TOLD_MS = 30 * DAY_MS;

/** Notes what became of an exchange, for whoever asks later. */
export function noteOutcome({syncNotes, syncTargets, clock}: Pick<Mem, 'syncNotes' | 'syncTargets' | 'clock'>, outcome: PeerOutcome): void {
  const now = clock();
  const noted = syncNotes.read() ?? [];
  const before = noted.find(({peer}) => peer === outcome.peer)?.last;
  const {peer} = outcome;
  // A name that was mistyped once is no peer.
  if (outcome.kind === 'failed' && before === undefined && !syncTargets.includes(peer)) return;
  const made: PeerSyncs =
    outcome.kind === 'synced'
      ? {peer, last: lastOf(outcome.report, now), failure: undefined}
      : {peer, last: before, failure: {at: now, code: outcome.fault.code, message: outcome.fault.message}};
  const others = noted.filter((each) => each.peer !== peer && (syncTargets.includes(each.peer) || now - newestOf(each) < TOLD_MS));
  syncNotes.write([...others, made]);
}

const newestOf = ({last, failure}: PeerSyncs): number => Math.max(last?.at ?? 0, failure?.at ?? 0);

function lastOf({received, sent, refused}: SyncReport, at: LastSync['at']): LastSync {
  const way = ({bytes, events, forgotten}: SyncReport['sent']) => ({bytes, events, forgotten});
  return {at, received: way(received), sent: way(sent), refused: refused.length, left: received.left ?? sent.left};
}

/** What is known of each peer: those that are set, whether or not there was an exchange, then others of the last time. */
export function readPeerSyncs({syncNotes, syncTargets}: Pick<Mem, 'syncNotes' | 'syncTargets'>): readonly PeerSyncs[] {
  const noted = syncNotes.read() ?? [];
  const set = syncTargets.map((peer) => noted.find((each) => each.peer === peer) ?? {peer, last: undefined, failure: undefined});
  return [...set, ...noted.filter(({peer}) => !syncTargets.includes(peer))];
}
