import {contentFromChildren, makeNode, retractNode, summarizerName} from '../domain/make-node.js';
import type {TocNode} from '../domain/node.js';
import type {NodeId, PeriodLevel} from '../domain/node-id.js';
import {type Calendar, dependentsOf} from '../domain/period.js';
import {type PeriodStep, planPeriod} from '../domain/rollup-plan.js';
import {errorOutcome, type RollupOutcome} from '../domain/rollup-step.js';
import type {ChildSummary} from '../domain/summary.js';
import type {Change, NodeMark, Store} from '../store/store.js';
import {holdInTurns} from './hold.js';
import {JOB_PATIENCE_MS} from './mem.js';
import {NOTHING_PLANNED, readPeriodState, readWaiting} from './read-periods.js';
import type {RollupRun} from './rollup-run.js';

/** Periods are read until they have this many inputs together, then made and committed. */
const INPUTS_PER_TURN = 1_500;
/** Marks are read so many at a time. */
const MARKS_PER_READ = 64;

/** A marked period, read and planned. */
interface PlannedPeriod {
  readonly mark: NodeMark;
  readonly step: PeriodStep;
  /** Of a step to make, its inputs; of one to retract, the node alone. */
  readonly nodes: readonly TocNode[];
}

/** The same, ready for its commit. */
interface MadePeriod {
  readonly mark: NodeMark;
  readonly node: TocNode | undefined;
  readonly outcome: RollupOutcome;
  readonly isSettled: boolean;
}

/** Makes the marked periods of one TOC level. What is below them has been made before. */
export async function* rollUpPeriods(run: RollupRun, tocLevel: PeriodLevel): AsyncGenerator<RollupOutcome> {
  const marks = await run.mem.store.use(JOB_PATIENCE_MS, async (store) => [...(await store.nodeMarks(tocLevel))]);
  if (run.isNewestFirst) marks.reverse();
  let made: readonly MadePeriod[] = [];
  while (made.length > 0 || (marks.length > 0 && !run.signal.aborted)) {
    const ready = made;
    const turn = await holdInTurns(run.mem, JOB_PATIENCE_MS, (current) =>
      commitAndRead(run, current, ready, run.signal.aborted ? [] : marks),
    );
    yield* turn.outcomes;
    const next: MadePeriod[] = [];
    for (const planned of turn.planned) {
      if (run.signal.aborted) break;
      next.push(await summarizePeriod(run, planned, tocLevel));
    }
    made = next;
  }
}

/** Commits what is made, then reads the next periods. Takes what it reads off `marks`. */
async function* commitAndRead(
  run: RollupRun,
  current: () => Store,
  made: readonly MadePeriod[],
  marks: NodeMark[],
): AsyncGenerator<void, {outcomes: readonly RollupOutcome[]; planned: readonly PlannedPeriod[]}> {
  const outcomes = await commitPeriods(run, current(), made);
  yield;
  const planned: PlannedPeriod[] = [];
  let inputs = 0;
  while (marks.length > 0 && inputs < INPUTS_PER_TURN) {
    const ids = marks.splice(0, MARKS_PER_READ).map(({id}) => id);
    // The marks before the inputs: where one is still the same at the commit, so are they.
    const present = await current().nodeMarksOf(ids);
    const waiting = await readWaiting(current(), ids);
    for (const mark of present) {
      if (mark === undefined) continue;
      const period = await readPeriod(run, current(), mark, waiting.has(mark.id));
      planned.push(period);
      inputs += period.nodes.length;
      yield;
    }
    yield;
  }
  return {outcomes, planned};
}

async function readPeriod(run: RollupRun, store: Store, mark: NodeMark, isWaiting: boolean): Promise<PlannedPeriod> {
  const state = await readPeriodState(store, run.calendar, mark.id, isWaiting, NOTHING_PLANNED);
  const step = planPeriod(state, run.mem.summarizer, run.now, run.mem.minAgeMs);
  const wanted = step.action === 'make' ? state.inputs.map((input) => input.id) : step.action === 'retract' ? [mark.id] : [];
  const nodes = await store.nodes(wanted);
  return {mark, step, nodes: nodes.filter((node) => node !== undefined)};
}

async function summarizePeriod(run: RollupRun, {mark, step, nodes}: PlannedPeriod, tocLevel: PeriodLevel): Promise<MadePeriod> {
  switch (step.action) {
    case 'leave':
      return {mark, node: undefined, outcome: {kind: 'left', step}, isSettled: step.isSettled};
    case 'retract': {
      const [old] = nodes;
      const node = old && retractNode(old, step.version, [], run.now);
      return {mark, node, outcome: {kind: 'retracted', step, version: step.version, replacedBy: []}, isSettled: true};
    }
    case 'make':
      try {
        const node = await makePeriod(run, step, nodes, tocLevel);
        return {
          mark,
          node,
          outcome: {kind: 'made', step, version: node.version, title: node.title, fallback: node.fallback},
          isSettled: true,
        };
      } catch (error) {
        return {mark, node: undefined, outcome: errorOutcome(step, error), isSettled: false};
      }
  }
}

async function makePeriod(
  run: RollupRun,
  {id, version, fingerprint, state}: Extract<PeriodStep, {action: 'make'}>,
  inputs: readonly TocNode[],
  tocLevel: PeriodLevel,
): Promise<TocNode> {
  const {summarizer} = run.mem;
  const children = inputs.map((input) => childSummary(input, run.calendar));
  const content = contentFromChildren(await summarizer.summarizeChildren(tocLevel, children), children);
  const childIds = inputs.map((input) => input.id);
  const by = summarizerName(summarizer);
  return makeNode({id, version, bounds: state.bounds, content, childIds, fingerprint: fingerprint ?? '', summarizer: by, now: run.now});
}

/** A node as the summarizer of its parent sees it. */
export function childSummary({id, start, title, bullets, keywords}: TocNode, calendar: Calendar): ChildSummary {
  return {label: calendar.labelOf(id, start), title, bullets, keywords};
}

/** Commits periods whose mark is still the one that was read, each with its mark and those of what it is an input of. */
async function commitPeriods(run: RollupRun, store: Store, made: readonly MadePeriod[]): Promise<readonly RollupOutcome[]> {
  const changes: Change[] = [];
  const outcomes: RollupOutcome[] = [];
  const changed = new Set<NodeId>();
  const marks = await store.nodeMarksOf(made.map(({mark}) => mark.id));
  for (const [at, {mark, node, outcome, isSettled}] of made.entries()) {
    if (marks[at]?.commit !== mark.commit) continue;
    if (node) changes.push({kind: 'node', node});
    if (node) for (const id of dependentsOf(node.id)) changed.add(id);
    if (isSettled) changes.push({kind: 'unmark-node', id: mark.id});
    outcomes.push(outcome);
  }
  for (const id of changed) changes.push({kind: 'mark-node', id});
  await run.commit(store, changes);
  return outcomes;
}
