import type {FailureReason} from '../../../domain/model/failure-reason.js';
import {inputsSince, isByModel} from '../../../domain/rollup/new-rules.js';
import {type PeriodStep, planPeriod} from '../../../domain/rollup/rollup-plan.js';
import {makePeriodNode, retractNode} from '../../../domain/toc/make-node.js';
import type {PeriodNode, TocNode} from '../../../domain/toc/node.js';
import {contentFromChildren, inWorkstreams, type NodeContent, periodContent} from '../../../domain/toc/node-content.js';
import {type NodeId, tocLevelOf} from '../../../domain/toc/node-id.js';
import type {NodeMark} from '../../../store/port/store.js';
import {wantedSummarizer} from '../../mem.js';
import type {RollupRun} from '../rollup-run.js';
import type {RollupStore} from '../rollup-store.js';
import type {NodeToMake} from './node-to-make.js';
import {readPeriodState} from './read-periods.js';
import {stepOf, type Work} from './work.js';

const INPUTS_PER_SEGMENT = 5;
const INPUTS_PER_READ = 500;

type MakePeriod = Extract<PeriodStep, {action: 'make'}>;

/** Reads what a marked period is made from and says what is to be done about it. @param isWaiting something below it is marked */
export async function periodWork(run: RollupRun, store: RollupStore, mark: NodeMark, isWaiting: boolean): Promise<Work> {
  const state = await readPeriodState(store, run.calendar, mark.id, isWaiting);
  const step = planPeriod(state, wantedSummarizer(run.mem), run.now, run.mem.minAgeMs, run.dueRetries);
  const nothing = {mark, toMake: [], retracted: [], left: [], isSettled: true, time: state.bounds.start, size: 1, partsLeft: 1};
  switch (step.action) {
    case 'leave':
      return {...nothing, left: [stepOf(step)], isSettled: step.isSettled};
    case 'retract': {
      const [old] = await store.nodes([mark.id]);
      return {...nothing, retracted: old ? [{step: stepOf(step), node: retractNode(old, step.version, run.now)}] : []};
    }
    case 'make': {
      const inputs = await readInputs(store, state.inputs);
      const isCompared = (run.mem.model && step.reason === 'redo') || step.reason === 'changed';
      const [stored] = isCompared ? await store.nodes([mark.id]) : [];
      return {
        ...nothing,
        toMake: [periodToMake(run, step, inputs, stored)],
        size: Math.max(1, inputs.length / INPUTS_PER_SEGMENT),
        partsLeft: 2,
      };
    }
  }
}

/** What is used of an input. Without the rest a day of thousands of segments takes a third of the memory. */
type Input = Pick<TocNode, 'id' | 'start' | 'createdAt' | 'inputsSince' | 'title' | 'bullets' | 'keywords' | 'facts' | 'workstreams'>;

async function readInputs(store: RollupStore, pointers: readonly {readonly id: NodeId}[]): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (let at = 0; at < pointers.length; at += INPUTS_PER_READ) {
    const nodes = await store.nodes(pointers.slice(at, at + INPUTS_PER_READ).map(({id}) => id));
    for (const node of nodes) {
      if (node === undefined) continue;
      const {id, start, createdAt, inputsSince: since, title, bullets, keywords, facts, workstreams} = node;
      inputs.push({id, start, createdAt, ...(since !== undefined && {inputsSince: since}), title, bullets, keywords, facts, workstreams});
    }
  }
  return inputs;
}

function periodToMake(run: RollupRun, step: MakePeriod, inputs: readonly Input[], stored: TocNode | undefined): NodeToMake {
  const {id, version, fingerprint, state, reason} = step;
  const {bounds} = state;
  const tocLevel = tocLevelOf(id);
  const childIds = inputs.map((input) => input.id);
  const children = inputs.map((input) => {
    const {title, bullets, keywords, facts, workstreams} = input;
    return {label: run.calendar.labelOf(input.id, input.start), title, bullets, keywords, facts, workstreams};
  });
  const since = reason === 'changed' ? inputsSince(stored, {ids: childIds, bounds, children: inputs}) : undefined;
  const nodeFrom = (content: NodeContent, summarizer: string, fallback?: FailureReason): PeriodNode =>
    makePeriodNode({id, version, bounds, content, childIds, fingerprint, summarizer, inputsSince: since, fallback, now: run.now});
  const isReady = stored !== undefined && since !== undefined && isByModel(stored);
  const readyContent = (old: TocNode) => periodContent({...old, bullets: inWorkstreams(old.bullets, inputs)}, tocLevel, inputs);
  return {
    step: isReady ? {...stepOf(step), reason: 'new-rules'} : stepOf(step),
    start: bounds.start,
    end: bounds.end,
    version,
    fingerprint,
    ready: isReady ? nodeFrom(readyContent(stored), stored.summarizer) : undefined,
    kept: reason === 'redo' && stored && isMadeFromSame(stored, step, inputs) ? stored : undefined,
    summarize: (by) => by.summarizeChildren(tocLevel, children),
    requestOf: (model) => (model.takesChildren(children) ? (call) => model.summarizeChildren(tocLevel, children, call) : undefined),
    nodeOf: (summary, by, fallback) => nodeFrom(contentFromChildren(summary, tocLevel, inputs), by, fallback),
  };
}

/** An input that was made again and says the same is no other input. Of a node by another summarizer the times must do. */
function isMadeFromSame(stored: TocNode, {fingerprint}: MakePeriod, inputs: readonly Input[]): boolean {
  if (stored.inputFingerprint === fingerprint) return true;
  return stored.childIds.join() === inputs.map(({id}) => id).join() && inputs.every((input) => input.createdAt <= stored.createdAt);
}
