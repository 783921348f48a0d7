import type {EpochMs} from '../event/event.js';
import {MINUTE_MS} from '../time/durations.js';
import {slotOfThisMinute} from './due.js';
import type {JobName, Trigger} from './job.js';
import type {JobLook, JobsLook} from './job-look.js';
import {isPaused} from './job-state.js';

const MISSED_MS = 30 * MINUTE_MS;

/** What a wake-up asks for. */
export interface WakeUpRequest {
  /** One job; all that are due; or all whose own wake-up has not come when it should have. */
  readonly which: JobName | 'due' | 'missed';
  readonly trigger: Trigger;
  /** The job runs whether it is due or not, paused or not. */
  readonly isNow: boolean;
  /** A random part of it passes before anything begins, where what is asked for is due; 0 for none. */
  readonly jitterMs: number;
  /** Which part: from 0 up to, not including, 1. */
  readonly random: number;
}

/** A job that the wake-up takes up. */
export interface ChosenJob {
  readonly look: JobLook;
  /** The look at all jobs that it was chosen from. */
  readonly from: JobsLook;
  /** It is what was asked for. Otherwise it is due as well, and is left where its lock is taken. */
  readonly isAsked: boolean;
  readonly isNow: boolean;
}

/**
 * cron and launchd wake mem up at whole minutes: the wake-up waits for the slot of its minute, and so does what is due by then. systemd
 * knows seconds; a person and a search for what was missed wait for nothing.
 * @returns ms; undefined where no slot is to come in this minute
 */
export function waitForSecondMs({jobs, now}: JobsLook, {which, trigger, isNow}: WakeUpRequest): number | undefined {
  if (isNow || which === 'missed' || trigger === 'hand' || trigger === 'systemd') return undefined;
  const slots = jobs
    .filter(({job, state}) => (which === 'due' || which === job.name) && !isPaused(state, now))
    .map(({slots: {next}}) => slotOfThisMinute(next, now) ?? 0);
  const last = Math.max(0, ...slots);
  return last === 0 ? undefined : last - now;
}

/** Where one entry stands for all jobs, it waits no longer than those that are due. */
export function longestJitterMs(look: JobsLook, request: WakeUpRequest): number {
  if (request.isNow) return 0;
  const due = look.jobs.filter((status) => status.verdict.kind === 'due' && isAskedFor(status, request, look.now)).map(({job}) => job);
  if (due.length === 0) return 0;
  const isOneJob = request.which !== 'due' && request.which !== 'missed';
  return isOneJob ? request.jitterMs : Math.min(request.jitterMs, Math.max(...due.map(({jitterMs}) => jitterMs)));
}

/** What was asked for comes before what is due as well. @param tried the newest slot of each job that the wake-up took up already */
export function findNext(from: JobsLook, request: WakeUpRequest, tried: ReadonlyMap<JobName, EpochMs>): ChosenJob | undefined {
  const {jobs, now} = from;
  const askedNow = jobs.find(({job}) => request.isNow && job.name === request.which && !tried.has(job.name));
  if (askedNow) return {look: askedNow, from, isAsked: true, isNow: true};
  const untried = jobs.filter(({job, slots}) => (slots.previous ?? 0) > (tried.get(job.name) ?? 0));
  const asked = untried.find((look) => isAskedFor(look, request, now));
  if (asked) return {look: asked, from, isAsked: true, isNow: false};
  const other = untried.find((look) => hasNoProcess(look, now));
  return other && {look: other, from, isAsked: false, isNow: false};
}

function isAskedFor({job, verdict, dueSince}: JobLook, {which}: WakeUpRequest, now: EpochMs): boolean {
  if (verdict.kind === 'not-due') return false;
  if (which === 'missed') return now - (dueSince ?? verdict.slot) > Math.max(2 * job.jitterMs, MISSED_MS);
  return which === 'due' || which === job.name;
}

/** Due, and no process of its own is about to run it: that one came and was skipped, or its jitter is over. */
function hasNoProcess({job, state: {lastSkip}, verdict, dueSince}: JobLook, now: EpochMs): boolean {
  if (verdict.kind !== 'due') return false;
  const wasSkipped = lastSkip !== undefined && lastSkip.reason !== 'paused' && lastSkip.at >= verdict.slot;
  return wasSkipped || now - (dueSince ?? verdict.slot) > job.jitterMs;
}
