import {closeSync, fsyncSync, openSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {ClassicLevel} from 'classic-level';
import {errnoOf, ioError, MemError} from '../../errors.js';
import {systemTicks} from '../../system/clock.js';
import {shortPause} from '../../system/sleep.js';
import {askForStore} from './asked.js';
import {accessError, isBusy, openError} from './db-errors.js';
import {checkFiles} from './files/check-files.js';
import type {CheckedTables} from './files/checked-tables.js';
import type {KeyRange} from './keys.js';

/** A page is read no further than this, in bytes. */
export const PAGE_BYTES = 4 * 1024 * 1024;

export type Row = [key: string, value: Buffer];

/** Reads a range of keys in order. */
export interface Cursor {
  /** The next rows, at most `count` or 4 MiB of them; none when the range is at its end. */
  next(count: number): Promise<readonly Row[]>;
  /**
   * Must come before rows are used: LevelDB skips a damaged block and says so only at the end of a range. It closes the cursor.
   * @throws MemError STORE_DAMAGED
   */
  finish(): Promise<void>;
  /** Closes it without that; what was read must not be used. Does nothing after `finish`. */
  close(): Promise<void>;
}

/** Takes what is to be written together. Values are copied at once, so their buffers may be used again. */
export interface WriteBatch {
  put(key: string, value: Buffer): unknown;
  del(key: string): unknown;
}

/** An ordered map of keys to values as the store needs it: no checksums, no meaning of keys. All errors are translated. */
export interface Db {
  readonly location: string;
  /** Others write while it is open, and each call goes over a network. */
  readonly isShared: boolean;
  /** Has `work` read what is newest and write, with nobody writing in between; again where the database undid it. */
  exclusively<T>(work: () => Promise<T>, options: {sync: boolean}): Promise<T>;
  getMany(keys: string[]): Promise<(Buffer | undefined)[]>;
  cursor(range: KeyRange, options?: {newestFirst?: boolean}): Cursor;
  /** Writes all that `fill` puts into the batch, or nothing: also when it fails. */
  write(fill: (batch: WriteBatch) => unknown, options: {sync: boolean}): Promise<void>;
  levelZeroFiles(): number;
  /** On disk, about; what was written last is not in it. */
  approximateBytes(range: KeyRange): Promise<number>;
  compact(range: KeyRange): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the database at `location`. The caller makes sure that this process has not opened it already: a second opening, even one that
 * fails, drops the lock of the first. Reading the file LOCK does too.
 * @param patienceMs how long to try again when another process has it open; 0: once
 * @throws MemError STORE_BUSY, STORE_DAMAGED, NOT_WRITTEN, IO_ERROR
 */
export async function openDb(
  location: string,
  {create = false, patienceMs = 0}: {create?: boolean; patienceMs?: number} = {},
): Promise<Db> {
  const since = systemTicks();
  const tables = create ? undefined : checkFiles(location);
  for (let waited = 0; ; ) {
    // The default of createIfMissing, true, deletes every table when the file CURRENT is missing.
    const options = {createIfMissing: create, errorIfExists: create, keyEncoding: 'utf8', valueEncoding: 'buffer'} as const;
    const db = new ClassicLevel<string, Buffer>(location, options);
    try {
      await db.open();
      return new LevelDb(db, tables);
    } catch (error) {
      if (!isBusy(error)) throw openError(error, location);
      if (Math.max(waited, systemTicks() - since) >= patienceMs) {
        throw storeBusy(location, error);
      }
      askForStore(location);
    }
    // At random, and never longer: a growing pause is the least fair of all that were measured.
    const ms = 4 + Math.random() * 12;
    await shortPause(ms);
    waited += ms;
  }
}

export function storeBusy(location: string, cause: unknown): MemError {
  return new MemError('STORE_BUSY', `another mem process is using the store at ${location}`, {
    hint: 'wait for it to finish, then run the command again',
    cause,
  });
}

class LevelDb implements Db {
  readonly #db: ClassicLevel<string, Buffer>;
  readonly #tables: CheckedTables | undefined;
  #isFolderSynced = false;

  constructor(db: ClassicLevel<string, Buffer>, tables: CheckedTables | undefined) {
    this.#db = db;
    this.#tables = tables;
  }

  readonly isShared = false;

  get location(): string {
    return this.#db.location;
  }

  /** Nobody else has it open. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  getMany(keys: string[]): Promise<(Buffer | undefined)[]> {
    return this.#translated(this.#db.getMany(keys));
  }

  cursor({from, to}: KeyRange, {newestFirst = false} = {}): Cursor {
    const iterator = this.#db.iterator({gte: from, lt: to, reverse: newestFirst, highWaterMarkBytes: PAGE_BYTES});
    let isOpen = true;
    let isAtEnd = false;
    const close = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await this.#translated(iterator.close());
    };
    return {
      next: async (count) => {
        const rows = await this.#translated(iterator.nextv(count));
        isAtEnd = rows.length === 0;
        return rows;
      },
      finish: async () => {
        if (!isAtEnd) {
          // Out of the range, where nothing follows and the iterator tells what it met on its way.
          iterator.seek(newestFirst ? '' : to);
          await this.#translated(iterator.nextv(1));
        }
        await close();
      },
      close,
    };
  }

  write(fill: (batch: WriteBatch) => unknown, {sync}: {sync: boolean}): Promise<void> {
    return this.#translated(this.#write(fill, sync));
  }

  async #write(fill: (batch: WriteBatch) => unknown, sync: boolean): Promise<void> {
    if (sync) this.#syncFolderOnce();
    const batch = this.#db.batch();
    await fill(batch);
    await batch.write({sync});
    if (sync && process.platform === 'darwin') flushLog(this.location);
  }

  levelZeroFiles(): number {
    return Number(this.#db.getProperty('leveldb.num-files-at-level0'));
  }

  approximateBytes({from, to}: KeyRange): Promise<number> {
    return this.#translated(this.#db.approximateSize(from, to));
  }

  compact({from, to}: KeyRange): Promise<void> {
    return this.#translated(this.#db.compactRange(from, to));
  }

  async close(): Promise<void> {
    await this.#translated(this.#db.close());
    this.#tables?.note();
  }

  /** LevelDB renames CURRENT at each opening and does not sync the folder after it. */
  #syncFolderOnce(): void {
    if (this.#isFolderSynced) return;
    syncPath(this.location);
    this.#isFolderSynced = true;
  }

  async #translated<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw accessError(error, this.location);
    }
  }
}

/** Makes what a file or folder holds survive a power cut. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** On macOS LevelDB's sync leaves the drive's cache alone; Node's does not. Reading a log does not touch the lock. */
function flushLog(location: string): void {
  const logs = readdirSync(location).filter((name) => name.endsWith('.log'));
  const newest = logs.sort().at(-1);
  if (newest !== undefined) syncPath(join(location, newest));
}

/**
 * Whether a folder is at `path`. LevelDB makes one where none is even when it is told not to create a database.
 * @throws MemError NOT_WRITTEN when the system does not let us look, or a file stands above `path`
 */
export function isFolder(path: string): boolean {
  try {
    // Not `throwIfNoEntry: false`: from Node 22 on that hides a file where a folder should be.
    return statSync(path).isDirectory();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw ioError(error, `the store at ${path}`, 'read');
  }
}
