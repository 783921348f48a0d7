import type {EpochMs} from '../domain/event/event.js';
import {isPaused, type JobRun} from '../domain/jobs/job-state.js';
import type {LogEntry} from '../domain/jobs/run-log.js';
import {Calendar} from '../domain/time/period.js';
import type {JobOutcome} from '../operations/schedule/job-outcome.js';
import type {ComingSlot} from '../operations/schedule/list-slots.js';
import type {PauseChange} from '../operations/schedule/pause-jobs.js';
import type {JobStatus, ScheduleStatus} from '../operations/schedule/read-schedule.js';

type At = (instant: EpochMs | undefined) => string | null;

function formatIn(calendar: Calendar): At {
  return (instant) => (instant === undefined ? null : calendar.format(instant));
}

/** The jobs for programs. Instants are RFC 3339 in the zone of the store; a job's `time_zone` is that of its cron expression. */
export function scheduleJson({now, home, timeZone, jobs, installed, rollupByHand, settingFaults}: ScheduleStatus): Record<string, unknown> {
  const at = formatIn(new Calendar(timeZone));
  return {
    now: at(now),
    home,
    time_zone: timeZone,
    backend: installed?.backend ?? null,
    label: installed?.label ?? null,
    schedule_id: installed?.scheduleId ?? null,
    installed_at: at(installed?.installedAt),
    log: installed?.log ?? null,
    notes: installed?.notes ?? [],
    drift: installed?.drift ?? [],
    setting_faults: settingFaults.map(({code, message, hint}) => ({code, message, hint: hint ?? null})),
    rollup_by_hand: rollupByHand === undefined ? null : {pid: rollupByHand.pid, started_at: at(rollupByHand.startedAt)},
    jobs: jobs.map((job) => jobJson(job, installed?.backend ?? null, now, at)),
  };
}

function jobJson({job, state, condition, holder, dueSince, next, isInstalled}: JobStatus, backend: string | null, now: EpochMs, at: At) {
  const {lastRun, lastSkip, paused, runCount, errorCount, skipCount, lastSlot} = state;
  return {
    job_name: job.name,
    state: condition,
    cron_expr: job.cron,
    time_zone: job.timeZone,
    jitter_ms: job.jitterMs,
    time_limit_ms: job.maxRunMs,
    last_run: at(lastRun?.startedAt),
    last_duration_ms: lastRun ? lastRun.endedAt - lastRun.startedAt : null,
    last_result: lastRun?.result ?? null,
    last_time_was_up: lastRun?.isTimeUp ?? false,
    last_trigger: lastRun?.trigger ?? null,
    last_counts: lastRun?.counts ?? {},
    last_error: lastRun?.error ?? null,
    last_slot: at(lastSlot),
    next_run: at(next),
    due_since: at(dueSince),
    overdue_since: condition === 'overdue' ? at(dueSince) : null,
    run_count: runCount,
    error_count: errorCount,
    skip_count: skipCount,
    last_skip: lastSkip === undefined ? null : {at: at(lastSkip.at), reason: lastSkip.reason},
    is_running: holder !== undefined,
    running: holder === undefined ? null : {pid: holder.pid, host: holder.host, trigger: holder.trigger, started_at: at(holder.startedAt)},
    is_paused: isPaused(state, now),
    paused_until: isPaused(state, now) ? at(paused?.until) : null,
    backend: isInstalled ? backend : null,
    installed: isInstalled,
  };
}

/** A run for programs. */
export function runJson(
  {startedAt, endedAt, trigger, result, isTimeUp, counts, error}: JobRun,
  calendar: Calendar,
): Record<string, unknown> {
  return {
    started_at: calendar.format(startedAt),
    ended_at: calendar.format(endedAt),
    duration_ms: endedAt - startedAt,
    trigger,
    result,
    time_was_up: isTimeUp ?? false,
    counts,
    error: error ?? null,
  };
}

export function slotJson({job, at, isPaused: paused}: ComingSlot, calendar: Calendar): Record<string, unknown> {
  return {job_name: job.name, slot: calendar.format(at), jitter_ms: job.jitterMs, is_paused: paused};
}

export function pauseJson({name, isPaused: paused, until, isChanged}: PauseChange, calendar: Calendar): Record<string, unknown> {
  return {job_name: name, is_paused: paused, paused_until: formatIn(calendar)(until), changed: isChanged};
}

/** An entry of the log of runs. */
export function logEntryJson({kind, at, pid, job, text}: LogEntry): Record<string, unknown> {
  return {at: at ?? null, kind, pid: pid ?? null, job_name: job ?? null, text};
}

/** For instants of runs: a program may read several homes. */
const UTC = new Calendar('UTC');

/** The outcome of a job of `mem schedule run`. */
export function jobOutcomeJson(outcome: JobOutcome): Record<string, unknown> {
  if (outcome.kind === 'begun') {
    const {job, at, slot, trigger} = outcome;
    return {job_name: job, outcome: 'begun', at: UTC.format(at), slot: UTC.format(slot), trigger};
  }
  if (outcome.kind === 'skipped') {
    const {job, at, reason, next} = outcome;
    return {job_name: job ?? null, outcome: 'skipped', at: UTC.format(at), reason, ...(next && {next_run: UTC.format(next)})};
  }
  const {job, slot, run} = outcome;
  return {job_name: job, outcome: 'ran', slot: UTC.format(slot), ...runJson(run, UTC)};
}
