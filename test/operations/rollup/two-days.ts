import type {EpochMs} from '../../../src/domain/event/event.js';
import type {BudgetLimits} from '../../../src/domain/rollup/budget.js';
import type {RollupOutcome} from '../../../src/domain/rollup/rollup-step.js';
import type {TocNode} from '../../../src/domain/toc/node.js';
import {A_BUDGET, aLine, HomeRig} from '../home-rig.js';
import type {Request, ScriptedModel} from './scripted-model.js';

/** More than 20 words. */
export const TEXT =
  'The parser of the tide table was mended today, and the retry queue no longer doubles a reading after a restart of the worker at all.';

/** What became of each node, and why. */
export function linesOf(outcomes: readonly RollupOutcome[]): readonly string[] {
  return outcomes.map((outcome) => {
    const fallback = 'fallback' in outcome && outcome.fallback !== undefined ? ` ${outcome.fallback}` : '';
    return `${outcome.kind} ${outcome.step.tocLevel} ${outcome.step.reason}${fallback}`;
  });
}

export const isSegment = ({tocLevel}: Request): boolean => tocLevel === 'segment';

/** Two days, each with a segment. */
export async function twoDays(model: ScriptedModel, budget: BudgetLimits = A_BUDGET): Promise<HomeRig> {
  const rig = new HomeRig({model, budget});
  await rig.ingest([aLine({text: TEXT}), aLine({timestamp: '2024-01-16T12:00:00Z', text: `On the next day: ${TEXT}`})]);
  return rig;
}

export async function segments(rig: HomeRig): Promise<readonly TocNode[]> {
  const ids = (await rig.pointers()).filter(({id}) => id.startsWith('toc:segment:')).map(({id}) => id);
  return (await rig.mem.store.use(3_000, (store) => store.nodes(ids))).filter((node) => node !== undefined);
}

export const later = (rig: HomeRig, minutes: number): void => {
  rig.now = (rig.now + minutes * 60_000) as EpochMs;
};
