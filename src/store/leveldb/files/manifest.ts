import {Bytes} from './bytes.js';

/** What a MANIFEST says of the database: which files belong to it. */
export interface Manifest {
  /** The size of each table by its number. */
  readonly tables: ReadonlyMap<number, number>;
  /** Logs from this number on have not been written into tables. */
  readonly firstLog: number;
}

// The tags of LevelDB's db/version_edit.cc.
const COMPARATOR = 1;
const LOG = 2;
const NEXT_FILE = 3;
const LAST_SEQUENCE = 4;
const COMPACT_POINTER = 5;
const REMOVED = 6;
const ADDED = 7;
const PREVIOUS_LOG = 9;

/** @throws RangeError when a record is of another form than this one knows */
export function readManifest(records: readonly Buffer[]): Manifest {
  const tables = new Map<number, number>();
  let firstLog = 0;
  for (const record of records) {
    const added: [number, number][] = [];
    for (const bytes = new Bytes(record); !bytes.isAtEnd; ) {
      const tag = bytes.varint();
      if (tag === COMPARATOR) bytes.skipSlice();
      else if (tag === LOG) firstLog = bytes.varint();
      else if (tag === NEXT_FILE || tag === LAST_SEQUENCE || tag === PREVIOUS_LOG) bytes.varint();
      else if (tag === COMPACT_POINTER) {
        bytes.varint();
        bytes.skipSlice();
      } else if (tag === REMOVED) {
        bytes.varint();
        tables.delete(bytes.varint());
      } else if (tag === ADDED) {
        bytes.varint();
        added.push([bytes.varint(), bytes.varint()]);
        bytes.skipSlice();
        bytes.skipSlice();
      } else throw new RangeError(`the unknown tag ${tag}`);
    }
    // A table that moves to another level is removed and added in one record.
    for (const [number, size] of added) tables.set(number, size);
  }
  return {tables, firstLog};
}
