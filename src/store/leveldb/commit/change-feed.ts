import type {SessionKey} from '../../../domain/event/event.js';
import type {LocalDate, NodeId} from '../../../domain/toc/node-id.js';
import type {ChangeCursor, Changes} from '../../port/store.js';
import {COMMITS, commitKey, commitsBehind, sessionDayOfKey} from '../keys.js';
import type {Reader} from '../read/reader.js';
import {type ChangedNames, parseChangedNames, parseCommit} from '../records.js';
import type {OwnChange} from './changes.js';

/*
 * A cursor is the number of a commit and its token. A commit that was lost, or a store that was put back, may give a number a second
 * time, but never its token: who kept a cursor of what is gone is told `too-old`.
 */

/** The session-days and nodes that a commit changes, each once; undefined for none. */
export function changedNames(changes: readonly OwnChange[]): ChangedNames | undefined {
  const days = new Set<string>();
  const nodes = new Set<NodeId>();
  for (const change of changes) {
    switch (change.kind) {
      case 'session-day-add':
        days.add(change.sessionDay.date + change.sessionDay.sessionKey);
        break;
      case 'session-day-activity':
      case 'no-session-day':
      case 'mark-session-day':
      case 'unmark-session-day':
        days.add(change.date + change.sessionKey);
        break;
      case 'mark-node':
      case 'unmark-node':
      case 'no-node-version':
      case 'no-node':
        nodes.add(change.id);
        break;
      case 'node':
      case 'keep-node':
        nodes.add(change.node.id);
        break;
      case 'redo-node':
        nodes.add(change.pointer.id);
        break;
    }
  }
  return days.size + nodes.size === 0 ? undefined : {days: [...days], nodes: [...nodes]};
}

export function cursorOf(commit: number, token: string): ChangeCursor {
  return `${commit}.${token}` as ChangeCursor;
}

export async function readCursor(reader: Reader, lastCommit: number): Promise<ChangeCursor> {
  const key = commitKey(lastCommit);
  const bytes = await reader.get(key);
  return cursorOf(lastCommit, (bytes && parseCommit(key, bytes).token) ?? '');
}

export async function readChangesSince(reader: Reader, cursor: ChangeCursor, lastCommit: number): Promise<Changes | 'too-old'> {
  const [, number = '', token] = /^(\d{1,12})\.([\w-]*)$/.exec(cursor) ?? [];
  const since = Number(number);
  if (number === '' || since > lastCommit || !(await isKnown(reader, since, token))) return 'too-old';
  const records = await reader.list(commitsBehind('c', since, lastCommit), parseCommit);
  if (records.some((record) => record.token === undefined)) return 'too-old';
  const days = new Set<string>();
  const nodes = new Set<NodeId>();
  for (const names of await reader.list(commitsBehind('g', since, lastCommit), parseChangedNames)) {
    for (const day of names.days) days.add(day);
    for (const id of names.nodes) nodes.add(id);
  }
  const sessionDays = [...days].map((day): {date: LocalDate; sessionKey: SessionKey} => sessionDayOfKey(`d${day}`));
  return {sessionDays, nodes: [...nodes], cursor: await readCursor(reader, lastCommit)};
}

/** Whether the commit that a cursor names is part of this store's history, and all behind it are still recorded. */
async function isKnown(reader: Reader, commit: number, token: string | undefined): Promise<boolean> {
  if (commit > 0) {
    const key = commitKey(commit);
    const bytes = await reader.get(key);
    return bytes !== undefined && token !== '' && parseCommit(key, bytes).token === token;
  }
  // Of the empty store: everything is new, as long as the first commit is recorded.
  const [first = 1] = await reader.list(COMMITS, (key) => Number(key.slice(1)), {limit: 1});
  return first === 1;
}
