import type {EpochMs} from '../../domain/event/event.js';
import type {JobName, Trigger} from '../../domain/jobs/job.js';
import type {JobRun, SkipReason} from '../../domain/jobs/job-state.js';
import type {LockHolder} from '../../locks/locks.js';

/** What a wake-up made of one job. */
export type JobOutcome =
  | {readonly kind: 'begun'; readonly job: JobName; readonly at: EpochMs; readonly slot: EpochMs; readonly trigger: Trigger}
  | {readonly kind: 'ran'; readonly job: JobName; readonly at: EpochMs; readonly slot: EpochMs; readonly run: JobRun}
  | {
      readonly kind: 'skipped';
      /** Undefined where the store was busy, so that nobody knows which jobs are due. */
      readonly job: JobName | undefined;
      readonly at: EpochMs;
      readonly reason: SkipReason | 'not-due';
      /** Of an overlap; undefined also where the holder came and went. */
      readonly holder?: LockHolder | undefined;
      /** Of one that is not due: its next slot, and the zone of the store. */
      readonly next?: EpochMs | undefined;
      readonly timeZone?: string;
    };
