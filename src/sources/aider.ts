import {createReadStream} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import type {EpochMs} from '../domain/event/event.js';
import {instant} from '../domain/time/instant.js';
import {errnoOf} from '../errors.js';
import {hashId} from './reading/fields.js';
import {sourceFileAt} from './reading/files-below.js';
import {unreadable} from './reading/unreadable.js';
import {readWhole} from './reading/whole-files.js';
import type {ReadCall, Source, SourceEvent, SourceFile, SourceItem, SourcePlaces} from './source.js';

const NAME = '.aider.chat.history.md';
const START = /^# aider chat started at (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\s*$/;
const PROMPT = '#### ';
const NOTE = '> ';

/**
 * aider: a history in Markdown in each repository, of which only the sessions' beginnings have a time. There is no list of repositories: of
 * those that are not named only the one in the account's home is found.
 */
export const aider: Source = {
  agent: 'aider',
  holds: 'no-times',

  async find({env, accountHome}: SourcePlaces): Promise<readonly SourceFile[]> {
    const paths = new Set([env['AIDER_CHAT_HISTORY_FILE'] || join(accountHome, NAME), join(accountHome, NAME)]);
    return [...paths].flatMap((path) => sourceFileAt(path) ?? []);
  },

  read(file: SourceFile, call: ReadCall): AsyncGenerator<SourceItem> {
    return readWhole(file, call, () => eventsIn(file.path, call.isAtRest));
  },

  recognizes(start: Buffer, path: string): boolean {
    if (path.endsWith('.md') || basename(path) === NAME)
      return start
        .toString('utf8', 0, 4096)
        .split('\n')
        .some((line) => START.test(line));
    return false;
  },
};

type Kind = 'user' | 'assistant' | 'tool';

async function* eventsIn(path: string, isAtRest: boolean): AsyncGenerator<SourceEvent> {
  const blocks = new Blocks(dirname(path));
  const bytes = createReadStream(path);
  try {
    for await (const line of createInterface({input: bytes, crlfDelay: Number.POSITIVE_INFINITY})) yield* blocks.take(line);
    // The last block may go on.
    if (isAtRest) yield* blocks.finish();
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw unreadable(error, path);
  } finally {
    bytes.destroy();
  }
}

/** Puts lines together to what one said. */
class Blocks {
  readonly #cwd: string;
  #session = '';
  #startedAt: EpochMs | undefined;
  #count = 0;
  #seq = 0;
  #kind: Kind | undefined;
  #lines: string[] = [];
  #isFenced = false;

  constructor(cwd: string) {
    this.#cwd = cwd;
    this.#begin('', undefined);
  }

  take(line: string): readonly SourceEvent[] {
    const start = this.#isFenced ? null : START.exec(line);
    if (start !== null) {
      const events = this.finish();
      const [year, month, day, hour, minute, second] = start.slice(1).map(Number);
      const time = instant(new Date(year ?? 0, (month ?? 1) - 1, day, hour, minute, second).getTime());
      this.#begin(start[0].trim(), time);
      return events;
    }
    const kind = this.#kindOf(line);
    if (/^(```|~~~)/.test(line) && kind === 'assistant') this.#isFenced = !this.#isFenced;
    if (line.trim() === '' && this.#kind !== 'assistant') return this.finish();
    const events = kind === this.#kind || this.#kind === undefined ? [] : this.finish();
    this.#kind = kind;
    this.#lines.push(kind === 'user' ? line.slice(PROMPT.length) : kind === 'tool' ? line.slice(NOTE.length) : line);
    return events;
  }

  finish(): readonly SourceEvent[] {
    const text = this.#lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trim();
    const kind = this.#kind ?? 'assistant';
    this.#lines = [];
    this.#kind = undefined;
    this.#isFenced = false;
    if (text === '') return [];
    const type = ({user: 'user_message', assistant: 'assistant_message', tool: 'tool_result'} as const)[kind];
    const eventId = hashId(this.#session, kind, ++this.#count);
    const common = {sessionId: this.#session, eventId, time: this.#startedAt, isTimeGuessed: true, seq: ++this.#seq, cwd: this.#cwd};
    return [{...common, type, role: kind, text, gitBranch: undefined, metadata: {}}];
  }

  #kindOf(line: string): Kind {
    if (this.#isFenced) return 'assistant';
    if (line.startsWith(PROMPT)) return 'user';
    return line.startsWith(NOTE) ? 'tool' : 'assistant';
  }

  #begin(start: string, time: EpochMs | undefined): void {
    this.#session = `aider-${hashId(this.#cwd, start).slice(0, 16)}`;
    this.#startedAt = time;
    this.#count = 0;
  }
}
