import type {PeriodId, PeriodLevel} from '../../../domain/toc/node-id.js';
import type {DateRange, NodeMark, SessionDay, SessionDayMark} from '../../port/store.js';
import * as keys from '../keys.js';
import {parseToken} from '../records.js';
import type {Reader} from './reader.js';

export function readSessionDayMarks(
  reader: Reader,
  {from, to}: DateRange,
  options: {limit?: number; newestFirst?: boolean} = {},
): Promise<readonly SessionDayMark[]> {
  const read = (key: string, bytes: Buffer): SessionDayMark => ({...keys.sessionDayOfKey(key), token: parseToken(bytes)});
  return reader.list(keys.dateRange('m', from, to), read, options);
}

export async function readSessionDayMarksOf(
  reader: Reader,
  wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[],
): Promise<readonly (SessionDayMark | undefined)[]> {
  const found = await reader.getMany(wanted.map(({date, sessionKey}) => keys.sessionDayMarkKey(date, sessionKey)));
  return wanted.map(({date, sessionKey}, at) => {
    const bytes = found[at];
    return bytes && {date, sessionKey, token: parseToken(bytes)};
  });
}

export function readNodeMarks(
  reader: Reader,
  tocLevel: PeriodLevel,
  {from, to}: {readonly from?: string | undefined; readonly to?: string | undefined},
): Promise<readonly NodeMark[]> {
  const read = (key: string, bytes: Buffer): NodeMark => ({id: keys.periodIdOfKey(key), token: parseToken(bytes)});
  return reader.list(keys.periodRange('k', tocLevel, from, to), read);
}

export async function readNodeMarksOf(reader: Reader, ids: readonly PeriodId[]): Promise<readonly (NodeMark | undefined)[]> {
  const found = await reader.getMany(ids.map(keys.nodeMarkKey));
  return ids.map((id, at) => {
    const bytes = found[at];
    return bytes && {id, token: parseToken(bytes)};
  });
}
