import {closeSync, constants, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../domain/event/event.js';
import {HOUR_MS} from '../domain/time/durations.js';
import {instant} from '../domain/time/instant.js';
import {errnoOf, ioError} from '../errors.js';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import type {Bell, BellFacts, Bells} from './bells.js';

const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = constants;
/** `<agent>.<random>`, as the shim names it. Its time is the file's; one that names its seconds first is of an older shim. */
const RUNG = /^(?:(\d{9,11})\.)?([a-z0-9-]+)\.\w+$/;
/** A name that the shim had not given yet. */
const TEMPORARY = /^\.bell\.([a-z0-9-]+)\.\w+$/;
/** So many bells are asked for their times to tell the oldest: every command pays for it. */
const MOST_ASKED = 500;
const DEAD_AFTER_MS = HOUR_MS;
/** The words of one message are far below it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Opens nothing before it is used. @param home the folder that holds `inbox/` */
export function openBells(home: string): Bells {
  return new BellFolder(join(home, 'inbox', 'raw'));
}

class BellFolder implements Bells {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  list(now: EpochMs): readonly Bell[] {
    return this.#names()
      .flatMap((name): Bell[] => this.#rung(name) ?? this.#left(name, now))
      .sort((a, b) => a.rungAt - b.rungAt || (a.name < b.name ? -1 : 1));
  }

  read({name}: Bell): Buffer | undefined {
    const path = join(this.#folder, name);
    let file: number | undefined;
    try {
      file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      const bytes = Buffer.alloc(Math.min(fstatSync(file).size, MAX_BYTES));
      let length = 0;
      for (let read = -1; read !== 0 && length < bytes.length; length += read)
        read = readSync(file, bytes, length, bytes.length - length, null);
      return bytes.subarray(0, length);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw ioError(error, path);
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  remove(bells: readonly Bell[]): void {
    for (const {name} of bells) {
      try {
        removeFile(join(this.#folder, name));
      } catch (error) {
        throw ioError(error, join(this.#folder, name));
      }
    }
  }

  facts(): BellFacts {
    const names = this.#names().filter((name) => RUNG.test(name));
    const bells = names.slice(0, MOST_ASKED).flatMap((name) => this.#rung(name) ?? []);
    const byAgent = new Map<string, {readonly oldestAt: EpochMs; readonly newestAt: EpochMs}>();
    for (const {agent, rungAt} of bells) {
      const {oldestAt, newestAt} = byAgent.get(agent) ?? {oldestAt: rungAt, newestAt: rungAt};
      byAgent.set(agent, {oldestAt: instant(Math.min(oldestAt, rungAt)), newestAt: instant(Math.max(newestAt, rungAt))});
    }
    const times = bells.map(({rungAt}) => rungAt);
    return {count: names.length, oldestAt: times.length === 0 ? undefined : instant(Math.min(...times)), byAgent};
  }

  #names(): readonly string[] {
    try {
      return namesIn(this.#folder);
    } catch (error) {
      throw ioError(error, this.#folder);
    }
  }

  /** @returns undefined for a name that is no bell's; nothing where it went in the meantime */
  #rung(name: string): Bell[] | undefined {
    const [, seconds, agent] = RUNG.exec(name) ?? [];
    if (agent === undefined) return undefined;
    const rungAt = seconds === undefined ? this.#changedAt(name) : instant(Number(seconds) * 1000);
    return rungAt === undefined ? [] : [{name, agent, rungAt}];
  }

  /** To the second: what the agent wrote while the shim ran is not what it had finished. */
  #changedAt(name: string): EpochMs | undefined {
    const changedAt = statSync(join(this.#folder, name), {throwIfNoEntry: false})?.mtimeMs;
    return changedAt === undefined ? undefined : instant(Math.floor(changedAt / 1000) * 1000);
  }

  /** A shim was killed before it had named what it kept. */
  #left(name: string, now: EpochMs): Bell[] {
    const agent = TEMPORARY.exec(name)?.[1];
    const changedAt = agent === undefined ? undefined : this.#changedAt(name);
    if (agent === undefined || changedAt === undefined || now - changedAt < DEAD_AFTER_MS) return [];
    return [{name, agent, rungAt: changedAt}];
  }
}
