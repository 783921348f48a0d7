import {statSync} from 'node:fs';
import {asObject, asText, type Fields, parseKept} from '../reading/fields.js';
import {sourceFileAt} from '../reading/files-below.js';
import type {FileStamp, ReadCall, SourceFile, SourceItem} from '../source.js';
import {jsonRows} from '../sqlite/json-rows.js';
import {eventOf, isFinal, type PartRow} from './parts.js';

/** Rows are written within the same ms, and by several processes whose clocks are the same but whose commits are not in their order. */
const OVERLAP_MS = 60_000;

/** A database's file as it and its log are: while the log grows, the file itself stays as it was. */
export function databaseAt(path: string): SourceFile | undefined {
  const file = sourceFileAt(path);
  const log = statSync(`${path}-wal`, {throwIfNoEntry: false});
  if (file === undefined || log === undefined) return file;
  const {device, inode, size, mtimeMs} = file.stamp;
  return {path, stamp: {device, inode, size: size + log.size, mtimeMs: Math.max(mtimeMs, log.mtimeMs)}};
}

/** What the parts of a database say that changed since the cursor. */
export async function* readDatabase(given: SourceFile, {cursor, isAtRest}: ReadCall): AsyncGenerator<SourceItem> {
  const file = databaseAt(given.path);
  if (file === undefined) return;
  const kept = asObject(cursor?.state);
  if (cursor !== undefined && isSame(file.stamp, cursor.stamp) && (!isAtRest || kept?.['isAtRest'] === true)) {
    yield {kind: 'cursor', cursor};
    return;
  }
  const wasThis = cursor?.stamp.inode === file.stamp.inode && cursor.stamp.device === file.stamp.device;
  const since = wasThis && typeof kept?.['since'] === 'number' ? kept['since'] : 0;
  let newest = since;
  let held = Number.POSITIVE_INFINITY;
  for await (const row of jsonRows(file.path, await queryOf(file.path, since))) {
    const part = partOf(row);
    const changed = Number(row['changed']);
    if (changed > newest) newest = changed;
    if (!isAtRest && !isFinal(part)) held = Math.min(held, changed);
    else {
      const event = eventOf(part);
      if (event !== undefined) yield {kind: 'event', event};
    }
  }
  const next = Math.max(0, Math.min(newest, held) - OVERLAP_MS);
  yield {kind: 'cursor', cursor: {stamp: file.stamp, offset: file.stamp.size, before: '', state: {since: next, isAtRest}}};
}

function isSame(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.inode === b.inode && a.device === b.device;
}

/** Parts in the order of their ids, which is that of time, by the index of the table: nothing is sorted. */
async function queryOf(path: string, since: number): Promise<string> {
  const parts = await columnsOf(path, 'part');
  const sessions = await columnsOf(path, 'session');
  const messages = await columnsOf(path, 'message');
  const changes = ['p', 'm'].flatMap((table) =>
    ((table === 'p' ? parts : messages).has('time_updated') ? [`${table}.time_updated`] : []).map((name) => `CAST(${name} AS INTEGER)`),
  );
  const changed = changes.length === 2 ? `max(${changes.join(', ')})` : (changes[0] ?? '0');
  const parent = sessions.has('parent_id') ? 's.parent_id' : 'NULL';
  return [
    `SELECT json_object('id', p.id, 'seq', p.rowid, 'session', m.session_id, 'parent', ${parent}, 'cwd', s.directory,`,
    `'message', m.data, 'created', m.time_created, 'part', p.data, 'changed', ${changed})`,
    'FROM part p CROSS JOIN message m ON m.id = p.message_id LEFT JOIN session s ON s.id = m.session_id',
    changes.length > 0 ? `WHERE ${changed} > ${Math.floor(since)}` : '',
    'ORDER BY p.id',
  ].join(' ');
}

async function columnsOf(path: string, table: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const row of jsonRows(path, `SELECT json_object('name', name) FROM pragma_table_info('${table}')`))
    names.add(String(row['name']));
  return names;
}

function partOf(row: Fields): PartRow {
  return {
    id: String(row['id']),
    sessionId: String(row['session']),
    parentId: asText(row['parent']),
    cwd: asText(row['cwd']),
    seq: Number(row['seq']),
    message: jsonOf(row['message']),
    messageTime: row['created'],
    part: jsonOf(row['part']),
  };
}

function jsonOf(value: unknown): Fields {
  try {
    return asObject(parseKept(String(value))) ?? {};
  } catch {
    return {};
  }
}
