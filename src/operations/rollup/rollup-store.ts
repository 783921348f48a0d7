import type {DateRange, SessionDayMark, Store, StoreCare} from '../../store/port/store.js';
import {holdInTurns, holdOnce} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/** What a rollup needs of a store. A dry run has one of its own: what is planned, above what is stored. */
export interface RollupStore
  extends Pick<
    Store,
    | 'header'
    | 'sessionDays'
    | 'sessionDaysOf'
    | 'events'
    | 'sessionDayMarksOf'
    | 'markedDates'
    | 'nodeMarks'
    | 'nodeMarksOf'
    | 'pointers'
    | 'pointersOf'
    | 'nodes'
    | 'retries'
    | 'searchRowsOf'
    | 'jobStates'
    | 'reserve'
    | 'commit'
  > {
  readonly care?: StoreCare | undefined;
  sessionDayMarks(range: DateRange): Promise<readonly SessionDayMark[]>;
}

/** The ledger of what calls of a model took. */
export type Ledger = Pick<Store, 'reserve' | 'commit'>;

/** How a rollup comes by the store: it is closed in between, while a summary is made and while the caller looks at an outcome. */
export interface Hold {
  once<T>(work: (store: RollupStore) => Promise<T>): Promise<T>;
  /** See `holdInTurns`. */
  inTurns<T>(work: (current: () => RollupStore) => AsyncGenerator<void, T>): Promise<T>;
  ledger<T>(work: (ledger: Ledger) => Promise<T>): Promise<T>;
}

export function holdStore(mem: Pick<Mem, 'store' | 'clock'>): Hold {
  return {
    once: (work) => holdOnce(mem, work),
    inTurns: (work) => holdInTurns(mem, JOB_PATIENCE_MS, work),
    ledger: (work) => holdOnce(mem, work),
  };
}
