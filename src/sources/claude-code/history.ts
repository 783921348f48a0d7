import {closeSync, openSync, readSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {EpochMs, JsonValue} from '../../domain/event/event.js';
import {instant} from '../../domain/time/instant.js';
import {asObject, asText, asTime, type Fields, hashId} from '../reading/fields.js';
import {filesBelow} from '../reading/files-below.js';
import type {LineMapper} from '../reading/lines.js';
import type {SourceEvent, SourceFile} from '../source.js';

const NONE: readonly SourceEvent[] = [];
const HEAD_BYTES = 64 * 1024;
/** A prompt is listed a moment before its session begins. */
const BEFORE_MS = 60_000;
/** A command of the agent's own, without a word of the user. */
const BARE_COMMAND = /^\/[\w:-]+\s*$/;
const PASTED = /\[Pasted text #(\d+)(?: \+\d+ lines)?\]/g;

/** The list of all prompts ever typed: those whose sessions are gone stand nowhere else. */
export class HistoryMapper implements LineMapper {
  readonly #sessions: Sessions;

  /** @param path of the list, beside which the projects lie */
  constructor(path: string) {
    this.#sessions = new Sessions(join(dirname(path), 'projects'));
  }

  take(record: Fields, line: number): readonly SourceEvent[] {
    const text = withPasted(asText(record['display']) ?? '', asObject(record['pastedContents']));
    const time = asTime(record['timestamp']);
    if (text.trim() === '' || BARE_COMMAND.test(text) || time === undefined) return NONE;
    const cwd = asText(record['project']);
    const known = asText(record['sessionId']);
    if (known === undefined ? this.#sessions.hasAny(cwd ?? '', time) : this.#sessions.has(known)) return NONE;
    return [
      {
        // Older lines do not name their session: what was typed in one folder on one day belongs together.
        sessionId: known ?? `history-${hashId(cwd, Math.floor(time / 86_400_000))}`,
        type: 'user_message',
        role: 'user',
        text,
        eventId: hashId('history', time, text),
        time,
        isTimeGuessed: false,
        seq: line,
        cwd,
        gitBranch: undefined,
        metadata: {},
        origin: 'history',
      },
    ];
  }

  finish(): readonly SourceEvent[] {
    return NONE;
  }

  state(): JsonValue {
    return null;
  }
}

function withPasted(display: string, pasted: Fields | undefined): string {
  if (pasted === undefined || !display.includes('[Pasted')) return display;
  return display.replace(PASTED, (mark, id: string) => asText(asObject(pasted[id])?.['content']) ?? mark);
}

/** The transcripts that there are. It looks once, when it is asked first. */
class Sessions {
  readonly #projects: string;
  #files: readonly SourceFile[] | undefined;
  #ids = new Set<string>();
  readonly #spans = new Map<string, readonly (readonly [EpochMs, number])[]>();

  constructor(projects: string) {
    this.#projects = projects;
  }

  has(sessionId: string): boolean {
    this.#look();
    return this.#ids.has(sessionId);
  }

  /** Whether a transcript of this folder was being written at this time. */
  hasAny(cwd: string, time: EpochMs): boolean {
    const folder = join(this.#projects, cwd.replace(/[^A-Za-z0-9-]/g, '-'));
    let spans = this.#spans.get(folder);
    if (spans === undefined) {
      spans = this.#look()
        .filter(({path}) => dirname(path) === folder)
        .map(({path, stamp}) => [firstTime(path), stamp.mtimeMs] as const);
      this.#spans.set(folder, spans);
    }
    return spans.some(([first, last]) => time >= first - BEFORE_MS && time <= last);
  }

  #look(): readonly SourceFile[] {
    if (this.#files === undefined) {
      this.#files = filesBelow(this.#projects, {depth: 1, wants: (name) => name.endsWith('.jsonl')});
      this.#ids = new Set(this.#files.map(({path}) => path.slice(path.lastIndexOf('/') + 1, -'.jsonl'.length)));
    }
    return this.#files;
  }
}

/** The time in the first lines of a transcript; the end of time where they have none. */
function firstTime(path: string): EpochMs {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const head = bytes.toString('utf8', 0, readSync(file, bytes, 0, HEAD_BYTES, 0));
    return asTime(/"timestamp":"([^"]+)"/.exec(head)?.[1]) ?? instant(Number.MAX_SAFE_INTEGER);
  } finally {
    closeSync(file);
  }
}
