import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {constants, gunzipSync} from 'node:zlib';
import {Bytes} from '../../../src/store/leveldb/files/bytes.js';
import {unsnap} from '../../../src/store/leveldb/files/snappy.js';

/** The files of a home that hold one of some texts, compressed ones opened; each with the text. */
export function findInHome(home: string, texts: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(home, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const raw = readFileSync(path);
    const all = [raw, ...opened(path, raw)];
    for (const text of texts) if (all.some((bytes) => bytes.includes(text))) found.push(`${path.slice(home.length + 1)}: ${text}`);
  }
  return found;
}

function opened(path: string, raw: Buffer): readonly Buffer[] {
  // A torn end is no reason not to look at what is before it.
  if (/\.gz(?:\.part|\.in)?$/.test(path)) return raw.length === 0 ? [] : [gunzipSync(raw, {finishFlush: constants.Z_SYNC_FLUSH})];
  return path.endsWith('.ldb') ? blocksOf(raw) : [];
}

/** The blocks of a table of LevelDB, unpacked (its doc/table_format.md). */
function blocksOf(table: Buffer): readonly Buffer[] {
  const footer = new Bytes(table, table.length - 48);
  for (const _ of [1, 2]) footer.varint();
  return handlesIn(unpacked(table, {at: footer.varint(), size: footer.varint()})).map((block) => unpacked(table, block));
}

interface Handle {
  readonly at: number;
  readonly size: number;
}

function unpacked(table: Buffer, {at, size}: Handle): Buffer {
  const block = table.subarray(at, at + size);
  return table[at + size] === 0 ? block : unsnap(block);
}

function handlesIn(index: Buffer): readonly Handle[] {
  const entries = new Bytes(index, 0, index.length - 4 * (index.readUInt32LE(index.length - 4) + 1));
  const handles: Handle[] = [];
  while (!entries.isAtEnd) {
    entries.varint();
    const keyBytes = entries.varint();
    entries.varint();
    entries.advance(keyBytes);
    handles.push({at: entries.varint(), size: entries.varint()});
  }
  return handles;
}
