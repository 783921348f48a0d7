import {type PeriodStep, planPeriod} from '../../../domain/rollup/rollup-plan.js';
import {errorOutcome, type RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import {type Calendar, dependentsOf} from '../../../domain/time/period.js';
import {contentFromChildren, makeNode, retractNode, summarizerName} from '../../../domain/toc/make-node.js';
import type {TocNode} from '../../../domain/toc/node.js';
import {type NodeId, type PeriodLevel, tocLevelOf} from '../../../domain/toc/node-id.js';
import type {ChildSummary, Summary} from '../../../domain/toc/summary.js';
import type {Change, NodeMark, Store} from '../../../store/port/store.js';
import {wantedSummarizer} from '../../mem.js';
import {NOTHING_PLANNED, readPeriodState} from './read-periods.js';
import type {RollupRun} from './rollup-run.js';

export type MakePeriod = Extract<PeriodStep, {action: 'make'}>;

/** A marked period, read and planned. */
export interface PlannedPeriod {
  readonly mark: NodeMark;
  readonly step: PeriodStep;
  /** Of a step to make, its inputs; of one to retract, the node alone. */
  readonly nodes: readonly TocNode[];
}

/** The same, ready for its commit. */
export interface MadePeriod {
  readonly mark: NodeMark;
  readonly node: TocNode | undefined;
  readonly outcome: RollupOutcome;
  readonly isSettled: boolean;
}

export async function readMarkedPeriod(run: RollupRun, store: Store, mark: NodeMark, isWaiting: boolean): Promise<PlannedPeriod> {
  const state = await readPeriodState(store, run.calendar, mark.id, isWaiting, NOTHING_PLANNED);
  const step = planPeriod(state, wantedSummarizer(run.mem), run.now, run.mem.minAgeMs, run.dueRetries);
  const wanted = step.action === 'make' ? state.inputs.map((input) => input.id) : step.action === 'retract' ? [mark.id] : [];
  const nodes = await store.nodes(wanted);
  return {mark, step, nodes: nodes.filter((node) => node !== undefined)};
}

/** Does what is planned for a period without a model. */
export async function summarizePeriod(run: RollupRun, {mark, step, nodes}: PlannedPeriod): Promise<MadePeriod> {
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
        const {summarizer} = run.mem;
        const tocLevel = tocLevelOf(step.id) as PeriodLevel;
        const summary = await summarizer.summarizeChildren(
          tocLevel,
          nodes.map((node) => childSummary(node, run.calendar)),
        );
        const node = periodNode(run, step, nodes, summary, summarizerName(summarizer));
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

/** A period's node from its summary. @param by the name of the summarizer that made it @param fallback why it was not the wanted one */
export function periodNode(
  run: RollupRun,
  {id, version, fingerprint, state}: MakePeriod,
  inputs: readonly TocNode[],
  summary: Summary,
  by: string,
  fallback?: string,
): TocNode {
  const content = contentFromChildren(summary, inputs);
  const childIds = inputs.map((input) => input.id);
  const making = {id, version, bounds: state.bounds, content, childIds, fingerprint: fingerprint ?? '', summarizer: by, fallback};
  return makeNode({...making, now: run.now});
}

/** A node as the summarizer of its parent sees it. */
export function childSummary({id, start, title, bullets, keywords}: TocNode, calendar: Calendar): ChildSummary {
  return {label: calendar.labelOf(id, start), title, bullets, keywords};
}

/** Commits periods whose mark is still the one that was read, each with its mark and those of what it is an input of. */
export async function commitPeriods(run: RollupRun, store: Store, made: readonly MadePeriod[]): Promise<readonly RollupOutcome[]> {
  const changes: Change[] = [];
  const outcomes: RollupOutcome[] = [];
  const changed = new Set<NodeId>();
  const marks = await store.nodeMarksOf(made.map(({mark}) => mark.id));
  for (const [at, {mark, node, outcome, isSettled}] of made.entries()) {
    if (marks[at]?.token !== mark.token) continue;
    if (node) changes.push({kind: 'node', node});
    if (node) for (const id of dependentsOf(node.id)) changed.add(id);
    if (isSettled) changes.push({kind: 'unmark-node', id: mark.id});
    outcomes.push(outcome);
  }
  for (const id of changed) changes.push({kind: 'mark-node', id});
  await run.commit(store, changes);
  return outcomes;
}
