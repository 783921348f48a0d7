import {join} from 'node:path';
import {namesIn} from '../../../system/files/names-in.js';
import {currentManifest} from '../files/check-files.js';
import {ifThere, readIfThere} from '../files/if-there.js';
import {readLogRows} from '../files/log-rows.js';
import {readTable, type WrittenRow} from '../files/table-rows.js';

const TABLE = /^\d+\.(ldb|sst)$/;
const LOG = /^\d+\.log$/;

/** What could be read of a database that LevelDB may not be able to open. */
export interface Salvage {
  /** What is wrong with its files. */
  readonly damage: readonly string[];
  /** The rows that are whole, each key once as it was written last, in the order of keys; views of files. */
  rows(): Generator<SalvagedRow>;
}

/** A row that is whole, or the key of one that was written and is whole nowhere. */
export interface SalvagedRow {
  readonly key: string;
  /** Undefined where every value that was found under the key is damaged. */
  readonly value: Buffer | undefined;
}

/** A sorted run of rows: a table, or a log in memory. */
interface Run {
  readonly name: string;
  readonly firstKey: string;
  rows(): Iterator<WrittenRow>;
}

/**
 * Reads all rows of a database from its files, past any damage, and never through LevelDB: its own repair looks at no checksum and brings
 * back what was removed. Where the MANIFEST cannot be read, all tables and logs count. At most one table of each level is in memory.
 * @param isWhole whether a value is what the store wrote under its key
 */
export function salvage(location: string, isWhole: (key: string, value: Buffer) => boolean): Salvage {
  const isOurs = ({key, value}: WrittenRow): boolean => value !== undefined && isWhole(key, value);
  const damage: string[] = [];
  const {tables, logs} = filesOf(location, damage);
  const runs: Run[] = [];
  for (const {name, size} of tables) {
    const run = tableRun(location, name, size, isOurs, damage);
    if (run) runs.push(run);
  }
  for (const name of logs) {
    const run = logRun(location, name, damage);
    if (run) runs.push(run);
  }
  return {damage, rows: () => newestRows(runs, isOurs)};
}

function filesOf(
  location: string,
  damage: string[],
): {tables: readonly {name: string; size: number | undefined}[]; logs: readonly string[]} {
  const names = ifThere(() => namesIn(location)) ?? [];
  const {manifest, damage: unread} = currentManifest(location);
  if (unread !== undefined) damage.push(unread);
  const logs = names.filter((name) => LOG.test(name));
  if (manifest === undefined) return {tables: names.filter((name) => TABLE.test(name)).map((name) => ({name, size: undefined})), logs};
  return {tables: manifest.tables, logs: logs.filter((name) => Number.parseInt(name, 10) >= manifest.firstLog)};
}

function tableRun(
  location: string,
  name: string,
  size: number | undefined,
  isOurs: (row: WrittenRow) => boolean,
  damage: string[],
): Run | undefined {
  const read = (): ReturnType<typeof readTable> | undefined => {
    const bytes = readIfThere(join(location, name));
    return bytes && readTable(size === undefined ? bytes : bytes.subarray(0, size), isOurs);
  };
  const reading = read();
  if (reading === undefined) damage.push(`${name} is missing`);
  else if (reading.damage !== undefined) damage.push(`${name}: ${reading.damage}`);
  for (const [first] of reading?.blocks ?? []) {
    if (first === undefined) continue;
    return {
      name,
      firstKey: first.key,
      *rows() {
        for (const block of read()?.blocks ?? []) yield* block;
      },
    };
  }
  return undefined;
}

function logRun(location: string, name: string, damage: string[]): Run | undefined {
  const reading = readLogRows(readIfThere(join(location, name)) ?? Buffer.alloc(0));
  if (reading.damage !== undefined) damage.push(`${name}: ${reading.damage}`);
  const rows = [...reading.rows].sort(compareRows);
  const [first] = rows;
  return first && {name, firstKey: first.key, rows: () => rows.values()};
}

/** By key, the newest first. Keys are ASCII. */
function compareRows(a: WrittenRow, b: WrittenRow): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : b.sequence - a.sequence;
}

/** Merges the runs. Of each key the newest write counts; where that is damaged, the newest that is not. */
function* newestRows(runs: readonly Run[], isOurs: (row: WrittenRow) => boolean): Generator<SalvagedRow> {
  let key: string | undefined;
  let state: 'new' | 'damaged' | 'settled' = 'settled';
  for (const row of mergedRows(runs)) {
    if (row.key !== key) {
      if (key !== undefined && state === 'damaged') yield {key, value: undefined};
      key = row.key;
      state = 'new';
    }
    if (state === 'settled') continue;
    if (row.value !== undefined && !isOurs(row)) {
      state = 'damaged';
      continue;
    }
    // It was removed before what is damaged was written.
    if (row.value !== undefined || state === 'damaged') yield {key: row.key, value: row.value};
    state = 'settled';
  }
  if (key !== undefined && state === 'damaged') yield {key, value: undefined};
}

interface OpenRun {
  row: WrittenRow;
  readonly rest: Iterator<WrittenRow>;
}

/** All rows of all runs in order. A run is opened where its first key comes, and only then. */
function* mergedRows(runs: readonly Run[]): Generator<WrittenRow> {
  const waiting = [...runs].sort((a, b) => (a.firstKey < b.firstKey ? 1 : -1));
  const heap: OpenRun[] = [];
  for (;;) {
    for (let next = waiting.at(-1); next && (heap[0] === undefined || next.firstKey <= heap[0].row.key); next = waiting.at(-1)) {
      waiting.pop();
      const rest = next.rows();
      const first = rest.next();
      if (!first.done) push(heap, {row: first.value, rest});
    }
    const [top] = heap;
    if (top === undefined) return;
    yield top.row;
    const next = top.rest.next();
    if (next.done) pop(heap);
    else {
      top.row = next.value;
      sink(heap, 0);
    }
  }
}

function push(heap: OpenRun[], run: OpenRun): void {
  heap.push(run);
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (!isBefore(heap, at, above)) return;
    swap(heap, at, above);
    at = above;
  }
}

function pop(heap: OpenRun[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  sink(heap, 0);
}

function sink(heap: OpenRun[], from: number): void {
  for (let at = from; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let least = at;
    if (left < heap.length && isBefore(heap, left, least)) least = left;
    if (right < heap.length && isBefore(heap, right, least)) least = right;
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function isBefore(heap: readonly OpenRun[], a: number, b: number): boolean {
  const [first, second] = [heap[a], heap[b]];
  return first !== undefined && second !== undefined && compareRows(first.row, second.row) < 0;
}

function swap(heap: OpenRun[], a: number, b: number): void {
  const [first, second] = [heap[a], heap[b]];
  if (first === undefined || second === undefined) return;
  [heap[a], heap[b]] = [second, first];
}
