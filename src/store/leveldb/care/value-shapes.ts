import {decodeEvent, readEventHead} from '../../../domain/event/event-record.js';
import {decodeEventsRow, decodePendingEntry} from '../../../domain/search/index/entry-row.js';
import {decodeBucket} from '../../../domain/search/index/month.js';
import {decodeMonthHeader} from '../../../domain/search/index/month-header.js';
import {nameOfKey} from '../../../domain/search/index/rows.js';
import {decodeWords} from '../../../domain/search/index/words-row.js';
import {UnknownShape} from '../../../domain/stored/fields.js';
import * as keys from '../keys.js';
import {parseNode, parsePointer} from '../node-records.js';
import * as records from '../records.js';

/** Reads a value to its end. @throws UnknownShape, RangeError, SyntaxError, TypeError where it is not what its key says */
type ReadValue = (key: string, bytes: Buffer) => unknown;

/** By the first letter of the key: see `keys.ts`. */
const READ: Readonly<Record<string, ReadValue>> = {
  '!': (key, bytes) => {
    if (key === keys.HEADER_KEY) records.parseHeader(bytes);
    else if (key === keys.COUNTERS_KEY) records.parseCounters(bytes);
    else throw new UnknownShape(key, 'is of no kind that mem knows');
  },
  '~': (_, bytes) => records.parseJson(bytes),
  a: (_, bytes) => records.parseAlias(bytes),
  c: records.parseCommit,
  d: records.parseSessionDay,
  e: readEvent,
  f: records.parseRetry,
  g: records.parseChangedNames,
  h: (_, bytes) => records.parseJson(bytes),
  i: records.parseImportNote,
  j: (_, bytes) => records.parseJson(bytes),
  k: (key, bytes) => {
    keys.periodIdOfKey(key);
    records.parseToken(bytes);
  },
  l: records.parseSpending,
  m: (key, bytes) => {
    keys.sessionDayOfKey(key);
    records.parseToken(bytes);
  },
  n: parseNode,
  o: records.parseTakenPart,
  p: parsePointer,
  s: (_, bytes) => records.parseAlias(bytes),
  t: () => undefined,
  u: () => undefined,
  x: (key, bytes) => readSearchRow(key.slice(1), bytes),
};

function readEvent(key: string, record: Buffer): void {
  readEventHead(record);
  decodeEvent(record);
  if (keys.keysOfRecord(record).key !== key) throw new UnknownShape(key, 'is that of another event');
}

function readSearchRow(key: string, row: Buffer): void {
  const kind = key.charAt(0);
  if (kind === 'p') decodePendingEntry(nameOfKey(key).date, nameOfKey(key).sessionKey, row);
  else if (kind === 'h') decodeMonthHeader(key.slice(1), row);
  else if (kind === 'b') decodeBucket(row);
  else if (kind === 'w') decodeWords(row);
  else if (kind === 'e') decodeEventsRow(row);
}

/** What is wrong with a value whose checksum is right; undefined where it is what its key says. */
export function shapeFault(key: string, bytes: Buffer): string | undefined {
  const read = READ[key.charAt(0)];
  if (read === undefined) return `the value of "${key}" is of no kind that mem knows`;
  try {
    read(key, bytes);
    return undefined;
  } catch (error) {
    if (error instanceof UnknownShape) return error.message;
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) {
      return `the value of "${key}" is not as mem writes it (${error.message})`;
    }
    throw error;
  }
}
