import type {AgentEvent} from '../domain/event.js';
import {contentFromEvents, eventForSummary, makeSegmentNode, retractNode, type SegmentEvent, summarizerName} from '../domain/make-node.js';
import type {NodePointer, TocNode} from '../domain/node.js';
import {dayId, type LocalDate, type NodeId} from '../domain/node-id.js';
import {planSessionDay, type SegmentStep, successorsOf} from '../domain/rollup-plan.js';
import type {RollupOutcome} from '../domain/rollup-step.js';
import {errorOutcome} from '../domain/rollup-step.js';
import type {Change, SessionDayMark, Store} from '../store/store.js';
import {holdInTurns} from './hold.js';
import {JOB_PATIENCE_MS} from './mem.js';
import {type MarkedSessionDay, readMarkedSessionDays} from './read-session-days.js';
import type {RollupRun} from './rollup-run.js';

/** Offline nodes go up to this many to a commit. */
const NODES_PER_COMMIT = 200;
/** And this many to an opening of the store that writes: each leaves a level-0 file, and eight of those a merge. */
const NODES_PER_TURN = 300;

type MakeStep = Extract<SegmentStep<SegmentEvent>, {action: 'make'}>;

/** What is to be done about one session-day: read and planned, not yet summarized. */
interface PlannedSessionDay {
  readonly mark: SessionDayMark;
  readonly pointers: readonly NodePointer[];
  readonly toMake: readonly MakeStep[];
  readonly retracted: readonly {readonly step: SegmentStep; readonly node: TocNode}[];
  readonly left: readonly SegmentStep[];
  readonly isSettled: boolean;
}

/** The same, summarized and ready for its commit. */
interface MadeSessionDay {
  readonly mark: SessionDayMark;
  readonly nodes: readonly TocNode[];
  readonly outcomes: readonly RollupOutcome[];
  readonly isSettled: boolean;
}

/** Makes the segments of all marked session-days, date by date. A session-day that changes meanwhile keeps its mark. */
export async function* rollUpSegments(run: RollupRun): AsyncGenerator<RollupOutcome> {
  const dates = await markedDates(run);
  let made: readonly MadeSessionDay[] = [];
  while (made.length > 0 || (dates.length > 0 && !run.signal.aborted)) {
    const ready = made;
    const turn = await holdInTurns(run.mem, JOB_PATIENCE_MS, (current) =>
      commitAndRead(run, current, ready, run.signal.aborted ? [] : dates),
    );
    yield* turn.outcomes;
    const next: MadeSessionDay[] = [];
    for (const planned of turn.planned) {
      if (run.signal.aborted) break;
      next.push(await summarizeSessionDay(run, planned));
    }
    made = next;
  }
}

async function markedDates(run: RollupRun): Promise<LocalDate[]> {
  return run.mem.store.use(JOB_PATIENCE_MS, async (store) => {
    const dates = new Set((await store.sessionDayMarks({})).map((mark) => mark.date));
    const inOrder = [...dates].sort();
    return run.isNewestFirst ? inOrder.reverse() : inOrder;
  });
}

/** Commits what is made, then reads the next session-days: one opening of the store serves both. Takes what it reads off `dates`. */
async function* commitAndRead(
  run: RollupRun,
  current: () => Store,
  made: readonly MadeSessionDay[],
  dates: LocalDate[],
): AsyncGenerator<void, {outcomes: readonly RollupOutcome[]; planned: readonly PlannedSessionDay[]}> {
  const outcomes: RollupOutcome[] = [];
  for (const group of groupForCommits(made)) {
    outcomes.push(...(await commitSessionDays(run, current(), group)));
    yield;
  }
  const planned: PlannedSessionDay[] = [];
  while (dates.length > 0 && planned.reduce((sum, {toMake}) => sum + toMake.length, 0) < NODES_PER_TURN) {
    const date = dates.shift() as LocalDate;
    for await (const group of readMarkedSessionDays(current, date)) {
      for (const sessionDay of group ?? []) planned.push(await planOne(run, current(), sessionDay));
      yield;
    }
  }
  return {outcomes, planned};
}

function* groupForCommits(made: readonly MadeSessionDay[]): Generator<readonly MadeSessionDay[]> {
  let group: MadeSessionDay[] = [];
  for (const sessionDay of made) {
    group.push(sessionDay);
    if (group.reduce((sum, {nodes}) => sum + nodes.length, 0) < NODES_PER_COMMIT) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function planOne(run: RollupRun, store: Store, {mark, events, pointers}: MarkedSessionDay): Promise<PlannedSessionDay> {
  const day = run.calendar.boundsOf(dayId(mark.date));
  const plan = planSessionDay({date: mark.date, day, events, pointers}, run.mem.summarizer, run.now);
  const toRetract = plan.steps.filter((step) => step.action === 'retract');
  const old = await store.nodes(toRetract.map((step) => step.id));
  const retracted = toRetract.flatMap((step, at) => {
    const node = old[at];
    if (node === undefined) return [];
    return [{step, node: retractNode(node, step.version, successorsOf(node.childIds, plan.segments), run.now)}];
  });
  return {
    mark,
    pointers,
    toMake: plan.steps.filter((step) => step.action === 'make'),
    retracted,
    left: plan.steps.filter((step) => step.action === 'leave'),
    isSettled: plan.isSettled,
  };
}

async function summarizeSessionDay(run: RollupRun, planned: PlannedSessionDay): Promise<MadeSessionDay> {
  const {mark, retracted} = planned;
  const nodes: TocNode[] = retracted.map(({node}) => node);
  const outcomes: RollupOutcome[] = retracted.map(({step, node}) => ({
    kind: 'retracted',
    step,
    version: node.version,
    replacedBy: node.replacedBy ?? [],
  }));
  let hasFailed = false;
  for (const step of planned.toMake) {
    try {
      const node = await makeSegment(run, step, planned);
      nodes.push(node);
      outcomes.push({kind: 'made', step, version: node.version, title: node.title, fallback: node.fallback});
    } catch (error) {
      hasFailed = true;
      outcomes.push(errorOutcome(step, error));
    }
  }
  for (const step of planned.left) outcomes.push({kind: 'left', step});
  return {mark, nodes, outcomes, isSettled: planned.isSettled && !hasFailed};
}

async function makeSegment(run: RollupRun, {segment, version, fingerprint}: MakeStep, planned: PlannedSessionDay): Promise<TocNode> {
  const {summarizer} = run.mem;
  const events: readonly AgentEvent[] = segment.events.map(({event}) => event);
  const summary = await summarizer.summarizeEvents(events.filter(({text}) => text.trim() !== '').map(eventForSummary));
  const content = contentFromEvents(summary, events);
  const making = {version, content, fingerprint, summarizer: summarizerName(summarizer), now: run.now};
  return makeSegmentNode(segment, making, replacedSegments(segment.id, planned));
}

/** The retracted segments whose events a segment took over, now or in an earlier rollup while it was still open. */
function replacedSegments(id: NodeId, {pointers, retracted}: PlannedSessionDay): readonly NodeId[] {
  const gone = [...pointers.filter(({status}) => status === 'retracted'), ...retracted.map(({node}) => node)];
  return gone.filter(({replacedBy}) => replacedBy?.includes(id)).map((pointer) => pointer.id);
}

/** Commits session-days whose mark is still the one that was read: then so are the inputs. The others stay marked for the next rollup. */
async function commitSessionDays(run: RollupRun, store: Store, made: readonly MadeSessionDay[]): Promise<readonly RollupOutcome[]> {
  const changes: Change[] = [];
  const outcomes: RollupOutcome[] = [];
  const changedDays = new Set<NodeId>();
  const marks = await store.sessionDayMarksOf(made.map(({mark}) => mark));
  for (const [at, {mark, nodes, outcomes: own, isSettled}] of made.entries()) {
    const {date, sessionKey} = mark;
    if (marks[at]?.commit !== mark.commit) continue;
    for (const node of nodes) changes.push({kind: 'node', node});
    if (nodes.length > 0) changedDays.add(dayId(date));
    if (isSettled) changes.push({kind: 'unmark-session-day', date, sessionKey});
    outcomes.push(...own);
  }
  for (const id of changedDays) changes.push({kind: 'mark-node', id});
  await run.commit(store, changes);
  return outcomes;
}
