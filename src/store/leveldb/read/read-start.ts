import {MemError} from '../../../errors.js';
import type {StoreHeader} from '../../port/store.js';
import {DAMAGED_HINT} from '../checksum.js';
import {COUNTERS_KEY, HEADER_KEY} from '../keys.js';
import {parseCounters, parseHeader, type StoredCounters} from '../records.js';
import type {Reader} from './reader.js';

/** The format of the store as a whole; values have one of their own. 2: records of format 2, and the change feed. 3: a journal beside it. */
export const STORE_FORMAT = 3;

/** Reads what is read at each opening. @throws MemError STORE_DAMAGED, FORMAT_NEWER */
export async function readStart(location: string, reader: Reader): Promise<{header: StoreHeader; counters: StoredCounters}> {
  const [header, counters] = await reader.getMany([HEADER_KEY, COUNTERS_KEY]);
  if (header === undefined || counters === undefined) {
    const message = `the store at ${location} is damaged: "${header === undefined ? HEADER_KEY : COUNTERS_KEY}" is missing`;
    throw new MemError('STORE_DAMAGED', message, {hint: DAMAGED_HINT});
  }
  const parsed = parseHeader(header);
  if (parsed.formatVersion > STORE_FORMAT) {
    throw new MemError('FORMAT_NEWER', `the store at ${location} has format ${parsed.formatVersion}, this mem knows ${STORE_FORMAT}`, {
      hint: 'install a newer mem',
    });
  }
  return {header: parsed, counters: parseCounters(counters)};
}
