import {statSync} from 'node:fs';
import {join} from 'node:path';
import {Fields} from '../domain/stored/fields.js';
import {appendOwnFile, readOwnFile, replaceOwnFile} from './own-file.js';

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

/** The newest entries, oldest first; a line that a kill cut short is left out. */
export function readRecalls(home: string, limit: number): readonly RecallEntry[] {
  const entries = (readOwnFile(pathOf(home)) ?? '').split('\n').flatMap((line) => parseEntry(line) ?? []);
  return entries.slice(-limit);
}

function parseEntry(line: string): RecallEntry | undefined {
  try {
    const fields = new Fields('recall.log', JSON.parse(line));
    const [at, by, project, query] = ['at', 'by', 'project', 'query'].map((name) => fields.text(name));
    return {at: at ?? '', by: by ?? '', project: project ?? '', query: query ?? '', event_ids: fields.texts('event_ids')};
  } catch {
    return undefined;
  }
}
