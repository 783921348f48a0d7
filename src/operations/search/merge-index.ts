import type {EpochMs} from '../../domain/event/event.js';
import {mergeMonth, type RowToMerge, readRowToMerge, type StoredMonth} from '../../domain/search/index/merge-month.js';
import {dayName} from '../../domain/search/index/month.js';
import {decodeMonthHeader, encodeMonthHeader} from '../../domain/search/index/month-header.js';
import {
  bucketKey,
  bucketsOf,
  eventsKey,
  headerKey,
  monthOf,
  nameOfKey,
  PENDING,
  pendingKey,
  wordsKey,
  wordsOf,
} from '../../domain/search/index/rows.js';
import {addMonths} from '../../domain/time/local-date.js';
import {type LocalDate, localDate} from '../../domain/toc/node-id.js';
import type {Change, Store} from '../../store/port/store.js';

/** A month that still goes on is merged when so many of its session-days wait. */
const PENDING_PER_MERGE = 64;
/** So much is written in one commit. */
const BYTES_PER_COMMIT = 1024 * 1024;

type IndexStore = Pick<Store, 'searchRows' | 'searchRowsOf' | 'sessionDayMarks' | 'commit'>;

/** What is merged of one month, with the rows that it replaces. */
interface MonthToMerge {
  readonly month: string;
  readonly entries: readonly RowToMerge[];
  readonly before: StoredMonth | undefined;
  /** Of merges that were cut short. */
  readonly strayKeys: readonly string[];
}

/**
 * Merges waiting entries into their months: those of months that are over, and where many wait. An entry whose session-day is marked waits
 * on. Only who holds the lease of rollups may call it; a kill at any point leaves an index that is right.
 * @param today in the store's zone
 */
export async function* mergeIndex(current: () => IndexStore, today: LocalDate, at: EpochMs, signal?: AbortSignal): AsyncGenerator<void> {
  for (const month of await monthsToMerge(current(), today)) {
    if (signal?.aborted) return;
    yield;
    const toMerge = await readMonth(current(), month);
    if (toMerge.entries.length === 0) continue;
    for (const changes of mergeSteps(toMerge)) {
      yield;
      await current().commit(changes, at, {sync: false});
    }
  }
}

async function monthsToMerge(store: IndexStore, today: LocalDate): Promise<readonly string[]> {
  const marked = new Set((await store.sessionDayMarks({})).map(dayName));
  const waiting = new Map<string, number>();
  for (const {key} of await store.searchRows(PENDING, 0)) {
    const name = nameOfKey(key);
    if (!marked.has(dayName(name))) waiting.set(monthOf(name.date), (waiting.get(monthOf(name.date)) ?? 0) + 1);
  }
  return [...waiting].filter(([month, count]) => month < monthOf(today) || count >= PENDING_PER_MERGE).map(([month]) => month);
}

async function readMonth(store: IndexStore, month: string): Promise<MonthToMerge> {
  const from = localDate(`${month}-01`);
  const marked = new Set((await store.sessionDayMarks({from, to: addMonths(from, 1)})).map(dayName));
  const entries: RowToMerge[] = [];
  for (const {key, row} of await store.searchRows(PENDING + month)) {
    const name = nameOfKey(key);
    const entry = marked.has(dayName(name)) ? undefined : readRowToMerge(name.date, name.sessionKey, row);
    if (entry) entries.push(entry);
  }
  const [headerRow] = await store.searchRowsOf([headerKey(month)]);
  const header = headerRow && decodeMonthHeader(month, headerRow);
  const buckets = new Map<number, Buffer>();
  const strayKeys: string[] = [];
  const own = header && bucketsOf(month, header.generation);
  for (const {key, row} of await store.searchRows(bucketsOf(month))) {
    if (own !== undefined && key.startsWith(own)) buckets.set(Number.parseInt(key.slice(own.length), 16), row);
    else strayKeys.push(key);
  }
  const ownWords = header && wordsKey(month, header.generation);
  for (const {key} of await store.searchRows(wordsOf(month), 0)) if (key !== ownWords) strayKeys.push(key);
  return {month, entries, before: header && {header, buckets}, strayKeys};
}

/** Commits that each leave a right index: new words and buckets beside the old ones, then the header that names them, then the old ones go. */
function* mergeSteps({month, entries, before, strayKeys}: MonthToMerge): Generator<readonly Change[]> {
  const put = (key: string, row: Buffer | undefined): Change => ({kind: 'search-row', key, row});
  const {header, words, buckets} = mergeMonth(before, entries);
  let changes: Change[] = strayKeys.map((key) => put(key, undefined));
  let bytes = 0;
  const rows: Iterable<readonly [string, Buffer]> = (function* () {
    yield [wordsKey(month, header.generation), words] as const;
    for (const [number, bucket] of buckets) yield [bucketKey(month, header.generation, number), bucket] as const;
    for (const {day, eventsRow} of entries) if (day.events > 0) yield [eventsKey(day), eventsRow] as const;
  })();
  for (const [key, row] of rows) {
    changes.push(put(key, row));
    bytes += row.length;
    if (bytes < BYTES_PER_COMMIT) continue;
    yield changes;
    changes = [];
    bytes = 0;
  }
  const emptied = entries.filter(({day}) => day.events === 0);
  yield [
    ...changes,
    put(headerKey(month), encodeMonthHeader(header)),
    ...entries.map(({day}) => put(pendingKey(day), undefined)),
    ...emptied.map(({day}) => put(eventsKey(day), undefined)),
  ];
  if (before === undefined) return;
  const {generation} = before.header;
  const old = [wordsKey(month, generation), ...[...before.buckets.keys()].map((number) => bucketKey(month, generation, number))];
  yield old.map((key) => put(key, undefined));
}
