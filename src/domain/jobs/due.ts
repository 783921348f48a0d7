import type {EpochMs} from '../event/event.js';
import {MINUTE_MS} from '../time/durations.js';
import {instant} from '../time/instant.js';
import {addDays} from '../time/local-date.js';
import type {Calendar} from '../time/period.js';
import type {Job} from './job.js';
import {tocLevelOfJob} from './job.js';
import {isPaused, type JobState, type KnownSlots} from './job-state.js';

/** What a wake-up should do about a job. */
export type Verdict =
  | {readonly kind: 'due'; readonly slot: EpochMs}
  /** A slot has come and is to be passed over. */
  | {readonly kind: 'paused'; readonly slot: EpochMs}
  /** No slot has come; or one was tried, and a period of it is too young still. */
  | {readonly kind: 'not-due'};

/** What is known of a job's slots at an instant. */
export interface Slots {
  /** The last slot at or before it. */
  readonly previous: EpochMs | undefined;
  /** The last slot of which every period that had ended by then is old enough now. */
  readonly ripe: EpochMs | undefined;
}

/** Slots up to here are handled, or were never the job's. @param createdAt when the store was made: no slot before it is anybody's */
export function handledUpTo({lastSlot, baseline, paused}: JobState, createdAt: EpochMs, now: EpochMs): EpochMs {
  const pausedUpTo = paused?.until !== undefined && paused.until <= now ? paused.until - 1 : 0;
  // A store that was made while the clock was ahead.
  const made = createdAt <= now ? createdAt : 0;
  return instant(Math.max(lastSlot ?? 0, baseline ?? made, pausedUpTo));
}

/** The due guard: is a slot at or before now unhandled, and worth a run? It says so once for any number of missed slots. */
export function judge(state: JobState, {previous, ripe}: Slots, createdAt: EpochMs, now: EpochMs): Verdict {
  const upTo = handledUpTo(state, createdAt, now);
  if (previous === undefined || previous <= upTo) return {kind: 'not-due'};
  if (isPaused(state, now)) return {kind: 'paused', slot: previous};
  const {attempt} = state;
  if (attempt?.phase === 'unripe' && attempt.slot >= previous && (ripe ?? 0) <= upTo) return {kind: 'not-due'};
  return {kind: 'due', slot: previous};
}

/** Whether the slots that the store remembers are still those around `now`. */
export function isKnown(known: KnownSlots | undefined, {cron, timeZone}: Job, now: EpochMs): known is KnownSlots {
  if (known === undefined || known.cron !== cron || known.timeZone !== timeZone) return false;
  return (known.previous ?? 0) <= now && known.next !== undefined && now < known.next;
}

/**
 * Up to where a slot may lie so that every period that had ended by then is old enough now. The end of any period is the start of a day:
 * what counts is the day that a slot lies in. A job that makes no periods has nothing to wait for.
 */
export function ripeUpTo(job: Job, calendar: Calendar, minAgeMs: number, now: EpochMs): EpochMs {
  const tocLevel = tocLevelOfJob(job.name);
  if (tocLevel === undefined || tocLevel === 'segment') return now;
  const nextDay = calendar.dayStart(addDays(calendar.dateOf(instant(now - minAgeMs)), 1));
  return instant(Math.min(now, nextDay - 1));
}

/** `next` where it comes in the minute of `now`: who starts jobs by the minute alone starts this one too early. */
export function slotOfThisMinute(next: EpochMs | undefined, now: EpochMs): EpochMs | undefined {
  return next !== undefined && Math.floor(next / MINUTE_MS) === Math.floor(now / MINUTE_MS) ? next : undefined;
}

/** How long a slot may go unhandled before it looks as if the scheduler were dead. */
export function graceMs({jitterMs}: Job): number {
  return 2 * jitterMs + 30 * MINUTE_MS;
}
