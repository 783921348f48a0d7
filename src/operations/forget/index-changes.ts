import type {SessionKey} from '../../domain/event/event.js';
import {bucketsOf, eventsKey, headerKey, monthOf, pendingKey, VERSION_KEY, wordsOf} from '../../domain/search/index/rows.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Change, Store} from '../../store/port/store.js';

/**
 * The changes by which the search index holds no word of some session-days: their entries go, and what is merged of their month with all
 * its terms. The next rollup counts the month again; until then a search counts what it needs.
 */
export async function indexChanges(
  store: Pick<Store, 'searchRows' | 'searchRowsOf'>,
  date: LocalDate,
  sessions: Iterable<SessionKey>,
): Promise<readonly Change[]> {
  const gone: string[] = [];
  for (const sessionKey of sessions) gone.push(pendingKey({date, sessionKey}), eventsKey({date, sessionKey}));
  const month = monthOf(date);
  const merged: string[] = [];
  for (const rows of [bucketsOf(month), wordsOf(month)]) for (const {key} of await store.searchRows(rows, 0)) merged.push(key);
  const [header] = await store.searchRowsOf([headerKey(month)]);
  if (header !== undefined) merged.push(headerKey(month));
  // Without it the index counts as one that does not have everything yet.
  if (merged.length > 0) merged.push(VERSION_KEY);
  return [...gone, ...merged].map((key): Change => ({kind: 'search-row', key, row: undefined}));
}
