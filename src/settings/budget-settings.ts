import type {BudgetLimits} from '../domain/rollup/budget.js';
import type {SettingKind} from './setting-kind.js';

function count(fallback: number, about: string): SettingKind<number> {
  const parse: SettingKind<number>['parse'] = (text) => (/^\d{1,12}$/.test(text) ? {value: Number(text)} : undefined);
  return {fallback: String(fallback), about: `${about}; a whole number`, parse};
}

function usd(about: string): SettingKind<number | undefined> {
  const parse: SettingKind<number | undefined>['parse'] = (text) => {
    if (text === 'none') return {value: undefined};
    return /^\d{1,9}(\.\d{1,9})?$/.test(text) ? {value: Number(text)} : undefined;
  };
  return {fallback: 'none', about, parse};
}

/** What calls of a model may cost. Days are days of the store's time zone. */
export const BUDGET_KINDS = {
  'budget.max_calls_per_run': count(200, 'how many calls of a model one rollup may make'),
  'budget.max_tokens_per_run': count(1_000_000, 'how many tokens, prompts and answers together, one rollup may use'),
  'budget.max_calls_per_day': count(500, 'how many calls of a model all rollups of a day may make'),
  'budget.max_tokens_per_day': count(2_000_000, 'how many tokens all rollups of a day may use'),
  'budget.max_usd_per_day': usd('how many US dollars all rollups of a day may cost; "none", or a number; a number needs both prices'),
  'budget.usd_per_million_prompt_tokens': usd('what a million tokens of prompts cost in US dollars; "none", or a number'),
  'budget.usd_per_million_completion_tokens': usd('what a million tokens of answers cost in US dollars; "none", or a number'),
};

/** The limits of the budget. A single price is ignored: a person who sets both must set one of them first. */
export function budgetLimits(
  value: <K extends keyof typeof BUDGET_KINDS>(key: K) => (typeof BUDGET_KINDS)[K] extends SettingKind<infer T> ? T : never,
): BudgetLimits {
  const prompt = value('budget.usd_per_million_prompt_tokens');
  const completion = value('budget.usd_per_million_completion_tokens');
  return {
    maxCallsPerRun: value('budget.max_calls_per_run'),
    maxTokensPerRun: value('budget.max_tokens_per_run'),
    maxCallsPerDay: value('budget.max_calls_per_day'),
    maxTokensPerDay: value('budget.max_tokens_per_day'),
    maxUsdPerDay: value('budget.max_usd_per_day'),
    prices: prompt !== undefined && completion !== undefined ? {prompt, completion} : undefined,
  };
}
