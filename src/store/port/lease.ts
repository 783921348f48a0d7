import type {EpochMs} from '../../domain/event/event.js';
import type {JobName, Trigger} from '../../domain/jobs/job.js';

/** What only one process may do at a time. */
export type LeaseName = 'rollup' | 'compact' | 'import' | 'sync';

/** Proves to a commit that the lease is still held: a holder that came later has a greater number. */
export interface Fence {
  readonly lease: LeaseName;
  readonly number: number;
}

export interface LeaseClaim {
  readonly trigger: Trigger;
  /** What runs, where it is a job. */
  readonly job?: JobName | undefined;
  /** How long the run may take. */
  readonly ttlMs?: number | undefined;
}

export interface LeaseHolder {
  readonly pid: number;
  readonly host: string;
  readonly isHere: boolean;
  readonly trigger: Trigger;
  readonly job: JobName | undefined;
  readonly startedAt: EpochMs;
  /** Its last sign of life. */
  readonly aliveAt: EpochMs;
}

export type Lease =
  /** `dead` held it before and died without giving it back. */
  | {readonly kind: 'acquired'; readonly fence: Fence; readonly dead?: LeaseHolder | undefined; release(): Promise<void>}
  /** The holder is unknown when it came and went while we looked. */
  | {readonly kind: 'busy'; readonly holder: LeaseHolder | undefined};
