import type {EpochMs} from '../../../src/domain/event/event.js';
import type {Verdict} from '../../../src/domain/jobs/due.js';
import {JOB_NAMES, type JobName} from '../../../src/domain/jobs/job.js';
import type {JobLook, JobsLook} from '../../../src/domain/jobs/job-look.js';
import type {JobState} from '../../../src/domain/jobs/job-state.js';

export const NOW = Date.parse('2024-01-16T01:00:00Z') as EpochMs;

/** How a job of a look differs from one whose last slot was an hour ago and is handled. */
export interface LookFields {
  readonly verdict?: Verdict['kind'];
  readonly previous?: number;
  readonly next?: number;
  readonly dueSince?: number;
  readonly jitterMs?: number;
  readonly isKnown?: boolean;
  readonly state?: Partial<JobState>;
}

function aLook(name: JobName, now: EpochMs, fields: LookFields): JobLook {
  const {verdict = 'not-due', jitterMs = 0, isKnown = true} = fields;
  const job = {name, cron: '0 0 * * * *', timeZone: 'UTC', jitterMs, maxRunMs: 60_000};
  const previous = (fields.previous ?? now - 3_600_000) as EpochMs;
  const slots = {cron: job.cron, timeZone: 'UTC', previous, next: (fields.next ?? now + 3_600_000) as EpochMs};
  const state: JobState = {
    v: 1,
    runCount: 0,
    errorCount: 0,
    skipCount: 0,
    ...(isKnown && {known: slots}),
    ...fields.state,
  };
  return {
    job,
    state,
    slots,
    ripe: previous,
    verdict: verdict === 'not-due' ? {kind: verdict} : {kind: verdict, slot: previous},
    dueSince: verdict === 'due' ? ((fields.dueSince ?? previous) as EpochMs) : undefined,
  };
}

/** All jobs at `now`; those that are not named have nothing due. */
export function looksAt(jobs: Partial<Record<JobName, LookFields>> = {}, now = NOW): JobsLook {
  return {
    now,
    timeZone: 'UTC',
    createdAt: (now - 86_400_000) as EpochMs,
    jobs: JOB_NAMES.map((name) => aLook(name, now, jobs[name] ?? {})),
  };
}
