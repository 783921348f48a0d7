import {LineSplitter} from '../../domain/event/parse/line-splitter.js';
import type {FileStamp, ReadCall, SourceCursor, SourceEvent, SourceFile, SourceItem} from '../source.js';
import {asObject} from './fields.js';
import {sourceFileAt} from './files-below.js';
import {LINE_LIMIT, type LineMapper, parseLineOf} from './lines.js';

/** The cursor behind all of a file that is only ever read as a whole. */
function wholeCursor(stamp: FileStamp, isAtRest: boolean): SourceCursor {
  return {stamp, offset: stamp.size, before: '', state: {isAtRest}};
}

/** Whether a file that is only ever read as a whole says nothing that was not read. */
function isReadWhole({stamp}: SourceFile, {cursor, isAtRest}: ReadCall): boolean {
  if (cursor === undefined || (isAtRest && asObject(cursor.state)?.['isAtRest'] !== true)) return false;
  const {device, inode, size, mtimeMs} = cursor.stamp;
  return stamp.device === device && stamp.inode === inode && stamp.size === size && stamp.mtimeMs === mtimeMs;
}

/**
 * Reads a file of which no part can be read alone, again whenever it changed.
 * @param read gives its events; none where the file is gone
 * @param look finds the file as it is now
 */
export async function* readWhole(
  file: SourceFile,
  call: ReadCall,
  read: () => AsyncIterable<SourceEvent | 'broken'>,
  look: () => SourceFile | undefined = () => sourceFileAt(file.path),
): AsyncGenerator<SourceItem> {
  const now = look();
  if (now === undefined) return;
  if (!isReadWhole(now, call)) {
    for await (const event of read()) yield event === 'broken' ? {kind: 'broken'} : {kind: 'event', event};
  }
  yield {kind: 'cursor', cursor: wholeCursor(now.stamp, call.isAtRest || asObject(call.cursor?.state)?.['isAtRest'] === true)};
}

/** The lines of a stream of JSON Lines, as `readLines` gives those of a file. */
export async function* mapLines(blocks: AsyncIterable<Uint8Array>, mapper: LineMapper): AsyncGenerator<SourceEvent | 'broken'> {
  const lines = new LineSplitter(LINE_LIMIT);
  let line = 0;
  for await (const block of blocks) {
    lines.push(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
    for (let next = lines.next(); next !== undefined; next = lines.next()) yield* taken(next.bytes, next.size, ++line, mapper);
  }
  const last = lines.end();
  if (last !== undefined) yield* taken(last.bytes, last.size, ++line, mapper);
  yield* mapper.finish();
}

function taken(bytes: Buffer, size: number, line: number, mapper: LineMapper): readonly (SourceEvent | 'broken')[] {
  const record = parseLineOf(bytes, size, mapper);
  if (record === undefined) return [];
  return record === 'broken' ? [record] : mapper.take(record, line);
}
