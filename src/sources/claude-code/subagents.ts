import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {basename, dirname, join, sep} from 'node:path';
import {errnoOf} from '../../errors.js';
import {asList, asObject, asText} from '../reading/fields.js';
import {unreadable} from '../reading/unreadable.js';

/** How much of the end of a subagent's file is looked at for its last message. */
const TAIL_BYTES = 2 * 1024 * 1024;
const SAFE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** The files of a session beside its transcript. */
export class SessionFolder {
  /** The folder of the project. */
  readonly #project: string;
  readonly sessionId: string;
  readonly #known = new Map<string, boolean>();

  /** @param path a transcript: of a session, or of a subagent below the session's folder */
  constructor(path: string) {
    const parts = path.split(sep);
    const at = parts.lastIndexOf('subagents');
    this.#project = at > 1 ? parts.slice(0, at - 1).join(sep) : dirname(path);
    this.sessionId = at > 1 ? (parts[at - 1] ?? '') : basename(path).replace(/\.jsonl$/, '');
  }

  /** Where the agent puts results of tools that are too long for a line. */
  resultsOf(sessionId: string): string {
    return join(this.#project, sessionId, 'tool-results');
  }

  hasSubagent(sessionId: string, agentId: string): boolean {
    const key = `${sessionId}/${agentId}`;
    const known = this.#known.get(key) ?? this.#pathOf(sessionId, agentId) !== undefined;
    this.#known.set(key, known);
    return known;
  }

  /** Whether a subagent's own file has this text as one of its last messages. */
  hasSaid(sessionId: string, agentId: string, text: string): boolean {
    const path = this.#pathOf(sessionId, agentId);
    return path !== undefined && lastTexts(path).has(text.trim());
  }

  #pathOf(sessionId: string, agentId: string): string | undefined {
    if (!SAFE_ID.test(sessionId) || !SAFE_ID.test(agentId)) return undefined;
    const name = `agent-${agentId}.jsonl`;
    // Up to 2.0 they lay in the project's folder.
    return [join(this.#project, sessionId, 'subagents', name), join(this.#project, name)].find(
      (path) => statSync(path, {throwIfNoEntry: false})?.isFile() === true,
    );
  }
}

function lastTexts(path: string): Set<string> {
  const texts = new Set<string>();
  for (const line of readTail(path).split('\n')) {
    if (!line.includes('"assistant"')) continue;
    for (const block of blocksOf(line)) {
      const text = asText(asObject(block)?.['text']);
      if (text !== undefined) texts.add(text.trim());
    }
  }
  return texts;
}

/** The first line may be cut: it is no JSON then. */
function blocksOf(line: string): readonly unknown[] {
  try {
    return asList(asObject(asObject(JSON.parse(line))?.['message'])?.['content']);
  } catch {
    return [];
  }
}

function readTail(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const {size} = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, size - bytes.length));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    throw unreadable(error, path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
