import {readFileSync, statSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {errnoOf} from '../../errors.js';
import {asObject, asText, type Fields, parseKept} from '../reading/fields.js';
import {filesBelow, sourceFileAt} from '../reading/files-below.js';
import {unreadable} from '../reading/unreadable.js';
import type {SourceEvent, SourceFile} from '../source.js';
import {eventOf, isFinal} from './parts.js';

const wants = (name: string) => name.endsWith('.json');

/** The sessions of the folder tree that was before the database. A session's file changes least: its messages' folder counts, too. */
export function sessionsBelow(storage: string): readonly SourceFile[] {
  return filesBelow(join(storage, 'session'), {depth: 1, wants}).map((file) => sessionAt(file.path) ?? file);
}

export function sessionAt(path: string): SourceFile | undefined {
  const file = sourceFileAt(path);
  const messages = statSync(join(storageOf(path), 'message', basename(path, '.json')), {throwIfNoEntry: false});
  if (file === undefined || messages === undefined) return file;
  return {path, stamp: {...file.stamp, mtimeMs: Math.max(file.stamp.mtimeMs, messages.mtimeMs)}};
}

/** What all parts of a session say. Ids of records are the same in the database: what was moved there gives the same events. */
export async function* readSession(path: string, isAtRest: boolean): AsyncGenerator<SourceEvent | 'broken'> {
  const storage = storageOf(path);
  const session = objectAt(path);
  if (session === 'gone') return;
  if (session === undefined) yield 'broken';
  const sessionId = asText(session?.['id']) ?? basename(path, '.json');
  const parentId = asText(session?.['parentID']);
  const cwd = asText(session?.['directory']);
  let seq = 0;
  for (const messageFile of inOrder(join(storage, 'message', sessionId))) {
    const message = objectAt(messageFile.path);
    if (message === undefined) yield 'broken';
    if (message === undefined || message === 'gone') continue;
    for (const partFile of inOrder(join(storage, 'part', asText(message['id']) ?? basename(messageFile.path, '.json')))) {
      const part = objectAt(partFile.path);
      if (part === undefined) yield 'broken';
      if (part === undefined || part === 'gone') continue;
      const id = asText(part['id']) ?? basename(partFile.path, '.json');
      const row = {id, sessionId, parentId, cwd, seq: ++seq, message, messageTime: undefined, part};
      const event = isAtRest || isFinal(row) ? eventOf(row) : undefined;
      if (event !== undefined) yield event;
    }
  }
}

function storageOf(path: string): string {
  return dirname(dirname(dirname(path)));
}

/** Names begin with the time. */
function inOrder(folder: string): readonly SourceFile[] {
  return [...filesBelow(folder, {depth: 0, wants})].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Undefined for what is not JSON. */
function objectAt(path: string): Fields | 'gone' | undefined {
  try {
    return asObject(parseKept(readFileSync(path, 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'gone';
    if (error instanceof SyntaxError) return undefined;
    throw unreadable(error, path);
  }
}
