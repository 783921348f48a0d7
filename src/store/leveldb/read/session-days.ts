import type {LocalDate} from '../../../domain/toc/node-id.js';
import type {SessionDay} from '../../port/store.js';
import * as keys from '../keys.js';
import {parseSessionDay} from '../records.js';
import type {Reader} from './reader.js';

export async function readSessionDaysOf(
  reader: Reader,
  wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[],
): Promise<readonly (SessionDay | undefined)[]> {
  const dayKeys = wanted.map(({date, sessionKey}) => keys.sessionDayKey(date, sessionKey));
  const found = await reader.lookUp(dayKeys);
  return dayKeys.map((key, at) => found[at] && parseSessionDay(key, found[at]));
}

export async function readDateSpan(reader: Reader): Promise<{readonly first: LocalDate; readonly last: LocalDate} | undefined> {
  const range = keys.dateRange('d', undefined, undefined);
  const [first] = await reader.list(range, parseSessionDay, {limit: 1});
  const [last] = await reader.list(range, parseSessionDay, {limit: 1, newestFirst: true});
  return first && last && {first: first.date, last: last.date};
}
