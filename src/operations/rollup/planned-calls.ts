import type {CallTokens} from '../../domain/model/model-summarizer.js';
import {addSpending, type BudgetLimits, isWithin, NOTHING_SPENT, type Spending, spendingOf} from '../../domain/rollup/budget.js';
import type {RollupStep} from '../../domain/rollup/rollup-step.js';
import {type NodeId, type TocLevel, tocLevelOf} from '../../domain/toc/node-id.js';
import type {ChildSummary} from '../../domain/toc/summary.js';

const BULLETS: Readonly<Record<TocLevel, number>> = {year: 5, month: 8, week: 10, day: 8, segment: 5};
const BULLET_WORDS = 60;
const words = (count: number): string => Array.from({length: count}, () => 'summary').join(' ');

/** The calls of a plan against the budget: each as dear as it can be. */
export class PlannedCalls {
  readonly #limits: BudgetLimits;
  readonly #today: Spending;
  #planned = NOTHING_SPENT;
  #isUsedUp = false;

  /** @param today what was spent before */
  constructor(limits: BudgetLimits, today: Spending) {
    this.#limits = limits;
    this.#today = today;
  }

  /** A step to make, with its call if it needs one; or left, because the budget would be used up. */
  place(step: RollupStep, call: CallTokens | undefined): {readonly step: RollupStep; readonly isLeft: boolean} {
    const {id, tocLevel, reason} = step;
    if (call === undefined) return {step: {id, tocLevel, reason}, isLeft: false};
    const more = addSpending(this.#planned, spendingOf(call, this.#limits.prices));
    this.#isUsedUp ||= !isWithin(this.#limits, more, addSpending(this.#today, more));
    if (this.#isUsedUp) return {step: {id, tocLevel, reason: 'waits-for-budget'}, isLeft: true};
    this.#planned = more;
    return {step: {id, tocLevel, reason, call}, isLeft: false};
  }
}

/** A child that the same plan is going to make: as long as it can be. */
export function plannedChild(id: NodeId, label: string): ChildSummary {
  const bullets = Array.from({length: BULLETS[tocLevelOf(id)]}, () => ({text: words(BULLET_WORDS), eventIds: []}));
  return {label, title: words(10), bullets, keywords: words(7).split(' ')};
}
