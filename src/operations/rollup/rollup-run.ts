import type {EpochMs} from '../../domain/event/event.js';
import type {Retry} from '../../domain/rollup/retry.js';
import {SessionDayCounter} from '../../domain/search/index/entry.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {Calendar} from '../../domain/time/period.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import type {Mem} from '../mem.js';
import {RunBudget} from './make/run-budget.js';
import {dueOf, markForRetry} from './retries.js';
import type {Hold} from './rollup-store.js';

/** What a rollup needs of mem beside the store. */
export type RollupMem = Pick<Mem, 'summarizer' | 'model' | 'budget' | 'clock' | 'minAgeMs'>;

/** One rollup, or the dry run of one: what its parts share. */
export interface RollupRun {
  readonly mem: RollupMem;
  readonly hold: Hold;
  readonly calendar: Calendar;
  /** Decides what is due, the same for the whole run. */
  readonly now: EpochMs;
  readonly signal: AbortSignal;
  /** No summarizer is called and nothing is stored. */
  readonly isDryRun: boolean;
  /** Only of a run with a model. */
  readonly budget: RunBudget | undefined;
  /** The retry list. */
  readonly retries: ReadonlyMap<NodeId, Retry>;
  /** For the search index. */
  readonly counter: SessionDayCounter;
  /** Nodes for which the model is asked again now. */
  readonly dueRetries: ReadonlySet<NodeId>;
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
    return {mem, hold, calendar, now, signal, isDryRun, budget, retries: byId, counter, dueRetries};
  });
}
