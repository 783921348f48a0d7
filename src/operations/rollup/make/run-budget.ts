import type {CallBudget, CallReservation, CallTokens} from '../../../domain/model/model-summarizer.js';
import {
  addSpending,
  type BudgetLimits,
  correctionOf,
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

/** What a call took in the end, less what was reserved for it. It is written with the next commit: until then the ledger says more than was spent, never less. */
interface Settlement {
  readonly date: LocalDate;
  readonly added: Spending;
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

  /** What calls really took, as changes of the ledger: for the next commit, which must not fail without ending the run. */
  settlements(): readonly Change[] {
    return this.#settled.splice(0).map((settled): Change => ({kind: 'spend', ...settled}));
  }

  /** Writes what the calls of a run that commits nothing else really took. */
  async close(): Promise<void> {
    if (this.#settled.length === 0) return;
    await this.#hold((store) => store.commit(this.settlements(), this.#mem.clock(), {sync: true}));
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
    const calls = [...this.#asked].sort((a, b) => a.order - b.order);
    const asked = calls.map(({atMost}) => atMost);
    const request = {asked, limits: this.#mem.budget, run: this.#run, settled: this.#settled.splice(0)};
    const granted = await store.reserve(date, request, this.#mem.clock());
    for (const [at, spending] of asked.entries()) if (granted[at]) this.#run = addSpending(this.#run, spending);
    this.#asked = this.#asked.filter((call) => !calls.includes(call));
    return calls.map(
      ({atMost, answer}, at) =>
        () =>
          answer(granted[at] ? this.#reservation(date, atMost) : undefined),
    );
  }

  #reservation(date: LocalDate, reserved: Spending): CallReservation {
    let isSettled = false;
    return {
      settle: async (tokens) => {
        if (isSettled) return;
        isSettled = true;
        const used = spendingOf(tokens, this.#mem.budget.prices);
        this.#run = replaceSpending(this.#run, reserved, used);
        this.#settled.push({date, added: correctionOf(reserved, used)});
      },
    };
  }
}

/** @throws MemError CONFIG_INVALID for a limit in money without prices: no sum could ever reach it */
export function assertPriced({maxUsdPerDay, prices}: BudgetLimits): void {
  if (maxUsdPerDay === undefined || prices !== undefined) return;
  throw new MemError('CONFIG_INVALID', 'budget.max_usd_per_day is set, but not what the tokens cost', {
    hint: 'set budget.usd_per_million_prompt_tokens and budget.usd_per_million_completion_tokens, 0 for what costs nothing',
  });
}
