import type {ModelSummarizer} from '../../../domain/model/model-summarizer.js';
import {dependentsOf} from '../../../domain/time/period.js';
import type {TocNode} from '../../../domain/toc/node.js';
import {type PeriodLevel, tocLevelOf} from '../../../domain/toc/node-id.js';
import type {Change, NodeMark, Store} from '../../../store/port/store.js';
import {holdInTurns, holdOnce} from '../../access/hold.js';
import {JOB_PATIENCE_MS} from '../../mem.js';
import {
  childSummary,
  commitPeriods,
  type MadePeriod,
  type MakePeriod,
  type PlannedPeriod,
  periodNode,
  readMarkedPeriod,
  summarizePeriod,
} from '../steps/period-steps.js';
import {readWaiting} from '../steps/read-periods.js';
import type {RollupRun} from '../steps/rollup-run.js';
import type {ModelWork} from './model-calls.js';
import type {WantedNode} from './wanted-node.js';

/** So many periods are read at a time. */
const PERIODS_PER_READ = 16;

/** Yields the marked periods of a TOC level that a model is to be asked for, the newest first; what needs no call is committed on the way. */
export async function* periodsForModel(run: RollupRun, model: ModelSummarizer, tocLevel: PeriodLevel): AsyncGenerator<ModelWork> {
  const marks = await run.mem.store.use(JOB_PATIENCE_MS, async (store) => [...(await store.nodeMarks(tocLevel))].reverse());
  while (marks.length > 0 && !run.signal.aborted) {
    const some = marks.splice(0, PERIODS_PER_READ);
    const planned = await holdInTurns(run.mem, JOB_PATIENCE_MS, (current) => readPeriods(run, current, some));
    const made: MadePeriod[] = [];
    const asked: WantedNode[] = [];
    for (const period of planned) {
      const {step} = period;
      const wanted = step.action === 'make' ? wantedPeriod(run, model, period, step) : undefined;
      if (wanted === undefined) made.push(await summarizePeriod(run, period));
      else asked.push(wanted);
    }
    if (made.length > 0) yield await holdOnce(run.mem, (store) => commitPeriods(run, store, made));
    yield* asked;
  }
}

async function* readPeriods(
  run: RollupRun,
  current: () => Store,
  marks: readonly NodeMark[],
): AsyncGenerator<void, readonly PlannedPeriod[]> {
  const ids = marks.map(({id}) => id);
  const planned: PlannedPeriod[] = [];
  // The marks before the inputs: where one is still the same at the commit, so are they.
  const present = await current().nodeMarksOf(ids);
  const waiting = await readWaiting(current(), ids);
  for (const mark of present) {
    if (mark === undefined) continue;
    planned.push(await readMarkedPeriod(run, current(), mark, waiting.has(mark.id)));
    yield;
  }
  return planned;
}

/** @returns undefined when the inputs say too little to be sent */
function wantedPeriod(run: RollupRun, model: ModelSummarizer, {mark, nodes}: PlannedPeriod, step: MakePeriod): WantedNode | undefined {
  const tocLevel = tocLevelOf(step.id) as PeriodLevel;
  const children = nodes.map((node) => childSummary(node, run.calendar));
  if (!model.takesChildren(children)) return undefined;
  return {
    step: {id: step.id, tocLevel, reason: step.reason},
    ask: (call) => model.summarizeChildren(tocLevel, children, call),
    standIn: async () => run.mem.summarizer.summarizeChildren(tocLevel, children),
    nodeOf: (summary, by, fallback) => periodNode(run, step, nodes, summary, by, fallback),
    changesFor: (store, node) => changesFor(store, mark, node),
    // An input that was made again and says the same is no other input. Of a node by another summarizer the times must do.
    isMadeFromSame: ({childIds, createdAt, inputFingerprint}) =>
      inputFingerprint === step.fingerprint ||
      (childIds.join() === nodes.map(({id}) => id).join() && nodes.every((input) => input.createdAt <= createdAt)),
  };
}

async function changesFor(store: Store, mark: NodeMark, node: TocNode | undefined): Promise<readonly Change[] | undefined> {
  const [present] = await store.nodeMarksOf([mark.id]);
  if (present?.token !== mark.token) return undefined;
  const above = node === undefined ? [] : dependentsOf(node.id).map((id): Change => ({kind: 'mark-node', id}));
  return [...(node === undefined ? [] : [{kind: 'node', node} as const]), ...above, {kind: 'unmark-node', id: mark.id}];
}
