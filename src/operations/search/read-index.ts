import type {SessionDayEntry} from '../../domain/search/index/entry.js';
import {decodePendingEntry, type PendingEntry} from '../../domain/search/index/entry-row.js';
import {compareDays, dayName} from '../../domain/search/index/month.js';
import {decodeMonthHeader, type StoredHeader} from '../../domain/search/index/month-header.js';
import {HEADERS, nameOfKey, PENDING} from '../../domain/search/index/rows.js';
import type {SessionDayMark} from '../../store/port/store.js';
import {isComplete, uncountedDays} from './complete-index.js';

type IndexStore = Parameters<typeof uncountedDays>[0];

type Name = Pick<SessionDayMark, 'date' | 'sessionKey'>;

/** The index as it is trusted now, without the terms of merged months, which are read for each query. */
export interface TrustedIndex {
  /** By month. */
  readonly headers: ReadonlyMap<string, StoredHeader>;
  /** What is not merged. */
  readonly waiting: readonly SessionDayEntry[];
  /** Names of session-days whose merged entry does not count. */
  readonly hidden: ReadonlySet<string>;
  /** Session-days whose entry is not there or not to be trusted, the newest first: they are to be counted. */
  readonly toCount: readonly Name[];
}

/**
 * Reads which session-days the index has. An entry is trusted while the session-day's mark has the token that it was counted under, or
 * is gone; what is merged has no mark.
 */
export async function readTrustedIndex(store: IndexStore): Promise<TrustedIndex> {
  const marks = await store.sessionDayMarks({});
  const tokens = new Map(marks.map((mark) => [dayName(mark), mark.token]));
  const pending = new Map<string, PendingEntry>();
  for (const {key, row} of await store.searchRows(PENDING)) {
    const name = nameOfKey(key);
    const entry = decodePendingEntry(name.date, name.sessionKey, row);
    if (entry) pending.set(dayName(name), entry);
  }
  const headers = new Map<string, StoredHeader>();
  for (const {key, row} of await store.searchRows(HEADERS)) {
    const month = key.slice(1);
    const header = decodeMonthHeader(month, row);
    if (header) headers.set(month, header);
  }
  const isTrusted = (name: string, token: string): boolean => (tokens.get(name) ?? token) === token;
  const waiting = [...pending].filter(([name, {entry, token}]) => entry.events.length > 0 && isTrusted(name, token));
  const toCount: Name[] = marks.filter((mark) => {
    const known = pending.get(dayName(mark));
    return known === undefined || known.token !== mark.token;
  });
  const never = (await isComplete(store)) ? [] : await uncountedDays(store);
  return {
    headers,
    waiting: waiting.map(([, {entry}]) => entry),
    hidden: new Set([...pending.keys(), ...tokens.keys()]),
    toCount: [...toCount, ...never].sort(compareDays).reverse(),
  };
}
