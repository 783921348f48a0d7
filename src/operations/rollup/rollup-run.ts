import type {Retry} from '../../domain/rollup/retry.js';
import {SessionDayCounter} from '../../domain/search/index/entry.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {Calendar} from '../../domain/time/period.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import type {Mem} from '../mem.js';
import type {DayRun} from './day-run.js';
import {PaidElsewhere} from './make/paid-elsewhere.js';
import {RunBudget} from './make/run-budget.js';
import {dueOf, markForRetry} from './retries.js';
import type {Hold} from './rollup-store.js';
import {ThreadedDays} from './thread/threaded-days.js';

/** What a rollup needs of mem beside the store. */
export type RollupMem = Pick<Mem, 'summarizer' | 'model' | 'budget' | 'clock' | 'minAgeMs' | 'startThread' | 'peerNodes'>;

/** One rollup, or the dry run of one: what its parts share. */
export interface RollupRun extends DayRun {
  readonly mem: RollupMem;
  readonly hold: Hold;
  readonly signal: AbortSignal;
  /** Only of a run with a model. */
  readonly budget: RunBudget | undefined;
  /** The retry list. */
  readonly retries: ReadonlyMap<NodeId, Retry>;
  /** Only of a run with a model: nodes for which it was paid on another machine. */
  readonly paidElsewhere: PaidElsewhere | undefined;
  /** Of a large run without a model: what another thread makes. */
  readonly threaded: ThreadedDays | undefined;
}

/** Begins a rollup, and marks the nodes of which a retry is due. @throws MemError CONFIG_INVALID for a limit in money without prices */
export function beginRun(mem: RollupMem, hold: Hold, signal: AbortSignal, {isDryRun}: {readonly isDryRun: boolean}): Promise<RollupRun> {
  return hold.once(async (store) => {
    const now = mem.clock();
    const calendar = new Calendar(store.header.timeZone);
    const retries = await store.retries();
    const dueRetries = new Set(dueOf(mem, retries, now).map(({id}) => id));
    const budget = mem.model && new RunBudget(mem, calendar, hold.ledger);
    await markForRetry(mem, store, [...dueRetries]);
    const counter = new SessionDayCounter(new SearchTokenizer());
    const byId = new Map(retries.map((retry) => [retry.id, retry]));
    const {startThread, summarizer} = mem;
    const setup = {timeZone: store.header.timeZone, now};
    const threaded =
      startThread && !mem.model && !isDryRun ? new ThreadedDays({setup, summarizer, calendar, start: startThread}) : undefined;
    const {care} = store;
    const paidElsewhere = mem.model === undefined || care === undefined ? undefined : PaidElsewhere.read(mem.peerNodes, care);
    return {mem, hold, calendar, paidElsewhere, now, signal, isDryRun, budget, retries: byId, counter, threaded, dueRetries};
  });
}
