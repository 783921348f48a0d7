import {statSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf} from '../../../errors.js';
import {namesIn} from '../../../system/files/names-in.js';
import {readOwnFile, replaceOwnFile} from '../../../system/files/own-file.js';
import {ifThere} from './if-there.js';

/*
 * `db/checked`: which tables were looked at as they are now, so that an opening need not read them again. It can be removed at any time.
 */
const NAME = 'checked';
const TABLE = /^\d+\.ldb$/;
const LOG = /^\d+\.log$/;

/** What changes with a file whenever a program writes it; not when the disk loses a bit by itself, for which there is the scrub. */
type FileState = string;

/** The tables in a folder, and which of them were looked at since they were last written. */
export class CheckedTables {
  readonly #folder: string;
  readonly #noted: ReadonlyMap<string, FileState>;
  readonly #present: ReadonlySet<string>;
  readonly #checked = new Map<string, FileState>();
  /** The names of the logs that are there. */
  readonly logs: readonly string[];

  constructor(folder: string) {
    this.#folder = folder;
    this.#noted = readNoted(join(folder, NAME));
    const names = ifThere(() => namesIn(folder)) ?? [];
    this.#present = new Set(names.filter((name) => TABLE.test(name)));
    this.logs = names.filter((name) => LOG.test(name));
  }

  /** @param state as `stateOf` gave it before the table was read */
  add(name: string, state: FileState): void {
    this.#checked.set(name, state);
  }

  /** Whether it was looked at in this state. Then it counts as checked. */
  has(name: string, state: FileState): boolean {
    const isKnown = this.#noted.get(name) === state;
    if (isKnown) this.#checked.set(name, state);
    return isKnown;
  }

  /** Notes what was checked, and the tables that came while the database was open: LevelDB wrote them just now. Call it after closing. */
  note(): void {
    try {
      const now = new Map<string, FileState>();
      for (const name of namesIn(this.#folder)) {
        if (!TABLE.test(name)) continue;
        const state = this.#checked.get(name) ?? (this.#present.has(name) ? undefined : stateOf(join(this.#folder, name)));
        if (state !== undefined) now.set(name, state);
      }
      if (!isSame(now, this.#noted)) replaceOwnFile(join(this.#folder, NAME), textOf(now));
    } catch (error) {
      // Without the note the next opening reads the tables again.
      if (errnoOf(error) === undefined) throw error;
    }
  }
}

/** @throws what node:fs throws */
export function stateOf(path: string): FileState {
  const {size, mtimeMs, ctimeMs, ino} = statSync(path);
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

function isSame(a: ReadonlyMap<string, FileState>, b: ReadonlyMap<string, FileState>): boolean {
  return a.size === b.size && [...a].every(([name, state]) => b.get(name) === state);
}

function readNoted(path: string): ReadonlyMap<string, FileState> {
  const lines = (ifThere(() => readOwnFile(path)) ?? '').split('\n').slice(0, -1);
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}

function textOf(tables: ReadonlyMap<string, FileState>): string {
  return [...tables].map(([name, state]) => `${name} ${state}\n`).join('');
}
