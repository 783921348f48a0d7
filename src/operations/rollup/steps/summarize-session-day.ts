import {errorOutcome, type RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import {summarizerName} from '../../../domain/toc/make-node.js';
import type {TocNode} from '../../../domain/toc/node.js';
import type {RollupRun} from './rollup-run.js';
import {type MadeSessionDay, type PlannedSessionDay, segmentNode, spokenEvents} from './session-day-steps.js';

/** Makes the segments of a planned session-day without a model. */
export async function summarizeSessionDay(run: RollupRun, planned: PlannedSessionDay): Promise<MadeSessionDay> {
  const {summarizer} = run.mem;
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
      const summary = await summarizer.summarizeEvents(spokenEvents(step.segment.events));
      const node = segmentNode(run, step, planned, summary, summarizerName(summarizer));
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
