import {statSync} from 'node:fs';
import {join} from 'node:path';
import {appendOwnFile, readOwnFile, replaceOwnFile} from '../files/own-file.js';
import {replaceFile} from '../files/replace-file.js';

const MOST_BYTES = 1024 * 1024;

/** What was recalled once. */
export interface RecallEntry {
  /** RFC 3339. */
  readonly at: string;
  /** The command that asked: `recall`, `hook`, `mcp`. */
  readonly by: string;
  readonly project: string;
  readonly query: string;
  readonly event_ids: readonly string[];
}

const pathOf = (home: string): string => join(home, 'recall.log');

/** Notes what was recalled, when and for whom, as JSON Lines in the home. A home that cannot be written fails no reader. */
export function noteRecall(home: string, entry: RecallEntry): void {
  try {
    const path = pathOf(home);
    if ((statSync(path, {throwIfNoEntry: false})?.size ?? 0) > MOST_BYTES) {
      const lines = (readOwnFile(path) ?? '').split('\n');
      replaceOwnFile(path, lines.slice(Math.floor(lines.length / 2)).join('\n'));
    }
    appendOwnFile(path, `${JSON.stringify(entry)}\n`);
  } catch {
    // What is recalled does not depend on it.
  }
}

/** Takes entries out, and lines that cannot be read; the file on disk has no other when it returns. @throws what node:fs throws */
export function filterRecalls(home: string, isKept: (entry: RecallEntry) => boolean): void {
  const lines = (readOwnFile(pathOf(home)) ?? '').split('\n').filter((line) => line !== '');
  const kept = lines.filter((line) => entriesIn(line).some(isKept));
  if (kept.length < lines.length) replaceFile(pathOf(home), kept.map((line) => `${line}\n`).join(''));
}

/** The newest entries, oldest first; a line that a kill cut short is left out. */
export function readRecalls(home: string, limit: number): readonly RecallEntry[] {
  return (readOwnFile(pathOf(home)) ?? '').split('\n').flatMap(entriesIn).slice(-limit);
}

function entriesIn(line: string): readonly RecallEntry[] {
  try {
    const entry: unknown = line === '' ? undefined : JSON.parse(line);
    return isRecallEntry(entry) ? [entry] : [];
  } catch {
    return [];
  }
}

function isRecallEntry(value: unknown): value is RecallEntry {
  if (typeof value !== 'object' || value === null || !('event_ids' in value) || !Array.isArray(value.event_ids)) return false;
  return (['at', 'by', 'project', 'query'] as const).every((key) => key in value && typeof Object(value)[key] === 'string');
}
