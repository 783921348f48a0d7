import {type BudgetLimits, type Spending, tokensOf} from '../domain/rollup/budget.js';

/** Spending for programs. */
export function spendingJson(spending: Spending): Record<string, unknown> {
  return {
    calls: spending.calls,
    prompt_tokens: spending.promptTokens,
    completion_tokens: spending.completionTokens,
    tokens: tokensOf(spending),
    usd: spending.microUsd / 1e6,
  };
}

/** Today's spending and the limits. @param limits undefined without a model */
export function budgetJson(spent: Spending, limits: BudgetLimits | undefined): Record<string, unknown> {
  return {
    spent_today: spendingJson(spent),
    limits:
      limits === undefined
        ? null
        : {
            calls_per_run: limits.maxCallsPerRun,
            tokens_per_run: limits.maxTokensPerRun,
            calls_per_day: limits.maxCallsPerDay,
            tokens_per_day: limits.maxTokensPerDay,
            usd_per_day: limits.maxUsdPerDay ?? null,
          },
  };
}
