import {addSpending, NOTHING_SPENT, type Prices, spendingOf} from '../../domain/rollup/budget.js';
import type {RollupStep} from '../../domain/rollup/rollup-step.js';
import {planTotalJson} from '../../json/rollup-json.js';
import {count} from '../../text/node-text.js';
import {spendingText} from './spending-text.js';

/** The most that all calls of a plan can take together. */
export class PlanTotal {
  readonly #prices: Prices | undefined;
  #sum = NOTHING_SPENT;
  #waiting = 0;

  constructor(prices: Prices | undefined) {
    this.#prices = prices;
  }

  add({call, reason}: RollupStep): void {
    if (call) this.#sum = addSpending(this.#sum, spendingOf(call, this.#prices));
    if (reason === 'waits-for-budget') this.#waiting++;
  }

  text(): string {
    const waiting = this.#waiting > 0 ? `; ${count(this.#waiting, 'node')} would wait for budget` : '';
    return `at most ${spendingText(this.#sum, this.#prices !== undefined)}${waiting}`;
  }

  json(): Record<string, unknown> {
    return planTotalJson(this.#sum, this.#prices !== undefined, this.#waiting);
  }
}
