import type {ReadAhead} from '../../port/store.js';
import {periodRange} from '../keys.js';
import {parsePointer} from '../node-records.js';
import {DayReads} from './day-reads.js';
import {readNodeMarks} from './marks.js';
import type {Reader} from './reader.js';

/** What of a store can be read before its header is known: by the same questions as from the store itself. */
export function aheadReads(reader: Reader): Parameters<ReadAhead>[0] {
  const days = new DayReads(reader);
  return {
    nodeMarks: (tocLevel, range = {}) => readNodeMarks(reader, tocLevel, range),
    pointers: (tocLevel, {from, to}, limit = Infinity) => reader.list(periodRange('p', tocLevel, from, to), parsePointer, {limit}),
    sessionDayMarks: (range, options) => days.sessionDayMarks(range, options),
  };
}
