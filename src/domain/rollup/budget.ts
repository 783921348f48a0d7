import type {CallTokens} from '../model/model-summarizer.js';

/** What calls of a model may cost. A limit is reached, never passed. */
export interface BudgetLimits {
  readonly maxCallsPerRun: number;
  readonly maxTokensPerRun: number;
  /** Of a calendar day in the store's zone, as are all that follow. */
  readonly maxCallsPerDay: number;
  readonly maxTokensPerDay: number;
  /** Undefined: no limit in money. With one there are prices. */
  readonly maxUsdPerDay: number | undefined;
  readonly prices: Prices | undefined;
}

/** In US dollars per million tokens, which is also millionths of a dollar per token. */
export interface Prices {
  readonly prompt: number;
  readonly completion: number;
}

/** What calls took, or may take at most. */
export interface Spending {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Millionths of a US dollar, by the prices at the time; 0 where none were set. Whole numbers, so that sums are exact. */
  readonly microUsd: number;
}

export const NOTHING_SPENT: Spending = {calls: 0, promptTokens: 0, completionTokens: 0, microUsd: 0};

/** What one call takes. Parts of tokens and of millionths are rounded up. */
export function spendingOf({prompt, completion}: CallTokens, prices: Prices | undefined): Spending {
  const cost = prices === undefined ? 0 : prompt * prices.prompt + completion * prices.completion;
  return {calls: 1, promptTokens: Math.ceil(prompt), completionTokens: Math.ceil(completion), microUsd: Math.ceil(cost)};
}

export function addSpending(a: Spending, b: Spending): Spending {
  return {
    calls: a.calls + b.calls,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    microUsd: a.microUsd + b.microUsd,
  };
}

/** `sum` with `used` in the place of what was reserved for it. */
export function replaceSpending(sum: Spending, reserved: Spending, used: Spending): Spending {
  return {
    calls: sum.calls - reserved.calls + used.calls,
    promptTokens: sum.promptTokens - reserved.promptTokens + used.promptTokens,
    completionTokens: sum.completionTokens - reserved.completionTokens + used.completionTokens,
    microUsd: sum.microUsd - reserved.microUsd + used.microUsd,
  };
}

export function tokensOf({promptTokens, completionTokens}: Spending): number {
  return promptTokens + completionTokens;
}

/** Whether all limits hold when the run and the day have spent so much. */
export function isWithin(limits: BudgetLimits, run: Spending, day: Spending): boolean {
  return (
    run.calls <= limits.maxCallsPerRun &&
    tokensOf(run) <= limits.maxTokensPerRun &&
    day.calls <= limits.maxCallsPerDay &&
    tokensOf(day) <= limits.maxTokensPerDay &&
    (limits.maxUsdPerDay === undefined || day.microUsd <= limits.maxUsdPerDay * 1e6)
  );
}

/**
 * Which of the calls that ask get what they ask for, in their order: a smaller one may still have room where a greater one had none.
 * @param run what the run has spent, @param day what the day has
 */
export function grantWithin(limits: BudgetLimits, run: Spending, day: Spending, asked: readonly Spending[]): readonly boolean[] {
  let given = NOTHING_SPENT;
  return asked.map((atMost) => {
    const more = addSpending(given, atMost);
    const isGranted = isWithin(limits, addSpending(run, more), addSpending(day, more));
    if (isGranted) given = more;
    return isGranted;
  });
}

/** What has to be added to a sum for `used` to stand in the place of what was reserved for it. */
export function correctionOf(reserved: Spending, used: Spending): Spending {
  return replaceSpending(NOTHING_SPENT, reserved, used);
}
