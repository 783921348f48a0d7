import {closeSync, fsyncSync, openSync, rmdirSync, unlinkSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import {makeFolders} from '../system/files/make-folders.js';
import {namesIn} from '../system/files/names-in.js';
import {readFileIfThere, replaceFile} from '../system/files/replace-file.js';
import type {Intents} from './intents.js';

const NAME = /^[1-9]\d{0,8}$/;

/** Makes nothing before it is used. @param home the folder that holds `forget/` */
export function openIntents(home: string): Intents {
  return new IntentFolder(join(home, 'forget'));
}

class IntentFolder implements Intents {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  pending(): readonly number[] {
    return this.#do('read', () =>
      namesIn(this.#folder)
        .filter((name) => NAME.test(name))
        .map(Number)
        .sort((a, b) => a - b),
    );
  }

  add(text: string): number {
    const number = (this.pending().at(-1) ?? 0) + 1;
    this.#do('write', () => {
      makeFolders(this.#folder);
      sync(dirname(this.#folder));
    });
    this.replace(number, text);
    return number;
  }

  read(number: number): string | undefined {
    return this.#do('read', () => readFileIfThere(this.#pathOf(number)));
  }

  replace(number: number, text: string): void {
    this.#do('write', () => {
      this.#removeIfThere(join(this.#folder, `${number}.${process.pid}.tmp`));
      replaceFile(this.#pathOf(number), text);
      sync(this.#folder);
    });
  }

  remove(number: number): void {
    this.#do('write', () => {
      this.#removeIfThere(this.#pathOf(number));
      // What killed writers left: only who holds the lease of rollups writes here.
      for (const name of namesIn(this.#folder).filter((left) => left.endsWith('.tmp'))) this.#removeIfThere(join(this.#folder, name));
      if (namesIn(this.#folder).length === 0) rmdirSync(this.#folder);
      else sync(this.#folder);
    });
  }

  #pathOf(number: number): string {
    return join(this.#folder, String(number));
  }

  #removeIfThere(path: string): void {
    try {
      unlinkSync(path);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }

  #do<T>(access: 'read' | 'write', work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ioError(error, `the intents at ${this.#folder}`, access);
    }
  }
}

/** Has the names in a folder survive a power cut. */
function sync(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
