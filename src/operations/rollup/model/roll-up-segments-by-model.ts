import type {ModelSummarizer} from '../../../domain/model/model-summarizer.js';
import type {RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import type {TocNode} from '../../../domain/toc/node.js';
import {dayId, type LocalDate} from '../../../domain/toc/node-id.js';
import {overlapOf} from '../../../domain/toc/overlap.js';
import type {Change, SessionDayMark, Store} from '../../../store/port/store.js';
import {holdInTurns, holdOnce} from '../../access/hold.js';
import {JOB_PATIENCE_MS} from '../../mem.js';
import {readMarkedSessionDays, readSessionDays} from '../steps/read-session-days.js';
import type {RollupRun} from '../steps/rollup-run.js';
import {
  commitSessionDays,
  type MadeSessionDay,
  type MakeSegment,
  type PlannedSessionDay,
  planMarkedSessionDay,
  segmentNode,
  spokenEvents,
} from '../steps/session-day-steps.js';
import {summarizeSessionDay} from '../steps/summarize-session-day.js';
import type {ModelWork} from './model-calls.js';
import type {WantedNode} from './wanted-node.js';

/** A session-day of which segments are being asked for. */
interface OpenSessionDay {
  readonly planned: PlannedSessionDay;
  /** Segments that are not committed yet. */
  left: number;
}

/** Once no call is begun any more dates are read together up to so many events: an opening of the store for each would take longer. */
const EVENTS_PER_READ = 4_000;

/**
 * Yields the segments of all marked session-days that a model is to be asked for, the newest first; what needs no call is committed on
 * the way.
 * @param hasEnded whether no call is begun any more
 */
export async function* segmentsForModel(run: RollupRun, model: ModelSummarizer, hasEnded: () => boolean): AsyncGenerator<ModelWork> {
  const marks = await run.mem.store.use(JOB_PATIENCE_MS, (store) => store.sessionDayMarks({}));
  const dates = [...new Set(marks.map((mark) => mark.date))].sort().reverse();
  while (dates.length > 0 && !run.signal.aborted) {
    const planned = await holdInTurns(run.mem, JOB_PATIENCE_MS, (current) => planDates(run, current, dates, hasEnded));
    const made: MadeSessionDay[] = [];
    const asked: {readonly start: number; readonly wanted: WantedNode}[] = [];
    for (const sessionDay of planned) {
      const short: MakeSegment[] = [];
      const open = {planned: sessionDay, left: 0};
      for (const step of sessionDay.toMake) {
        const wanted = wantedSegment(run, model, open, step);
        if (wanted === undefined) short.push(step);
        else asked.push({start: step.segment.start, wanted});
      }
      const done = await summarizeSessionDay(run, {...sessionDay, toMake: short});
      const askedOf = sessionDay.toMake.length - short.length;
      // One of the short ones that could not be made holds the mark too.
      open.left = askedOf + (done.isSettled ? 0 : 1);
      made.push({...done, isSettled: done.isSettled && askedOf === 0});
    }
    yield* outcomesOf(run, made);
    for (const {wanted} of asked.sort((a, b) => b.start - a.start)) yield wanted;
  }
}

/** What became of session-days without a call. The store is opened where there is something to commit. */
async function* outcomesOf(run: RollupRun, made: readonly MadeSessionDay[]): AsyncGenerator<readonly RollupOutcome[]> {
  const hasChanged = ({nodes, isSettled}: MadeSessionDay): boolean => nodes.length > 0 || isSettled;
  const unchanged = made.filter((one) => !hasChanged(one)).flatMap(({outcomes}) => outcomes);
  if (unchanged.length > 0) yield unchanged;
  const changed = made.filter(hasChanged);
  if (changed.length > 0) yield await holdOnce(run.mem, (store) => commitSessionDays(run, store, changed));
}

/** Plans the first of the dates, and more of them where no call is begun any more. Takes them off `dates`. */
async function* planDates(
  run: RollupRun,
  current: () => Store,
  dates: LocalDate[],
  hasEnded: () => boolean,
): AsyncGenerator<void, readonly PlannedSessionDay[]> {
  const planned: PlannedSessionDay[] = [];
  let events = 0;
  do {
    for await (const group of readMarkedSessionDays(current, dates.shift() as LocalDate)) {
      for (const sessionDay of group ?? []) {
        planned.push(await planMarkedSessionDay(run, current(), sessionDay));
        events += sessionDay.events.length;
      }
      yield;
    }
  } while (dates.length > 0 && events < EVENTS_PER_READ && hasEnded());
  return planned;
}

/** @returns undefined when the segment says too little to be sent */
function wantedSegment(run: RollupRun, model: ModelSummarizer, open: OpenSessionDay, step: MakeSegment): WantedNode | undefined {
  const {planned} = open;
  const {segment} = step;
  const events = spokenEvents(segment.events);
  if (!model.takesEvents(events)) return undefined;
  const overlap = spokenEvents(overlapOf(segment));
  return {
    step: {id: step.id, tocLevel: step.tocLevel, reason: step.reason},
    ask: (call) => model.summarizeEvents(events, overlap, call),
    standIn: async () => run.mem.summarizer.summarizeEvents(events),
    nodeOf: (summary, by, fallback) => segmentNode(run, step, planned, summary, by, fallback),
    changesFor: (store, node) => changesFor(run, store, open, step, node),
    isMadeFromSame: ({childIds}) => childIds.join() === segment.events.map(({id}) => id).join(),
  };
}

/**
 * While the call was under way, events may have come in. A segment that is still cut as it was has cost its money and is stored; its
 * session-day keeps the new mark.
 */
async function changesFor(
  run: RollupRun,
  store: Store,
  open: OpenSessionDay,
  step: MakeSegment,
  node: TocNode | undefined,
): Promise<readonly Change[] | undefined> {
  const {mark, isSettled} = open.planned;
  const {date, sessionKey} = mark;
  const [present] = await store.sessionDayMarksOf([mark]);
  const isSame = present?.token === mark.token;
  if (!isSame && !(present && (await isStillWanted(run, store, present, step)))) return undefined;
  open.left -= 1;
  const changes: Change[] =
    node === undefined
      ? []
      : [
          {kind: 'node', node},
          {kind: 'mark-node', id: dayId(date)},
        ];
  if (isSame && isSettled && open.left === 0) changes.push({kind: 'unmark-session-day', date, sessionKey});
  return changes;
}

async function isStillWanted(run: RollupRun, store: Store, mark: SessionDayMark, wanted: MakeSegment): Promise<boolean> {
  for await (const group of readSessionDays(() => store, mark.date, [mark])) {
    for (const sessionDay of group ?? []) {
      const {toMake} = await planMarkedSessionDay(run, store, sessionDay);
      const step = toMake.find(({id}) => id === wanted.id);
      return step?.fingerprint === wanted.fingerprint && step.version === wanted.version;
    }
  }
  return false;
}
