import {Bytes} from './bytes.js';
import {readLog} from './log-file.js';
import type {WrittenRow} from './table-rows.js';

/*
 * What a log's records hold (LevelDB's db/write_batch.cc): a sequence number (8 bytes), a count (4), then of each row whether it was put
 * or removed, its key and its value.
 */
const HEAD_BYTES = 12;
const REMOVED = 0;
const PUT = 1;

export interface RowsReading {
  readonly rows: readonly WrittenRow[];
  readonly damage: string | undefined;
}

/** Reads all rows of a log whose checksums are right, past what is damaged. */
export function readLogRows(bytes: Buffer): RowsReading {
  const {records, damage} = readLog(bytes, {pastDamage: true});
  return {rows: records.flatMap(rowsOf), damage};
}

/** @throws RangeError for a record that a LevelDB of another kind wrote: its checksum is right */
function rowsOf(record: Buffer): readonly WrittenRow[] {
  const rows: WrittenRow[] = [];
  let sequence = record.readUIntLE(0, 6);
  for (const bytes = new Bytes(record, HEAD_BYTES); !bytes.isAtEnd; sequence++) {
    const kind = bytes.byte();
    if (kind !== REMOVED && kind !== PUT) throw new RangeError(`the unknown kind ${kind} of a row`);
    const key = sliceOf(record, bytes).toString('utf8');
    rows.push({key, sequence, value: kind === PUT ? sliceOf(record, bytes) : undefined});
  }
  return rows;
}

function sliceOf(record: Buffer, bytes: Bytes): Buffer {
  const size = bytes.varint();
  const from = bytes.at;
  bytes.advance(size);
  return record.subarray(from, from + size);
}
