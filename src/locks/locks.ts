import type {EpochMs} from '../domain/event/event.js';
import type {JobName, Trigger} from '../domain/jobs/job.js';
import {MemError} from '../errors.js';

/** All rollup jobs and `mem rollup` share one lock: two at once would make the same calls. */
export type LockName = 'rollup' | 'compact' | 'schedule' | 'import' | 'sync';

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** It runs on this machine, so its pid is valid here. */
  readonly isHere: boolean;
  readonly trigger: Trigger;
  /** The job that it runs; undefined for a rollup by hand. */
  readonly job: JobName | undefined;
  readonly startedAt: EpochMs;
  /** Its last sign of life, which it gives every 15 s. */
  readonly aliveAt: EpochMs;
}

export type Acquisition =
  | {
      readonly kind: 'acquired';
      /** Grows with each acquisition of this lock: a run with a greater token came later. */
      readonly token: number;
      /** Who held it before and died without giving it back. */
      readonly dead?: LockHolder | undefined;
      /** Gives the lock back. A process that ends without it has given it back too. */
      release(): void;
    }
  /** The holder is unknown if it came and went while we looked. */
  | {readonly kind: 'busy'; readonly holder: LockHolder | undefined};

/**
 * No lock outlives its process: a holder that was killed, or whose machine was restarted, holds nothing. Where a pid means nothing (another
 * machine, a container), it has died two minutes after its last sign of life.
 */
export interface Locks {
  /**
   * Takes the lock, or names its holder. It never waits.
   * @param options.job the job that runs, if it is a job
   * @param options.maxRunMs how long the holder counts as running for an older mem, which knows no signs of life (default 6 h)
   * @throws MemError NOT_WRITTEN, IO_ERROR
   */
  acquire(name: LockName, options: {trigger: Trigger; job?: JobName; maxRunMs?: number}): Acquisition;
  /** The present holder of the lock. */
  holder(name: LockName): LockHolder | undefined;
}

const NOUN: Readonly<Record<LockName, string>> = {
  rollup: 'a rollup',
  compact: 'a compaction',
  schedule: 'a change of the schedule',
  import: 'an import',
  sync: 'a sync',
};

/** The error for a command that wanted the lock. It shows the time in the time zone of this process. */
export function lockBusy(name: LockName, holder: LockHolder | undefined): MemError {
  const message = `${NOUN[name]} is already running`;
  const hint = 'wait for it to finish, then run the command again';
  if (holder === undefined) return new MemError('LOCK_BUSY', message, {hint});
  const process = holder.isHere ? `pid ${holder.pid}` : `pid ${holder.pid} on ${holder.host}`;
  return new MemError('LOCK_BUSY', `${message} (${process}, since ${timeOfDay(holder.startedAt)}, by ${holder.trigger})`, {hint});
}

function timeOfDay(at: EpochMs): string {
  return new Date(at).toTimeString().slice(0, 5);
}
