import type {Retry} from '../../../domain/rollup/retry.js';
import {dependentsOf} from '../../../domain/time/period.js';
import type {NodeId, PeriodId} from '../../../domain/toc/node-id.js';
import type {Change, Expectation} from '../../../store/port/store.js';
import type {Mark, MarkedWork} from '../find/marked-work.js';
import {isStillWanted} from '../find/session-day-work.js';
import type {RollupRun} from '../rollup-run.js';
import type {RollupStore} from '../rollup-store.js';
import {changesStore, type Made} from './made.js';

/** Something made, with the mark that it is committed on: the one that was read before its inputs, or one that was set since. */
export interface Claim {
  readonly made: Made;
  readonly mark: Mark;
}

/** The versions, the marks of what they are inputs of, and the end of the marks of which all parts are there. */
export function changesFor(claims: readonly Claim[], retries: ReadonlyMap<NodeId, Retry>): readonly Change[] {
  const changes: Change[] = [];
  const above = new Set<PeriodId>();
  const partsLeft = new Map<MarkedWork, number>();
  for (const {made, mark} of claims) {
    const {work, nodes, parts} = made;
    for (const node of nodes) {
      changes.push({kind: 'node', node});
      for (const id of dependentsOf(node.id)) above.add(id);
      // It leaves the retry list, unless it is put on it again.
      if (retries.has(node.id) && !made.changes.some(({kind}) => kind === 'retry')) changes.push({kind: 'no-retry', id: node.id});
    }
    changes.push(...made.changes);
    const left = (partsLeft.get(work) ?? work.partsLeft) - parts;
    partsLeft.set(work, left);
    if (left > 0 || parts === 0 || !work.isSettled || mark !== work.mark) continue;
    changes.push(unmark(mark));
    if ('date' in mark && work.activity) {
      const {date, sessionKey} = mark;
      changes.push({kind: 'session-day-activity', date, sessionKey, activity: work.activity});
    }
  }
  for (const id of above) changes.push({kind: 'mark-node', id});
  return changes;
}

function unmark(mark: Mark): Change {
  return 'id' in mark ? {kind: 'unmark-node', id: mark.id} : {kind: 'unmark-session-day', date: mark.date, sessionKey: mark.sessionKey};
}

/**
 * What can still be committed. While a call was under way, events may have come in: a segment that is still cut as it was has cost its
 * money and is stored, and its session-day keeps the new mark.
 */
export async function claimAgain(
  run: RollupRun,
  store: RollupStore,
  claims: readonly Claim[],
  {sessionDayMarks = [], nodeMarks = []}: Expectation,
): Promise<readonly Claim[]> {
  const gone = new Set([...sessionDayMarks, ...nodeMarks].map(keyOf));
  const again: Claim[] = [];
  for (const claim of claims) {
    const {made, mark} = claim;
    if (!gone.has(keyOf(mark)) || !changesStore(made)) again.push(claim);
    else if (made.asked && 'date' in mark) {
      const [present] = await store.sessionDayMarksOf([mark]);
      if (present && (await isStillWanted(run, store, present, made.asked))) again.push({made, mark: present});
    }
  }
  return again;
}

const keyOf = (mark: Mark): string => ('id' in mark ? mark.id : `${mark.date} ${mark.sessionKey}`);
