import {unseal} from '../checksum.js';
import type {Db, Row} from '../db.js';
import type {KeyRange} from '../keys.js';

export const PAGE_ROWS = 1000;
/** Up to this number, keys are read one by one: a look at their range would cost more. */
const FEW_KEYS = 4;

export interface Work {
  valuesRead: number;
  keysWritten: number;
}

/** Reads values with their checksums checked. */
export class Reader {
  readonly #db: Db;
  readonly #work: Work;

  constructor(db: Db, work: Work) {
    this.#db = db;
    this.#work = work;
  }

  unseal(key: string, value: Buffer): Buffer {
    this.#work.valuesRead += 1;
    return unseal(key, value, this.#db.location);
  }

  async get(key: string): Promise<Buffer | undefined> {
    const [value] = await this.getMany([key]);
    return value;
  }

  async getMany(keys: string[]): Promise<(Buffer | undefined)[]> {
    if (keys.length === 0) return [];
    const values = await this.#db.getMany(keys);
    return values.map((value, at) => (value === undefined ? undefined : this.unseal(keys[at] ?? '', value)));
  }

  /** The values of a range, each as `read` makes it from key and bytes; read to the end before any is returned. */
  async list<T>(range: KeyRange, read: (key: string, bytes: Buffer) => T, {limit = Infinity, newestFirst = false} = {}): Promise<T[]> {
    if (range.from >= range.to) return [];
    const cursor = this.#db.cursor(range, {newestFirst});
    try {
      const values: T[] = [];
      while (values.length < limit) {
        const rows = await cursor.next(Math.min(PAGE_ROWS, limit - values.length));
        if (rows.length === 0) break;
        for (const [key, value] of rows) values.push(read(key, this.unseal(key, value)));
      }
      await cursor.finish();
      return values;
    } finally {
      await cursor.close();
    }
  }

  async isEmpty(range: KeyRange): Promise<boolean> {
    const cursor = this.#db.cursor(range);
    try {
      return (await cursor.next(1)).length === 0;
    } finally {
      await cursor.close();
    }
  }

  /**
   * The values of many keys at once. It costs next to nothing when no key lies between the least and the greatest of them, little when
   * few do (the range is read from end to end), and no more than one look-up per key when the range holds far more.
   */
  async lookUp(keys: string[]): Promise<readonly (Buffer | undefined)[]> {
    if (keys.length <= FEW_KEYS || this.#db.isShared) return this.getMany(keys);
    let least = keys[0] ?? '';
    let greatest = least;
    for (const key of keys) {
      if (key < least) least = key;
      else if (key > greatest) greatest = key;
    }
    const rows = await this.#readRange({from: least, to: `${greatest}\0`}, keys);
    if (rows === undefined) return this.getMany(keys);
    if (rows.length === 0) return [];
    const byKey = new Map(rows);
    return keys.map((key) => {
      const value = byKey.get(key);
      return value === undefined ? undefined : this.unseal(key, value);
    });
  }

  /** All rows of a range; undefined when the range has far more rows than `keys`, and reading each key is cheaper. */
  async #readRange(range: KeyRange, keys: readonly string[]): Promise<readonly Row[] | undefined> {
    const cursor = this.#db.cursor(range);
    try {
      let rows = await cursor.next(1);
      if (rows.length === 0) return [];
      const all: Row[] = [];
      for (; rows.length > 0; rows = await cursor.next(PAGE_ROWS)) {
        for (const row of rows) all.push(row);
        const last = all.at(-1)?.[0] ?? '';
        const passed = keys.reduce((count, key) => (key <= last ? count + 1 : count), 0);
        if (all.length > 100 && all.length > 3 * passed) return undefined;
      }
      await cursor.finish();
      return all;
    } finally {
      await cursor.close();
    }
  }
}
