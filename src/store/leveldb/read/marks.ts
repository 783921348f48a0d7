import type {PeriodId, PeriodLevel} from '../../../domain/toc/node-id.js';
import type {DateRange, NodeMark, SessionDay, SessionDayMark} from '../../port/store.js';
import {dateRange, nodeMarkKey, periodIdOfKey, periodRange, sessionDayMarkKey, sessionDayOfKey} from '../keys.js';
import {parseToken} from '../records.js';
import type {Reader} from './reader.js';

interface ListOptions {
  readonly limit?: number;
  readonly newestFirst?: boolean;
}

export function listSessionDayMarks(reader: Reader, {from, to}: DateRange, options: ListOptions): Promise<readonly SessionDayMark[]> {
  const read = (key: string, bytes: Buffer): SessionDayMark => ({...sessionDayOfKey(key), token: parseToken(bytes)});
  return reader.list(dateRange('m', from, to), read, options);
}

export async function readSessionDayMarks(
  reader: Reader,
  wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[],
): Promise<readonly (SessionDayMark | undefined)[]> {
  const found = await reader.getMany(wanted.map(({date, sessionKey}) => sessionDayMarkKey(date, sessionKey)));
  return wanted.map(({date, sessionKey}, at) => {
    const bytes = found[at];
    return bytes && {date, sessionKey, token: parseToken(bytes)};
  });
}

export function listNodeMarks(
  reader: Reader,
  tocLevel: PeriodLevel,
  {from, to}: {readonly from?: string | undefined; readonly to?: string | undefined},
): Promise<readonly NodeMark[]> {
  const read = (key: string, bytes: Buffer): NodeMark => ({id: periodIdOfKey(key), token: parseToken(bytes)});
  return reader.list(periodRange('k', tocLevel, from, to), read);
}

export async function readNodeMarks(reader: Reader, ids: readonly PeriodId[]): Promise<readonly (NodeMark | undefined)[]> {
  const found = await reader.getMany(ids.map(nodeMarkKey));
  return ids.map((id, at) => {
    const bytes = found[at];
    return bytes && {id, token: parseToken(bytes)};
  });
}
