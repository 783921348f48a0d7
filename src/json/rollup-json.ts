import type {Spending} from '../domain/rollup/budget.js';
import type {RollupOutcome, RollupStep} from '../domain/rollup/rollup-step.js';
import {spendingJson} from './spending-json.js';

/** A step of a plan, for `mem rollup --dry-run --json`. */
export function stepJson({id, tocLevel, reason, call}: RollupStep): Record<string, unknown> {
  return {node_id: id, toc_level: tocLevel, reason, ...(call && {max_prompt_tokens: call.prompt, max_completion_tokens: call.completion})};
}

/**
 * The last line of `--dry-run --json`. It is about no single node, so it is an object of its own.
 * @param atMost the most that all calls together can take
 */
export function planTotalJson(atMost: Spending, hasPrices: boolean, waitingForBudget: number): Record<string, unknown> {
  const {usd, ...most} = spendingJson(atMost);
  return {summary: {at_most: {...most, ...(hasPrices && {usd})}, waiting_for_budget: waitingForBudget}};
}

/** The outcome of a node. */
export function outcomeJson(outcome: RollupOutcome): Record<string, unknown> {
  const isUnasked = 'isUnasked' in outcome && outcome.isUnasked;
  const common = {...stepJson(outcome.step), outcome: outcome.kind, ...(isUnasked && {asked: false})};
  switch (outcome.kind) {
    case 'made': {
      const {version, title, fallback} = outcome;
      return {...common, version, title, ...(fallback === undefined ? {} : {fallback})};
    }
    case 'kept':
      return {...common, fallback: outcome.fallback};
    case 'retracted':
      return {...common, version: outcome.version, replaced_by: outcome.replacedBy};
    case 'left':
      return common;
    case 'failed':
      return {...common, code: outcome.code, message: outcome.message};
  }
}
