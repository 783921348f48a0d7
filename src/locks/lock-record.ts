import type {EpochMs} from '../domain/event/event.js';
import {JOB_NAMES, type Trigger} from '../domain/jobs/job.js';
import {HOUR_MS} from '../domain/time/durations.js';
import {instant} from '../domain/time/instant.js';
import type {Clock} from '../system/clock.js';
import {hostFacts, processStart} from '../system/host.js';
import type {LockHolder} from './locks.js';

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
  /** If nothing is known about its process, the process counts as running until then. */
  readonly until: EpochMs;
  readonly released: boolean;
}

export function ownRecord(job: string, trigger: Trigger, maxRunMs: number, clock: Clock): LockRecord {
  const {pid, bootId, host, pidNamespace} = hostFacts();
  const startedAt = clock();
  const until = instant(startedAt + maxRunMs + HOUR_MS);
  const start = processStart(pid) ?? '';
  return {v: 1, pid, start, boot: bootId, host, pidns: pidNamespace, job, trigger, startedAt, until, released: false};
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

/** Whether the holder still runs, as far as this can be known. The clock counts only where nothing else is known. */
export function isHeld(record: LockRecord, clock: Clock): boolean {
  if (record.released) return false;
  const {bootId, host, pidNamespace} = hostFacts();
  const isSameBoot = record.boot === bootId && bootId !== '';
  if (isSameBoot && record.pidns === pidNamespace) return isSameProcess(record);
  // The same machine after a restart: no earlier process runs on it.
  if (!isSameBoot && record.host === host) return false;
  return clock() < record.until;
}

function isSameProcess({pid, start}: LockRecord): boolean {
  const now = processStart(pid);
  return now !== undefined && (now === start || now === '' || start === '');
}

export function holderOf({pid, host, pidns, boot, job, trigger, startedAt}: LockRecord): LockHolder {
  const here = hostFacts();
  return {
    pid,
    host,
    isHere: boot === here.bootId && pidns === here.pidNamespace,
    trigger,
    job: JOB_NAMES.find((name) => name === job),
    startedAt,
  };
}
