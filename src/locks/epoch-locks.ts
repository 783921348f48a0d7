import {randomBytes} from 'node:crypto';
import {linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import type {Clock} from '../system/clock.js';
import {isProcessAlive} from '../system/host.js';
import {makeFolders} from '../system/make-folders.js';
import {holderOf, isHeld, type LockRecord, ownRecord, parseLockRecord} from './lock-record.js';
import type {Acquisition, LockHolder, LockName, Locks} from './locks.js';

/*
 * One folder per lock, with numbered records. The highest number is the state. It is never removed, only followed by the next number.
 * So no process can take a number that another one saw in another state. link(2) makes a record complete before its name appears.
 */

const SIX_HOURS_MS = 6 * 3_600_000;
const RECORD = /^\d{12}$/;
const TEMPORARY = /^\.(\d+)\.[0-9a-f]+\.tmp$/;
/** Where link(2) is missing, a record is written under its final name. Others may see it before it is complete. */
const NO_LINK = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];
const INCOMPLETE_MS = 60_000;

/** The locks in `<home>/locks`. */
export function openLocks(home: string, clock: Clock): Locks {
  return new EpochLocks(join(home, 'locks'), clock);
}

class EpochLocks implements Locks {
  readonly #folder: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  acquire(name: LockName, {trigger, job, maxRunMs = SIX_HOURS_MS}: Parameters<Locks['acquire']>[1]): Acquisition {
    const folder = join(this.#folder, name);
    try {
      makeFolders(folder);
      return this.#acquire(folder, ownRecord(job ?? name, trigger, maxRunMs, this.#clock));
    } catch (error) {
      throw ioError(error, `the lock ${folder}`);
    }
  }

  holder(name: LockName): LockHolder | undefined {
    const folder = join(this.#folder, name);
    try {
      const state = this.#stateOf(folder, highest(folder));
      return state.kind === 'held' ? state.holder : undefined;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw ioError(error, `the lock ${folder}`);
    }
  }

  #acquire(folder: string, record: LockRecord): Acquisition {
    const top = highest(folder);
    const state = this.#stateOf(folder, top);
    if (state.kind === 'held') return {kind: 'busy', holder: state.holder};
    const mine = top + 1;
    if (!make(folder, mine, record)) return this.#busy(folder, mine);
    if (highest(folder) !== mine) {
      // The number was taken and given back while we looked: our record came too late and lies below the state.
      rmSync(pathOf(folder, mine), {force: true});
      return this.#busy(folder, highest(folder));
    }
    clean(folder, mine);
    return {
      kind: 'acquired',
      token: mine,
      release: () => {
        try {
          const temporary = writeTemporary(folder, {...record, released: true});
          renameSync(temporary, pathOf(folder, mine));
        } catch (error) {
          // The end of this process releases the lock too: a full disk must not make finished work look failed.
          if (errnoOf(error) === undefined) throw error;
        }
      },
    };
  }

  #busy(folder: string, number: number): Acquisition {
    const state = this.#stateOf(folder, number);
    return {kind: 'busy', holder: state.kind === 'held' ? state.holder : undefined};
  }

  #stateOf(folder: string, number: number): {kind: 'free'} | {kind: 'held'; holder: LockHolder | undefined} {
    if (number === 0) return {kind: 'free'};
    const path = pathOf(folder, number);
    try {
      const record = parseLockRecord(readFileSync(path, 'utf8'));
      if (record === undefined) {
        const isFresh = Math.abs(this.#clock() - statSync(path).mtimeMs) < INCOMPLETE_MS;
        return isFresh ? {kind: 'held', holder: undefined} : {kind: 'free'};
      }
      return isHeld(record, this.#clock) ? {kind: 'held', holder: holderOf(record)} : {kind: 'free'};
    } catch (error) {
      // Only the holder of a higher number removes a record.
      if (errnoOf(error) === 'ENOENT') return {kind: 'held', holder: undefined};
      throw error;
    }
  }
}

const pathOf = (folder: string, number: number): string => join(folder, String(number).padStart(12, '0'));

/** The highest number; 0 when the folder holds no record. */
function highest(folder: string): number {
  return readdirSync(folder).reduce((top, name) => (RECORD.test(name) ? Math.max(top, Number(name)) : top), 0);
}

function writeTemporary(folder: string, record: LockRecord): string {
  const path = join(folder, `.${record.pid}.${randomBytes(6).toString('hex')}.tmp`);
  writeFileSync(path, JSON.stringify(record), {flag: 'wx', mode: 0o600});
  return path;
}

/** @returns false when another process has already made a record with this number */
function make(folder: string, number: number, record: LockRecord): boolean {
  const temporary = writeTemporary(folder, record);
  try {
    linkSync(temporary, pathOf(folder, number));
    return true;
  } catch (error) {
    const errno = errnoOf(error) ?? '';
    if (errno === 'EEXIST') return false;
    if (NO_LINK.includes(errno)) return makeWithoutLink(folder, number, record);
    throw error;
  } finally {
    rmSync(temporary, {force: true});
  }
}

function makeWithoutLink(folder: string, number: number, record: LockRecord): boolean {
  try {
    writeFileSync(pathOf(folder, number), JSON.stringify(record), {flag: 'wx', mode: 0o600});
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the records below the holder's, and what killed processes left. */
function clean(folder: string, mine: number): void {
  for (const name of readdirSync(folder)) {
    const pid = TEMPORARY.exec(name)?.[1];
    const isOld = RECORD.test(name) ? Number(name) < mine : pid !== undefined && !isProcessAlive(Number(pid));
    if (isOld) rmSync(join(folder, name), {force: true});
  }
}
