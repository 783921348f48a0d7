import type {CallBudget, CallReservation, CallTokens} from '../../../domain/model/model-summarizer.js';
import {
  addSpending,
  type BudgetLimits,
  isWithin,
  NOTHING_SPENT,
  replaceSpending,
  type Spending,
  spendingOf,
} from '../../../domain/rollup/budget.js';
import type {Calendar} from '../../../domain/time/period.js';
import type {LocalDate} from '../../../domain/toc/node-id.js';
import {MemError} from '../../../errors.js';
import type {Change} from '../../../store/port/store.js';
import type {Mem} from '../../mem.js';
import type {Hold, Ledger} from '../rollup-store.js';

/** A call that waits for its reservation. */
interface Asked {
  /** Its place in the order of the run: where not all get one, the first do. */
  readonly order: number;
  readonly atMost: Spending;
  answer(reservation: CallReservation | undefined): void;
  fail(error: unknown): void;
}

/** What a call took in the end. It is written with the next commit: until then the ledger says more than was spent, never less. */
interface Settlement {
  readonly date: LocalDate;
  readonly reserved: Spending;
  readonly used: Spending;
}

/** The budget as one call sees it. */
export interface OwnBudget extends CallBudget {
  /** What its last reservation was for: a request may have been made. Undefined where it got none. */
  readonly reserved: CallTokens | undefined;
}

/**
 * The money of one run. A reservation is on disk, in the day's ledger, before it is given; what a killed run has reserved stays spent.
 * Calls that ask side by side share a commit, and together they never pass a limit.
 */
export class RunBudget {
  readonly #mem: Pick<Mem, 'clock' | 'budget'>;
  readonly #calendar: Calendar;
  readonly #hold: Hold['ledger'];
  #run = NOTHING_SPENT;
  #asked: Asked[] = [];
  #settled: Settlement[] = [];
  #isAnswering = false;

  /** @throws MemError CONFIG_INVALID for a limit in money without prices */
  constructor(mem: Pick<Mem, 'clock' | 'budget'>, calendar: Calendar, hold: Hold['ledger']) {
    assertPriced(mem.budget);
    this.#mem = mem;
    this.#calendar = calendar;
    this.#hold = hold;
  }

  /** @param order the call's place in the order of the run */
  forCall(order: number): OwnBudget {
    let reserved: CallTokens | undefined;
    return {
      get reserved() {
        return reserved;
      },
      reserve: async (atMost) => {
        const reservation = await this.#reserve(order, atMost);
        if (reservation) reserved = atMost;
        return reservation;
      },
    };
  }

  /** What calls really took, as changes of the ledger: for the next commit on `store`, which must not fail without ending the run. */
  async settlements(store: Ledger): Promise<readonly Change[]> {
    const days = await this.#takeSettlements(store);
    return [...days].map(([date, spending]): Change => ({kind: 'ledger', date, spending}));
  }

  /** Writes what the calls of a run that commits nothing else really took. */
  async close(): Promise<void> {
    if (this.#settled.length === 0) return;
    await this.#hold(async (store) => store.commit(await this.settlements(store), this.#mem.clock(), {sync: true}));
  }

  #reserve(order: number, atMost: CallTokens): Promise<CallReservation | undefined> {
    return new Promise((answer, fail) => {
      this.#asked.push({order, atMost: spendingOf(atMost, this.#mem.budget.prices), answer, fail});
      if (!this.#isAnswering) void this.#answerAll();
    });
  }

  /** Never rejects: who asked is told. */
  async #answerAll(): Promise<void> {
    this.#isAnswering = true;
    try {
      // Who asks while the store is waited for is in the same commit.
      while (this.#asked.length > 0) for (const tell of await this.#hold((store) => this.#decide(store))) tell();
    } catch (error) {
      for (const {fail} of this.#asked.splice(0)) fail(error);
    } finally {
      this.#isAnswering = false;
    }
  }

  async #decide(store: Ledger): Promise<readonly (() => void)[]> {
    const date = this.#calendar.dateOf(this.#mem.clock());
    const days = await this.#takeSettlements(store);
    let day = days.get(date) ?? (await store.spentOn(date)) ?? NOTHING_SPENT;
    const asked = [...this.#asked].sort((a, b) => a.order - b.order);
    const answers: (() => void)[] = [];
    let given = NOTHING_SPENT;
    for (const {atMost, answer} of asked) {
      const [more, moreOfDay] = [addSpending(given, atMost), addSpending(day, atMost)];
      if (isWithin(this.#mem.budget, addSpending(this.#run, more), moreOfDay)) {
        [given, day] = [more, moreOfDay];
        days.set(date, day);
        answers.push(() => answer(this.#reservation(date, atMost)));
      } else {
        answers.push(() => answer(undefined));
      }
    }
    if (days.size > 0) {
      const changes = [...days].map(([of, spending]): Change => ({kind: 'ledger', date: of, spending}));
      await store.commit(changes, this.#mem.clock(), {sync: given.calls > 0});
    }
    this.#run = addSpending(this.#run, given);
    this.#asked = this.#asked.filter((one) => !asked.includes(one));
    return answers;
  }

  #reservation(date: LocalDate, reserved: Spending): CallReservation {
    let isSettled = false;
    return {
      settle: async (tokens) => {
        if (isSettled) return;
        isSettled = true;
        const used = spendingOf(tokens, this.#mem.budget.prices);
        this.#run = replaceSpending(this.#run, reserved, used);
        this.#settled.push({date, reserved, used});
      },
    };
  }

  async #takeSettlements(store: Ledger): Promise<Map<LocalDate, Spending>> {
    const days = new Map<LocalDate, Spending>();
    for (const {date, reserved, used} of this.#settled.splice(0)) {
      const day = days.get(date) ?? (await store.spentOn(date)) ?? NOTHING_SPENT;
      days.set(date, replaceSpending(day, reserved, used));
    }
    return days;
  }
}

/** @throws MemError CONFIG_INVALID for a limit in money without prices: no sum could ever reach it */
export function assertPriced({maxUsdPerDay, prices}: BudgetLimits): void {
  if (maxUsdPerDay === undefined || prices !== undefined) return;
  throw new MemError('CONFIG_INVALID', 'budget.max_usd_per_day is set, but not what the tokens cost', {
    hint: 'set budget.usd_per_million_prompt_tokens and budget.usd_per_million_completion_tokens, 0 for what costs nothing',
  });
}
