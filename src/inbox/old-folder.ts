import {rmdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import type {PruneResult} from './inbox.js';

const MONTH = /^\d{4}-\d\d$/;

/** `done/`: drained files that a mem without a journal kept, by month. They stay until the journal has what is in them. */
export class OldFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  facts(): PruneResult {
    const files = this.#files();
    return {files: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0)};
  }

  /** Removes them, with their folders. What somebody else put there stays. */
  remove(): PruneResult {
    const removed = this.#files().filter(({path}) => removeFile(path));
    for (const month of this.#months()) if (namesIn(join(this.#folder, month)).length === 0) rmdirSync(join(this.#folder, month));
    if (statSync(this.#folder, {throwIfNoEntry: false}) && namesIn(this.#folder).length === 0) rmdirSync(this.#folder);
    return {files: removed.length, bytes: removed.reduce((sum, file) => sum + file.bytes, 0)};
  }

  /** Those that hold files. */
  folders(): readonly string[] {
    return this.#months().map((month) => join(this.#folder, month));
  }

  #months(): readonly string[] {
    return namesIn(this.#folder).filter((name) => MONTH.test(name));
  }

  #files(): readonly {path: string; bytes: number}[] {
    return this.#months().flatMap((month) =>
      namesIn(join(this.#folder, month))
        .filter((name) => name.endsWith('.ev'))
        .flatMap((name) => {
          const path = join(this.#folder, month, name);
          const stat = statSync(path, {throwIfNoEntry: false});
          return stat === undefined ? [] : [{path, bytes: stat.size}];
        }),
    );
  }
}
