import {renameSync, rmdirSync, statSync, unlinkSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../domain/event/event.js';
import {timeOfUlid} from '../domain/event/identity/crockford.js';
import {DAY_MS} from '../domain/time/durations.js';
import {errnoOf} from '../errors.js';
import {makeFolders} from '../system/make-folders.js';
import {namesIn} from '../system/names-in.js';
import type {PruneResult} from './inbox.js';

const MONTH = /^\d{4}-\d\d$/;

/** Keeps drained files for a while, by month: a damaged store can be made again from them. */
export class DoneFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Moves files here. A crash in between is harmless: a file that stayed behind is drained again, and its events are recognized by id. */
  take(from: string, names: readonly string[], now: EpochMs): void {
    if (names.length === 0) return;
    const month = join(this.#folder, new Date(now).toISOString().slice(0, 7));
    makeFolders(month);
    for (const name of names) {
      try {
        renameSync(join(from, name), join(month, name));
        // Without this, a file that had waited for long would be pruned at once.
        if (now - timeOfUlid(name) > DAY_MS) utimesSync(join(month, name), now / 1000, now / 1000);
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
      }
    }
  }

  facts(): {doneFiles: number; doneBytes: number} {
    const files = this.#files();
    return {doneFiles: files.length, doneBytes: files.reduce((sum, file) => sum + file.bytes, 0)};
  }

  /** Those that hold files. */
  folders(): readonly string[] {
    return this.#months().map((month) => join(this.#folder, month));
  }

  /** The files of the last month, newest first. */
  newest(limit: number): readonly string[] {
    const month = [...this.#months()].sort().at(-1);
    if (month === undefined) return [];
    const names = namesIn(join(this.#folder, month)).filter((name) => name.endsWith('.ev'));
    return [...names]
      .sort()
      .slice(-limit)
      .map((name) => join(this.#folder, month, name));
  }

  prune(now: EpochMs, days: number, dryRun: boolean): PruneResult {
    const old = this.#files().filter((file) => now - file.at > days * DAY_MS);
    if (!dryRun) {
      for (const file of old) unlinkSync(file.path);
      this.#removeEmptyMonths(new Date(now).toISOString().slice(0, 7));
    }
    return {files: old.length, bytes: old.reduce((sum, file) => sum + file.bytes, 0)};
  }

  #months(): readonly string[] {
    return namesIn(this.#folder).filter((name) => MONTH.test(name));
  }

  #files(): readonly {path: string; bytes: number; at: number}[] {
    return this.#months().flatMap((month) =>
      namesIn(join(this.#folder, month))
        .filter((name) => name.endsWith('.ev'))
        .flatMap((name) => {
          const path = join(this.#folder, month, name);
          const stat = statSync(path, {throwIfNoEntry: false});
          return stat === undefined ? [] : [{path, bytes: stat.size, at: stat.mtimeMs}];
        }),
    );
  }

  #removeEmptyMonths(thisMonth: string): void {
    // This month's folder may be empty because a drain has just made it.
    for (const month of this.#months()) {
      if (month !== thisMonth && namesIn(join(this.#folder, month)).length === 0) rmdirSync(join(this.#folder, month));
    }
  }
}
