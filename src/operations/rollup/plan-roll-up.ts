import type {EpochMs} from '../../domain/event/event.js';
import type {CallTokens} from '../../domain/model/model-summarizer.js';
import {NOTHING_SPENT} from '../../domain/rollup/budget.js';
import {planPeriod, planSessionDay, type SegmentStep} from '../../domain/rollup/rollup-plan.js';
import type {RollupStep} from '../../domain/rollup/rollup-step.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar, dependentsOf} from '../../domain/time/period.js';
import type {SegmentEvent} from '../../domain/toc/make-node.js';
import type {NodePointer} from '../../domain/toc/node.js';
import {dateOf, dayId, type LocalDate, type NodeId, type PeriodLevel, tocLevelOf} from '../../domain/toc/node-id.js';
import {overlapOf} from '../../domain/toc/overlap.js';
import type {SessionDayMark, Store} from '../../store/port/store.js';
import {withDrainedStore} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem, wantedSummarizer} from '../mem.js';
import {PlannedCalls, plannedChild} from './planned-calls.js';
import {findRedo} from './redo.js';
import {levelsUpTo, type RollUpOptions} from './roll-up.js';
import {childSummary, type MakePeriod} from './steps/period-steps.js';
import {readPeriodState} from './steps/read-periods.js';
import {readSessionDays} from './steps/read-session-days.js';
import {dueOf} from './steps/retries.js';
import {assertPriced} from './steps/run-budget.js';
import {spokenEvents} from './steps/session-day-steps.js';

/** What the plan has come to so far: the store shows none of it. */
interface Draft {
  /** What `--redo` selects. */
  readonly redo: ReadonlyMap<NodeId, NodePointer>;
  /** For which the model is asked again. */
  readonly retries: ReadonlyMap<NodeId, NodePointer>;
  readonly calls: PlannedCalls;
  readonly made: Map<NodeId, EpochMs>;
  readonly retracted: Set<NodeId>;
  /** Periods of which an input will change. */
  readonly changed: Set<NodeId>;
  /** Periods of which an input is marked but left out. */
  readonly waiting: Set<NodeId>;
}

/**
 * Yields what a rollup would do now, and changes nothing but to drain the inbox. A planned step counts as a change of what is above
 * it: the periods that are named are an upper bound, and so is what their calls take.
 * @throws MemError NO_STORE, STORE_BUSY; CONFIG_INVALID where the budget lacks prices
 */
export async function* planRollUp(mem: Mem, options: RollUpOptions): AsyncGenerator<RollupStep> {
  if (mem.model) assertPriced(mem.budget);
  const now = mem.clock();
  const start = await withDrainedStore(mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async (store) => {
    const calendar = new Calendar(store.header.timeZone);
    return {
      calendar,
      dates: (await store.sessionDayMarks({})).map((mark) => mark.date),
      retries: mem.model ? await store.pointersOf(dueOf(mem, await store.retries(), now).map(({id}) => id)) : [],
      today: mem.model && (await store.spentOn(calendar.dateOf(now))),
    };
  });
  const redo = new Map<NodeId, NodePointer>();
  if (options.redo) for await (const pointers of findRedo(mem, options.redo)) for (const pointer of pointers) redo.set(pointer.id, pointer);
  const retries = new Map(start.retries.flatMap((pointer) => (pointer ? [[pointer.id, pointer] as const] : [])));
  const calls = new PlannedCalls(mem.budget, start.today ?? NOTHING_SPENT);
  const draft: Draft = {redo, retries, calls, made: new Map(), retracted: new Set(), changed: new Set(), waiting: new Set()};
  const again = [...redo.values(), ...retries.values()].filter(({id}) => tocLevelOf(id) === 'segment');
  // What a call takes is known of what is read: with a model, whole session-days are, as a rollup would.
  const dates = new Set([...start.dates, ...(mem.model ? again.map(({id}) => dateOf(id)) : [])]);
  const planned = new Set<NodeId>();
  for (const date of [...dates].sort().reverse()) {
    const steps = await holdInTurns(mem, JOB_PATIENCE_MS, (current) => planDate(mem, current, start.calendar, date, now, draft));
    for (const {id} of steps) planned.add(id);
    yield* steps;
  }
  yield* planRedo(again.filter(({id}) => !planned.has(id)).reverse(), draft);
  for (const tocLevel of levelsUpTo(options.tocLevel).slice(1) as PeriodLevel[]) {
    yield* await holdInTurns(mem, JOB_PATIENCE_MS, (current) => planPeriods(mem, current, start.calendar, tocLevel, now, draft));
  }
}

/** Segments of session-days in which nothing is marked, where no call has to be known. */
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
  const found: SegmentStep<SegmentEvent>[] = [];
  const day = dayId(date);
  const marks = [...(await current().sessionDayMarks({from: date, to: addDays(date, 1)}))];
  if (mem.model) marks.push(...againOn(date, draft).filter(({sessionKey}) => !marks.some((mark) => mark.sessionKey === sessionKey)));
  for await (const group of readSessionDays(current, date, marks)) {
    for (const {events, pointers} of group ?? []) {
      const known = pointers.map((pointer) => pointerFor(pointer, draft));
      const state = {date, day: calendar.boundsOf(day), events, pointers: known};
      const plan = planSessionDay(state, wantedSummarizer(mem), now, draft.retries);
      found.push(...plan.steps);
      if (!plan.isSettled) draft.waiting.add(day);
    }
    yield;
  }
  // As they would be made: with a model the newest first, where the budget may end.
  if (mem.model) found.sort((a, b) => startOf(b) - startOf(a));
  return found.map((step) => placeSegment(mem, step, day, draft));
}

const startOf = (step: SegmentStep<SegmentEvent>): number => (step.action === 'make' ? step.segment.start : Number.MAX_SAFE_INTEGER);

/** The session-days of segments that are to be made again, as a rollup would mark them. */
function againOn(date: LocalDate, {redo, retries}: Draft): readonly SessionDayMark[] {
  const segments = [...redo.values(), ...retries.values()].filter(({id}) => tocLevelOf(id) === 'segment' && dateOf(id) === date);
  return [...new Set(segments.flatMap(({sessionKey}) => sessionKey ?? []))].map((sessionKey) => ({date, sessionKey, token: ''}));
}

function placeSegment({model}: Mem, step: SegmentStep<SegmentEvent>, day: NodeId, draft: Draft): RollupStep {
  const {id, tocLevel, reason} = step;
  switch (step.action) {
    case 'leave':
      return {id, tocLevel, reason};
    case 'retract':
      draft.retracted.add(id);
      draft.changed.add(day);
      return {id, tocLevel, reason};
    case 'make': {
      const call = model?.estimateEvents(spokenEvents(step.segment.events), spokenEvents(overlapOf(step.segment)));
      const placed = draft.calls.place(step, call);
      if (placed.isLeft) draft.waiting.add(day);
      else draft.made.set(id, step.segment.start);
      draft.changed.add(day);
      return placed.step;
    }
  }
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
  const planned = [...draft.changed, ...draft.redo.keys(), ...draft.retries.keys()].filter((id) => tocLevelOf(id) === tocLevel);
  for (const id of [...new Set([...marked, ...planned])].sort().reverse()) {
    const state = await readPeriodState(current(), calendar, id, draft.waiting.has(id), draft);
    const pointer = state.pointer && pointerFor(state.pointer, draft);
    const step = planPeriod({...state, pointer}, wantedSummarizer(mem), now, mem.minAgeMs, draft.retries);
    const call = step.action === 'make' ? await estimatePeriod(mem, current(), calendar, step) : undefined;
    const placed = draft.calls.place(step, call);
    if (step.action === 'make' && !placed.isLeft) draft.made.set(id, state.bounds.start);
    if (step.action === 'retract') draft.retracted.add(id);
    const isLeft = placed.isLeft || (step.action === 'leave' && !step.isSettled);
    for (const above of dependentsOf(id)) {
      if (isLeft) draft.waiting.add(above);
      if (isLeft ? placed.isLeft : step.action !== 'leave') draft.changed.add(above);
    }
    steps.push(placed.step);
    yield;
  }
  return steps;
}

/** What the call for a period would take at most; undefined when it needs none. */
async function estimatePeriod({model}: Mem, store: Store, calendar: Calendar, {id, state}: MakePeriod): Promise<CallTokens | undefined> {
  if (model === undefined) return undefined;
  const nodes = await store.nodes(state.inputs.map((input) => input.id));
  const children = state.inputs.map((input, at) => {
    const node = input.contentDigest === undefined ? undefined : nodes[at];
    return node ? childSummary(node, calendar) : plannedChild(input.id, calendar.labelOf(input.id, input.start));
  });
  return model.estimateChildren(tocLevelOf(id) as PeriodLevel, children);
}
