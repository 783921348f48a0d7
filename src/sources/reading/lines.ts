import {createHash} from 'node:crypto';
import type {Stats} from 'node:fs';
import {constants, type FileHandle, open} from 'node:fs/promises';
import type {JsonValue} from '../../domain/event/event.js';
import {exactJson} from '../../domain/event/json/exact-json.js';
import {hasExactNumber} from '../../domain/event/json/exact-number.js';
import {LineSplitter} from '../../domain/event/parse/line-splitter.js';
import {errnoOf} from '../../errors.js';
import type {FileStamp, ReadCall, SourceCursor, SourceEvent, SourceFile, SourceItem} from '../source.js';
import {asKept, asObject, asText, type Fields, keepDigits, parseKept} from './fields.js';
import {unreadable} from './unreadable.js';

const BLOCK_BYTES = 1024 * 1024;
const CURSOR_BYTES = 1024 * 1024;
const HASHED_BYTES = 4 * 1024;
const HEAD_BYTES = 1024;
/** Records of 20 MB were seen. A line beyond this counts as broken; its first 64 KiB are still shown to `skips`. */
export const LINE_LIMIT = 64 * 1024 * 1024;
const {O_RDONLY, O_NONBLOCK} = constants;

/** What an adapter makes of the lines of one file, one after the other. */
export interface LineMapper {
  /** Whether a line says nothing, known by its first KiB: it is not parsed. */
  skips?(head: string): boolean;
  /** Whether the record may hold numbers that a tool was given: they keep their digits. To look for them in the line takes time. */
  hasInput?(record: Fields): boolean;
  /** What the record says for certain. @param line counted from 1 at the file's beginning; blank and broken lines count */
  take(record: Fields, line: number): readonly SourceEvent[];
  /** What was held back. It is called once, at the end of a file that rests. */
  finish(): readonly SourceEvent[];
  /**
   * What the lines behind this one have to know of those before; undefined while something is held back that a later reading must read
   * again. Asked after each line, so it must cost nothing; what it returned must not change any more.
   */
  state(): JsonValue | undefined;
  /**
   * Asked after a line was taken, where `state` is undefined: what it was before this line, if all that is held back came with this line. So of a long row of
   * lines that wait for each other only the last is read again.
   */
  stateBefore?(): JsonValue | undefined;
}

/** A place between two lines at which nothing is held back. */
interface Place {
  readonly offset: number;
  readonly line: number;
  readonly state: JsonValue | undefined;
}

const BEGINNING: Place = {offset: 0, line: 0, state: undefined};

/**
 * Reads JSON Lines from the cursor on; all of them where what stood before it is no longer the same. Memory is that of a block and the
 * longest line. A last line without a line feed waits, but is taken once the file rests, if it is whole.
 * @param openMapper makes the mapper, given the state that it left; undefined at the file's beginning
 */
export async function* readLines(
  file: SourceFile,
  {cursor, isAtRest}: ReadCall,
  openMapper: (state: JsonValue | undefined) => LineMapper,
): AsyncGenerator<SourceItem> {
  const handle = await openFile(file.path);
  if (handle === undefined) return;
  try {
    const stamp = stampOf(await handle.stat());
    const start = await startOf(handle, stamp, cursor);
    const mapper = openMapper(start.state);
    const lines = new LineSplitter(LINE_LIMIT);
    let line = start.line;
    let offset = start.offset;
    let safe = start;
    let nextCursorAt = start.offset + CURSOR_BYTES;
    const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, Math.max(stamp.size - start.offset, 1)));
    for (let at = start.offset; at < stamp.size; ) {
      // Not beyond the size at the opening: the stamp stands for what was read.
      const {bytesRead} = await handle.read(block, 0, Math.min(block.length, stamp.size - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
      lines.push(block.subarray(0, bytesRead));
      for (let next = lines.next(); next !== undefined; next = lines.next()) {
        line++;
        offset += next.size + 1;
        const record = parseLineOf(next.bytes, next.size, mapper);
        if (record === 'broken') yield {kind: 'broken'};
        else if (record !== undefined) for (const event of mapper.take(record, line)) yield {kind: 'event', event};
        const state = mapper.state();
        if (state !== undefined) safe = {offset, line, state};
        else if (record !== undefined && record !== 'broken') {
          const before = mapper.stateBefore?.();
          if (before !== undefined) safe = {offset: offset - next.size - 1, line: line - 1, state: before};
        }
        if (safe.offset >= nextCursorAt) {
          yield {kind: 'cursor', cursor: await cursorAt(handle, {...stamp, size: safe.offset}, safe)};
          nextCursorAt = safe.offset + CURSOR_BYTES;
        }
      }
    }
    if (isAtRest) {
      const last = lines.end();
      const record = last === undefined ? undefined : parseLineOf(last.bytes, last.size, mapper);
      // The cursor stays before it: should it go on after all, it is read again.
      if (record !== undefined && record !== 'broken') for (const event of mapper.take(record, line + 1)) yield {kind: 'event', event};
      for (const event of mapper.finish()) yield {kind: 'event', event};
      const state = mapper.state();
      if (last === undefined && state !== undefined) safe = {offset, line, state};
    }
    yield {kind: 'cursor', cursor: await cursorAt(handle, stamp, safe)};
  } catch (error) {
    throw unreadable(error, file.path);
  } finally {
    await handle.close();
  }
}

/** The stamp of a file that a stat describes. */
export function stampOf({dev, ino, size, mtimeMs}: Stats): FileStamp {
  return {device: dev, inode: ino, size, mtimeMs};
}

/** Undefined where the file is gone: agents rename, compress and delete their files between a look into the folder and this. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    // Without waiting for a writer, should the path be a pipe by now.
    return await open(path, O_RDONLY | O_NONBLOCK);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    throw unreadable(error, path);
  }
}

/** The record of a line; undefined for a blank one and one that says nothing. */
export function parseLineOf(bytes: Buffer, size: number, mapper: LineMapper): Fields | 'broken' | undefined {
  if (mapper.skips?.(bytes.toString('latin1', 0, HEAD_BYTES)) === true) return undefined;
  if (size > LINE_LIMIT) return 'broken';
  const json = bytes.toString('utf8');
  try {
    const record = asObject(JSON.parse(json));
    if (record === undefined) return 'broken';
    return mapper.hasInput?.(record) === true ? (asObject(keepDigits(json, record)) ?? record) : record;
  } catch {
    return json.trim() === '' ? undefined : 'broken';
  }
}

async function startOf(handle: FileHandle, stamp: FileStamp, cursor: SourceCursor | undefined): Promise<Place> {
  if (cursor === undefined || cursor.offset === 0) return BEGINNING;
  if (cursor.stamp.device !== stamp.device || cursor.stamp.inode !== stamp.inode || cursor.offset > stamp.size) return BEGINNING;
  if ((await hashBefore(handle, cursor.offset)) !== cursor.before) return BEGINNING;
  const kept = asObject(cursor.state);
  const line = kept?.['line'];
  if (typeof line !== 'number') return BEGINNING;
  const exact = asText(kept?.['exact']);
  const state = exact === undefined ? kept?.['mapper'] : parseKept(exact);
  return {offset: cursor.offset, line, state: asKept<JsonValue>(state) ?? null};
}

async function cursorAt(handle: FileHandle, stamp: FileStamp, {offset, line, state}: Place): Promise<SourceCursor> {
  const before = await hashBefore(handle, offset);
  // The store keeps a cursor as plain JSON, which has no room for such digits.
  const isExact = state !== undefined && hasExactNumber(state);
  return {stamp, offset, before, state: isExact ? {line, exact: exactJson(state)} : {line, mapper: state ?? null}};
}

async function hashBefore(handle: FileHandle, offset: number): Promise<string> {
  const bytes = Buffer.alloc(Math.min(offset, HASHED_BYTES));
  await handle.read(bytes, 0, bytes.length, offset - bytes.length);
  return createHash('sha256').update(bytes).digest('hex');
}
