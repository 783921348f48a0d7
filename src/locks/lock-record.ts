import type {EpochMs} from '../domain/event/event.js';
import {JOB_NAMES, type Trigger} from '../domain/jobs/job.js';
import {HOUR_MS, MINUTE_MS} from '../domain/time/durations.js';
import {instant} from '../domain/time/instant.js';
import type {Clock, Ticks} from '../system/clock.js';
import {hostFacts, processStart} from '../system/host.js';
import type {LockHolder} from './locks.js';

/** A holder whose pid means nothing here is dead so long after its last sign of life. It gives one every 15 s. */
export const DEAD_AFTER_MS = 2 * MINUTE_MS;

/** The clocks that a lock asks. */
export interface LockClocks {
  readonly clock: Clock;
  readonly ticks: Ticks;
}

/** What a lock's file says. */
export interface LockRecord {
  readonly v: 1;
  readonly pid: number;
  /** When the process started, from `processStart`. A pid occurs again; pid and start together do not. */
  readonly start: string;
  readonly boot: string;
  readonly host: string;
  readonly pidns: string;
  /** The job that runs, otherwise the lock's own name. */
  readonly job: string;
  readonly trigger: Trigger;
  readonly startedAt: EpochMs;
  /** Without a sign of life, as an older mem writes it, the process counts as running until then if nothing else is known about it. */
  readonly until: EpochMs;
  /** The holder's last sign of life, by its clock. */
  readonly aliveAt?: EpochMs;
  /** The same by the monotonic clock of its boot. */
  readonly aliveTicks?: number | null;
  readonly released: boolean;
}

export function ownRecord(job: string, trigger: Trigger, maxRunMs: number, {clock, ticks}: LockClocks): LockRecord {
  const {pid, bootId, host, pidNamespace} = hostFacts();
  const startedAt = clock();
  const until = instant(startedAt + maxRunMs + HOUR_MS);
  const start = processStart(pid) ?? '';
  const identity = {v: 1, pid, start, boot: bootId, host, pidns: pidNamespace} as const;
  return {...identity, job, trigger, startedAt, until, aliveAt: startedAt, aliveTicks: ticks(), released: false};
}

/** The record with a sign of life of now. */
export function aliveNow(record: LockRecord, {clock, ticks}: LockClocks): LockRecord {
  return {...record, aliveAt: clock(), aliveTicks: ticks()};
}

/** @returns undefined when `text` is not a record, as after a power cut */
export function parseLockRecord(text: string): LockRecord | undefined {
  try {
    const record: unknown = JSON.parse(text);
    const isRecord = typeof record === 'object' && record !== null && 'v' in record && record.v === 1;
    return isRecord ? (record as LockRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the holder still runs, as far as this can be known. Signs of life count only where nothing is known about its process. */
export function isHeld(record: LockRecord, clocks: LockClocks): boolean {
  if (record.released) return false;
  return isAlive(record) ?? isHeard(record, clocks);
}

type Identity = Pick<LockRecord, 'pid' | 'start' | 'boot' | 'host' | 'pidns'>;

/** @returns undefined where nothing can be known: on another machine, or in another pid namespace */
function isAlive(writer: Identity): boolean | undefined {
  const {bootId, host, pidNamespace} = hostFacts();
  const isSameBoot = writer.boot === bootId && bootId !== '';
  if (isSameBoot && writer.pidns === pidNamespace) return isSameProcess(writer);
  // The same machine after a restart: no earlier process runs on it.
  return !isSameBoot && writer.host === host ? false : undefined;
}

function isHeard({boot, until, aliveAt, aliveTicks}: LockRecord, {clock, ticks}: LockClocks): boolean {
  const now = clock();
  if (aliveAt === undefined) return now < until;
  if (typeof aliveTicks === 'number' && boot === hostFacts().bootId && boot !== '') {
    const silence = ticks() - aliveTicks;
    // A container may count from an instant of its own, and a process whose clock is set from another one.
    if (silence >= 0) return silence < DEAD_AFTER_MS;
  }
  const silence = now - aliveAt;
  // A sign from far ahead is that of a clock that was wrong: it must not keep the lock until then.
  return silence < DEAD_AFTER_MS && silence > -HOUR_MS;
}

/**
 * Whether the writer of a record that is not whole may still be writing it.
 * @returns undefined when the text does not tell enough
 */
export function isWriterAlive(text: string): boolean | undefined {
  const field = (name: string): string | undefined => new RegExp(`"${name}":"((?:[^"\\\\]|\\\\.)*)"`).exec(text)?.[1];
  const [pid, boot, host] = [/"pid":(\d+),/.exec(text)?.[1], field('boot'), field('host')];
  if (pid === undefined || boot === undefined || host === undefined) return undefined;
  const pidns = field('pidns');
  if (pidns === undefined && boot === hostFacts().bootId) return undefined;
  return isAlive({pid: Number(pid), start: field('start') ?? '', boot, host, pidns: pidns ?? ''});
}

function isSameProcess({pid, start}: Identity): boolean {
  const now = processStart(pid);
  return now !== undefined && (now === start || now === '' || start === '');
}

export function holderOf({pid, host, pidns, boot, job, trigger, startedAt, aliveAt}: LockRecord): LockHolder {
  const here = hostFacts();
  return {
    pid,
    host,
    isHere: boot === here.bootId && pidns === here.pidNamespace,
    trigger,
    job: JOB_NAMES.find((name) => name === job),
    startedAt,
    aliveAt: aliveAt ?? startedAt,
  };
}
