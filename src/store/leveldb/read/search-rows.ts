import type {SearchRow} from '../../port/store.js';
import {searchRange} from '../keys.js';
import type {Reader} from './reader.js';

/** See `Store.searchRows`. @param bytes of each row no more than its beginning; the rest is not kept in memory */
export function readSearchRows(reader: Reader, prefix: string, bytes: number): Promise<readonly SearchRow[]> {
  const read = (row: Buffer): Buffer => (row.length <= bytes ? row : Buffer.from(row.subarray(0, bytes)));
  return reader.list(searchRange(prefix), (key, row) => ({key: key.slice(1), row: read(row)}));
}
