import {JOB_NAMES, SCHEDULERS} from '../../../src/domain/jobs/job.js';
import type {SkipReason} from '../../../src/domain/jobs/job-state.js';
import type {JobCondition} from '../../../src/operations/schedule/read-schedule.js';
import {BACKENDS} from '../../../src/scheduling/scheduler.js';
import {
  about,
  anyOf,
  bool,
  count,
  DRY_RUN,
  exactly,
  instant,
  list,
  ms,
  object,
  oneWordOf,
  orNull,
  type Schema,
  text,
  texts,
} from './schema.js';

const CONDITIONS = ['running', 'paused', 'overdue', 'failed', 'due', 'idle'] as const satisfies readonly JobCondition[];
const SKIP_REASONS = ['overlap', 'paused', 'store-busy'] as const satisfies readonly SkipReason[];

const jobName = oneWordOf(JOB_NAMES);
const backend = oneWordOf(BACKENDS);
export const trigger = oneWordOf(['hand', ...SCHEDULERS]);
const result = oneWordOf(['success', 'error', 'stopped']);
const counts: Schema = {type: 'object', additionalProperties: count};
const failure = object({code: text, message: text});
const drift = list(object({what: text, cure: about('the command that repairs it', text)}, {hint: text}));
const scheduleId: Schema = {type: 'string', pattern: '^[0-9a-f]{8}$'};

/** A job in `mem status`. */
export const jobInStatus = object({
  job_name: jobName,
  state: oneWordOf(CONDITIONS),
  last_run: orNull(instant),
  last_result: orNull(result),
  next_run: orNull(instant),
});

const job = object({
  job_name: jobName,
  state: oneWordOf(CONDITIONS),
  cron_expr: text,
  time_zone: about('that of the cron expression', text),
  jitter_ms: ms,
  time_limit_ms: ms,
  last_run: orNull(instant),
  last_duration_ms: orNull(ms),
  last_result: orNull(result),
  last_time_was_up: bool,
  last_trigger: orNull(trigger),
  last_counts: counts,
  last_error: orNull(failure),
  last_slot: about('slots up to here are handled', orNull(instant)),
  next_run: orNull(instant),
  due_since: orNull(instant),
  overdue_since: orNull(instant),
  run_count: count,
  error_count: count,
  skip_count: count,
  last_skip: orNull(object({at: instant, reason: oneWordOf(SKIP_REASONS)})),
  is_running: bool,
  running: orNull(object({pid: count, host: text, trigger, started_at: instant})),
  is_paused: bool,
  paused_until: orNull(instant),
  backend: orNull(backend),
  installed: bool,
});

export const schedule = object({
  now: instant,
  home: text,
  time_zone: text,
  backend: orNull(backend),
  label: orNull(text),
  schedule_id: orNull(scheduleId),
  installed_at: orNull(instant),
  log: orNull(text),
  notes: texts,
  drift,
  setting_faults: about('of settings that have their default instead', list(object({code: text, message: text, hint: orNull(text)}))),
  rollup_by_hand: orNull(object({pid: count, started_at: instant})),
  jobs: list(job),
});

export const slot = object({job_name: jobName, slot: instant, jitter_ms: ms, is_paused: bool});
export const pauseChange = object({job_name: jobName, is_paused: bool, paused_until: orNull(instant), changed: bool});
export const logEntry = object({
  at: orNull(instant),
  kind: oneWordOf(['woken', 'said']),
  pid: orNull(count),
  job_name: orNull(jobName),
  text,
});

/** A line of `mem schedule run --json`. */
export const jobOutcome = anyOf(
  object({job_name: jobName, outcome: exactly('begun'), at: instant, slot: instant, trigger}),
  object(
    {
      job_name: about('null where the store was busy before it could say which jobs are due', orNull(jobName)),
      outcome: exactly('skipped'),
      at: instant,
      reason: oneWordOf([...SKIP_REASONS, 'not-due']),
    },
    {next_run: instant},
  ),
  object({
    job_name: jobName,
    outcome: exactly('ran'),
    slot: instant,
    started_at: instant,
    ended_at: instant,
    duration_ms: ms,
    trigger,
    result,
    time_was_up: bool,
    counts,
    error: orNull(failure),
  }),
);

const CHANGES = {
  changed: bool,
  changes: list(object({name: about('a path, or "crontab"', text), action: oneWordOf(['create', 'change', 'remove'])})),
  fault: about('why what is there does not work although its text is right', orNull(text)),
};

/** With `--print` the entries, with `--diff` and `--dry-run` a plan, else what was installed. */
export const installation = anyOf(
  object({backend, entries: list(object({name: text, text}))}),
  object({schedule_id: scheduleId, backend, ...CHANGES, dry_run: exactly(true)}),
  object({
    schedule_id: scheduleId,
    backend,
    label: text,
    installed_at: instant,
    log: text,
    ...CHANGES,
    next: list(object({job_name: jobName, next_run: orNull(instant), jitter_ms: ms})),
    notes: texts,
    warnings: texts,
    drift,
  }),
);

export const removal = object({backend: orNull(backend), ...CHANGES}, DRY_RUN);
