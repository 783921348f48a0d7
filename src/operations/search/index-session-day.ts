import type {AgentEvent} from '../../domain/event/event.js';
import type {SessionDayCounter} from '../../domain/search/index/entry.js';
import {countIntoRow, decodePendingEntry} from '../../domain/search/index/entry-row.js';
import {pendingKey} from '../../domain/search/index/rows.js';
import type {Change, SessionDayMark, Store} from '../../store/port/store.js';

/**
 * The index's part of what a rollup commits for a session-day, whether its mark goes or stays: the entry says under which mark it was
 * counted. @param events without those that are superseded
 */
export function searchChange(mark: SessionDayMark, events: readonly AgentEvent[], counter: SessionDayCounter): Change {
  return {kind: 'search-row', key: pendingKey(mark), row: countIntoRow(counter, events, mark.token)};
}

/** Whether a session-day has been counted under the mark that it has now. */
export async function isCounted(store: Pick<Store, 'searchRowsOf'>, mark: SessionDayMark): Promise<boolean> {
  const [row] = await store.searchRowsOf([pendingKey(mark)]);
  return row !== undefined && decodePendingEntry(mark.date, mark.sessionKey, row)?.token === mark.token;
}
