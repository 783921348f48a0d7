import {randomBytes} from 'node:crypto';
import {linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import {bootTicks, type Clock, type Ticks} from '../system/clock.js';
import {makeFolders} from '../system/files/make-folders.js';
import {isProcessAlive} from '../system/host.js';
import {
  aliveNow,
  DEAD_AFTER_MS,
  holderOf,
  isHeld,
  isWriterAlive,
  type LockClocks,
  type LockRecord,
  ownRecord,
  parseLockRecord,
} from './lock-record.js';
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
export function openLocks(home: string, clock: Clock, ticks: Ticks = bootTicks): Locks {
  return new EpochLocks(join(home, 'locks'), {clock, ticks});
}

type State =
  /** `dead` held it last, and died without giving it back. */
  {readonly kind: 'free'; readonly dead?: LockHolder} | {readonly kind: 'held'; readonly holder: LockHolder | undefined};

class EpochLocks implements Locks {
  readonly #folder: string;
  readonly #clocks: LockClocks;

  constructor(folder: string, clocks: LockClocks) {
    this.#folder = folder;
    this.#clocks = clocks;
  }

  acquire(name: LockName, {trigger, job, maxRunMs = SIX_HOURS_MS}: Parameters<Locks['acquire']>[1]): Acquisition {
    const folder = join(this.#folder, name);
    try {
      makeFolders(folder);
      return this.#acquire(folder, ownRecord(job ?? name, trigger, maxRunMs, this.#clocks));
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
    const rewrite = (change: Partial<LockRecord>): void => {
      try {
        const temporary = writeTemporary(folder, {...aliveNow(record, this.#clocks), ...change});
        renameSync(temporary, pathOf(folder, mine));
      } catch (error) {
        // The end of this process releases the lock too: a full disk must not make finished work look failed.
        if (errnoOf(error) === undefined) throw error;
      }
    };
    const stopSigns = giveSigns(() => rewrite({}));
    return {
      kind: 'acquired',
      token: mine,
      dead: state.dead,
      release: () => {
        stopSigns();
        rewrite({released: true});
      },
    };
  }

  #busy(folder: string, number: number): Acquisition {
    const state = this.#stateOf(folder, number);
    return {kind: 'busy', holder: state.kind === 'held' ? state.holder : undefined};
  }

  /** A record that is not whole was left by a power cut, unless its writer lives, or files here get their names before their content. */
  #isBeingWritten(folder: string, path: string, text: string): boolean {
    const isAlive = isWriterAlive(text);
    if (isAlive !== undefined) return isAlive;
    if (hasLinks(folder)) return false;
    const now = this.#clocks.clock();
    return Math.abs(now - statSync(path).mtimeMs) < INCOMPLETE_MS;
  }

  #stateOf(folder: string, number: number): State {
    if (number === 0) return {kind: 'free'};
    const path = pathOf(folder, number);
    try {
      const text = readFileSync(path, 'utf8');
      const record = parseLockRecord(text);
      if (record === undefined) return this.#isBeingWritten(folder, path, text) ? {kind: 'held', holder: undefined} : {kind: 'free'};
      const holder = holderOf(record);
      if (isHeld(record, this.#clocks)) return {kind: 'held', holder};
      return record.released ? {kind: 'free'} : {kind: 'free', dead: holder};
    } catch (error) {
      // Only the holder of a higher number removes a record.
      if (errnoOf(error) === 'ENOENT') return {kind: 'held', holder: undefined};
      throw error;
    }
  }
}

const SIGN_MS = {least: 1_000, most: 15_000};

/**
 * Calls `sign` every 15 s. At first it calls it more often, each time when a tenth more has passed: of a run that was killed it is known to
 * a tenth how long it ran. @returns what ends it
 */
function giveSigns(sign: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (passed: number): void => {
    const ms = Math.min(Math.max(passed / 10, SIGN_MS.least), SIGN_MS.most);
    timer = setTimeout(() => {
      sign();
      wait(passed + ms);
    }, ms).unref();
  };
  wait(0);
  return () => clearTimeout(timer);
}

const pathOf = (folder: string, number: number): string => join(folder, String(number).padStart(12, '0'));

/** The highest number; 0 when the folder holds no record. */
function highest(folder: string): number {
  return readdirSync(folder).reduce((top, name) => (RECORD.test(name) ? Math.max(top, Number(name)) : top), 0);
}

const temporaryPath = (folder: string, pid: number): string => join(folder, `.${pid}.${randomBytes(6).toString('hex')}.tmp`);

function writeTemporary(folder: string, record: LockRecord): string {
  const path = temporaryPath(folder, record.pid);
  writeFileSync(path, JSON.stringify(record), {flag: 'wx', mode: 0o600});
  return path;
}

/** Whether link(2) works here. False also where nothing can be written. */
function hasLinks(folder: string): boolean {
  const [first, second] = [temporaryPath(folder, process.pid), temporaryPath(folder, process.pid)];
  try {
    writeFileSync(first, '', {flag: 'wx', mode: 0o600});
    linkSync(first, second);
    return true;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  } finally {
    for (const path of [first, second]) rmSync(path, {force: true});
  }
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
    const isOld = RECORD.test(name) ? Number(name) < mine : pid !== undefined && !isProcessAlive(Number(pid)) && isAged(folder, name, mine);
    if (isOld) rmSync(join(folder, name), {force: true});
  }
}

/** The pid may be that of a living process in another container. Both times are of the file system's clock. */
function isAged(folder: string, name: string, mine: number): boolean {
  const [own, other] = [pathOf(folder, mine), join(folder, name)].map((path) => statSync(path, {throwIfNoEntry: false})?.mtimeMs);
  return own !== undefined && other !== undefined && own - other > DEAD_AFTER_MS;
}
