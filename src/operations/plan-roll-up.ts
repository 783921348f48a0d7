import type {EpochMs} from '../domain/event.js';
import type {NodePointer} from '../domain/node.js';
import {dateOf, dayId, type LocalDate, type NodeId, type PeriodLevel, tocLevelOf} from '../domain/node-id.js';
import {Calendar, dependentsOf} from '../domain/period.js';
import {planPeriod, planSessionDay} from '../domain/rollup-plan.js';
import type {RollupStep} from '../domain/rollup-step.js';
import type {Store} from '../store/store.js';
import {withDrainedStore} from './drained-store.js';
import {holdInTurns} from './hold.js';
import {JOB_PATIENCE_MS, type Mem} from './mem.js';
import {readPeriodState} from './read-periods.js';
import {readMarkedSessionDays} from './read-session-days.js';
import {findRedo} from './redo.js';
import {levelsUpTo, type RollUpOptions} from './roll-up.js';

/** What the plan has come to so far: the store shows none of it. */
interface Draft {
  /** What `--redo` selects. */
  readonly redo: ReadonlyMap<NodeId, NodePointer>;
  readonly made: Map<NodeId, EpochMs>;
  readonly retracted: Set<NodeId>;
  /** Periods of which an input will change. */
  readonly changed: Set<NodeId>;
  /** Periods of which an input is marked but left out. */
  readonly waiting: Set<NodeId>;
}

/**
 * Yields what a rollup would do now, and changes nothing but to drain the inbox. A planned step counts as a change of what is above
 * it: the periods that are named are an upper bound.
 */
export async function* planRollUp(mem: Mem, options: RollUpOptions): AsyncGenerator<RollupStep> {
  const {timeZone, dates} = await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async (store) => ({
    timeZone: store.header.timeZone,
    dates: [...new Set((await store.sessionDayMarks({})).map((mark) => mark.date))].reverse(),
  }));
  const redo = new Map<NodeId, NodePointer>();
  if (options.redo) for await (const pointers of findRedo(mem, options.redo)) for (const pointer of pointers) redo.set(pointer.id, pointer);
  const calendar = new Calendar(timeZone);
  const now = mem.clock();
  const draft: Draft = {redo, made: new Map(), retracted: new Set(), changed: new Set(), waiting: new Set()};
  const planned = new Set<NodeId>();
  for (const date of dates) {
    const steps = await holdInTurns(mem, JOB_PATIENCE_MS, (current) => planDate(mem, current, calendar, date, now, draft));
    for (const {id} of steps) planned.add(id);
    yield* steps;
  }
  yield* planRedo([...redo.values()].filter(({id}) => tocLevelOf(id) === 'segment' && !planned.has(id)).reverse(), draft);
  for (const tocLevel of levelsUpTo(options.tocLevel).slice(1) as PeriodLevel[]) {
    yield* await holdInTurns(mem, JOB_PATIENCE_MS, (current) => planPeriods(mem, current, calendar, tocLevel, now, draft));
  }
}

/** Segments of session-days in which nothing is marked. */
function planRedo(segments: readonly NodePointer[], draft: Draft): readonly RollupStep[] {
  return segments.map(({id, start}) => {
    draft.made.set(id, start);
    draft.changed.add(dayId(dateOf(id)));
    return {id, tocLevel: 'segment', reason: 'redo'};
  });
}

/** As the store will point to a node once it is marked for `--redo`. */
function pointerFor(pointer: NodePointer, {redo}: Draft): NodePointer {
  return redo.has(pointer.id) ? {...pointer, inputFingerprint: ''} : pointer;
}

async function* planDate(
  mem: Mem,
  current: () => Store,
  calendar: Calendar,
  date: LocalDate,
  now: EpochMs,
  draft: Draft,
): AsyncGenerator<void, readonly RollupStep[]> {
  const steps: RollupStep[] = [];
  const day = dayId(date);
  for await (const group of readMarkedSessionDays(current, date)) {
    for (const {events, pointers} of group ?? []) {
      const known = pointers.map((pointer) => pointerFor(pointer, draft));
      const plan = planSessionDay({date, day: calendar.boundsOf(day), events, pointers: known}, mem.summarizer, now);
      for (const step of plan.steps) {
        if (step.action === 'make') draft.made.set(step.id, step.segment.start);
        if (step.action === 'retract') draft.retracted.add(step.id);
        if (step.action !== 'leave') draft.changed.add(day);
        steps.push({id: step.id, tocLevel: step.tocLevel, reason: step.reason});
      }
      if (!plan.isSettled) draft.waiting.add(day);
    }
    yield;
  }
  return steps;
}

async function* planPeriods(
  mem: Mem,
  current: () => Store,
  calendar: Calendar,
  tocLevel: PeriodLevel,
  now: EpochMs,
  draft: Draft,
): AsyncGenerator<void, readonly RollupStep[]> {
  const steps: RollupStep[] = [];
  const marked = (await current().nodeMarks(tocLevel)).map((mark) => mark.id);
  const planned = [...draft.changed, ...draft.redo.keys()].filter((id) => tocLevelOf(id) === tocLevel);
  for (const id of [...new Set([...marked, ...planned])].sort().reverse()) {
    const state = await readPeriodState(current(), calendar, id, draft.waiting.has(id), draft);
    const pointer = state.pointer && pointerFor(state.pointer, draft);
    const step = planPeriod({...state, pointer}, mem.summarizer, now, mem.minAgeMs);
    if (step.action === 'make') draft.made.set(id, state.bounds.start);
    if (step.action === 'retract') draft.retracted.add(id);
    const isLeft = step.action === 'leave' && !step.isSettled;
    for (const above of dependentsOf(id)) {
      if (isLeft) draft.waiting.add(above);
      else if (step.action !== 'leave') draft.changed.add(above);
    }
    steps.push({id, tocLevel, reason: step.reason});
    yield;
  }
  return steps;
}
