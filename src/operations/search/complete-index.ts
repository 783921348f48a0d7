import type {EpochMs} from '../../domain/event/event.js';
import type {SessionDayCounter} from '../../domain/search/index/entry.js';
import {countIntoRow} from '../../domain/search/index/entry-row.js';
import {INDEX_VERSION} from '../../domain/search/index/index-version.js';
import {dayName} from '../../domain/search/index/month.js';
import {decodeMonthHeader} from '../../domain/search/index/month-header.js';
import {HEADERS, nameOfKey, PENDING, pendingKey, VERSION_KEY} from '../../domain/search/index/rows.js';
import type {SessionDay, Store} from '../../store/port/store.js';
import {readDay} from './count-days.js';

type IndexStore = Pick<
  Store,
  'searchRows' | 'searchRowsOf' | 'sessionDayNames' | 'sessionDaysOf' | 'sessionDayMarks' | 'events' | 'commit'
>;

type Name = Pick<SessionDay, 'date' | 'sessionKey'>;

/** So many events are counted to a commit. */
const EVENTS_PER_COMMIT = 2_000;

const COMPLETE = {kind: 'search-row', key: VERSION_KEY, row: Buffer.from(String(INDEX_VERSION))} as const;

/** Whether every session-day was counted for this version of the index since the store was made, or an older mem filled it. */
export async function isComplete(store: Pick<Store, 'searchRowsOf'>): Promise<boolean> {
  const [row] = await store.searchRowsOf([VERSION_KEY]);
  return row?.toString() === String(INDEX_VERSION);
}

/** The session-days that have neither an entry of this version nor a mark, the newest first. */
export async function uncountedDays(store: IndexStore): Promise<readonly Name[]> {
  const known = new Set((await store.sessionDayMarks({})).map(dayName));
  for (const {key, row} of await store.searchRows(PENDING, 1)) if (row[0] === INDEX_VERSION) known.add(dayName(nameOfKey(key)));
  for (const {key, row} of await store.searchRows(HEADERS)) {
    for (const day of decodeMonthHeader(key.slice(1), row)?.days.list() ?? []) known.add(dayName(day));
  }
  return (await store.sessionDayNames({})).filter((day) => !known.has(dayName(day))).reverse();
}

/**
 * Notes that the index is complete where a rollup is about to count all that is not counted: so in a new store. To find out afterwards takes
 * memory when there is least. Only who holds the lease of rollups may call it.
 */
export async function noteCompleteIndex(store: IndexStore, at: EpochMs): Promise<void> {
  if ((await isComplete(store)) || (await uncountedDays(store)).length > 0) return;
  await store.commit([COMPLETE], at, {sync: false});
}

/**
 * Counts what an older mem stored, or counted for another version, in turns. Only who holds the lease of rollups may call it.
 * @returns whether the index is complete now
 */
export async function* completeIndex(
  current: () => IndexStore,
  counter: SessionDayCounter,
  at: EpochMs,
  signal?: AbortSignal,
): AsyncGenerator<void, boolean> {
  if (await isComplete(current())) return true;
  let rows: {kind: 'search-row'; key: string; row: Buffer}[] = [];
  let events = 0;
  for (const name of await uncountedDays(current())) {
    if (signal?.aborted) break;
    const [day] = await current().sessionDaysOf([name]);
    if (day === undefined) continue;
    const counted = yield* readDay(current, day);
    rows.push({kind: 'search-row', key: pendingKey(day), row: countIntoRow(counter, counted, '')});
    events += day.count;
    if (events < EVENTS_PER_COMMIT) continue;
    await current().commit(rows, at, {sync: false});
    [rows, events] = [[], 0];
    yield;
  }
  const isDone = signal?.aborted !== true;
  await current().commit([...rows, ...(isDone ? [COMPLETE] : [])], at, {sync: false});
  return isDone;
}
