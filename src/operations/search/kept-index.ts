import {DayTable} from '../../domain/search/index/day-table.js';
import type {StoredHeader} from '../../domain/search/index/month-header.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import type {ChangeCursor} from '../../store/port/changes-since.js';
import type {Store} from '../../store/port/store.js';
import {holdInTurns} from '../access/hold.js';
import type {Mem} from '../mem.js';
import {countDays} from './count-days.js';
import {readTrustedIndex} from './read-index.js';

/** The index with what was counted just now. */
export interface WholeIndex {
  readonly days: DayTable;
  /** By month. */
  readonly headers: ReadonlyMap<string, StoredHeader>;
  /** How many events were not counted. */
  readonly left: number;
  /** The rows of the words of what is merged, by month, once a search has asked for them. */
  words?: ReadonlyMap<string, Buffer>;
}

/** The last index that was read, for who searches again and again: it holds as long as nothing is committed to the store. */
export class KeptIndex {
  #cursor: ChangeCursor | undefined;
  #index: WholeIndex | undefined;

  of(cursor: ChangeCursor): WholeIndex | undefined {
    return cursor === this.#cursor ? this.#index : undefined;
  }

  keep(cursor: ChangeCursor, index: WholeIndex): void {
    [this.#cursor, this.#index] = [cursor, index];
  }
}

/** Reads the index before it is asked for. @throws MemError NO_STORE, STORE_BUSY, STORE_DAMAGED */
export async function prepareIndex(mem: Pick<Mem, 'store'>, kept: KeptIndex, patienceMs: number): Promise<void> {
  await holdInTurns(mem, patienceMs, async function* (current) {
    const cursor = await current().changeCursor();
    if (kept.of(cursor) !== undefined) return;
    const index = yield* readWholeIndex(current, new SearchTokenizer(), () => {});
    if ((await current().changeCursor()) === cursor) kept.keep(cursor, index);
  });
}

/** Reads the index, and counts what it does not have. @param goOn throws where it is wanted no longer */
export async function* readWholeIndex(
  current: () => Store,
  tokenizer: SearchTokenizer,
  goOn: () => void,
): AsyncGenerator<void, WholeIndex> {
  const {headers, waiting, hidden, toCount} = await readTrustedIndex(current());
  goOn();
  const counted = yield* countDays(current, toCount, tokenizer, goOn);
  const entries = counted.entries.filter(({events}) => events.length > 0);
  return {days: new DayTable(headers, [...waiting, ...entries], hidden), headers, left: counted.left};
}
