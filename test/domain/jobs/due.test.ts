import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {handledUpTo, isKnown, judge, ripeUpTo} from '../../../src/domain/jobs/due.js';
import type {Job, JobName} from '../../../src/domain/jobs/job.js';
import type {JobState} from '../../../src/domain/jobs/job-state.js';
import {Calendar} from '../../../src/domain/time/period.js';

const at = (ms: number) => ms as EpochMs;
const time = (text: string) => Date.parse(text) as EpochMs;
const NEW: JobState = {v: 1, runCount: 0, errorCount: 0, skipCount: 0};
const MADE = at(100);
const MINUTE = 60_000;

function aJob(name: JobName = 'rollup-day'): Job {
  return {name, cron: '0 0 1 * * *', timeZone: 'UTC', jitterMs: 0, maxRunMs: 1};
}

test.each<[string, JobState, number | undefined, string]>([
  ['no slot has come', NEW, undefined, 'not-due'],
  ['a slot before the store was made', NEW, 100, 'not-due'],
  ['a slot after it', NEW, 101, 'due'],
  ['a slot that is handled', {...NEW, lastSlot: at(500)}, 500, 'not-due'],
  ['the slot after it', {...NEW, lastSlot: at(500)}, 501, 'due'],
  ['a slot before it was installed', {...NEW, baseline: at(500)}, 499, 'not-due'],
  ['a slot that failed', {...NEW, attempt: {slot: at(500), tries: 2, startedAt: at(500), trigger: 'cron', phase: 'again'}}, 500, 'due'],
  ['a slot while it is paused', {...NEW, paused: {since: at(200)}}, 500, 'paused'],
  ['a slot of a pause that has ended', {...NEW, paused: {since: at(200), until: at(600)}}, 599, 'not-due'],
  ['the slot at the end of a pause', {...NEW, paused: {since: at(200), until: at(600)}}, 600, 'due'],
])('%s', (_, state, previous, expected) => {
  const slot = previous === undefined ? undefined : at(previous);
  expect(judge(state, {previous: slot, ripe: slot}, MADE, at(1_000)).kind).toBe(expected);
});

test('a slot that was tried and left for a period that is too young is due again once that is old enough, and when a new slot comes', () => {
  const state: JobState = {
    ...NEW,
    lastSlot: at(300),
    attempt: {slot: at(500), tries: 0, startedAt: at(500), trigger: 'cron', phase: 'unripe'},
  };
  const kind = (previous: number, ripe: number) => judge(state, {previous: at(previous), ripe: at(ripe)}, MADE, at(1_000)).kind;
  expect([kind(500, 300), kind(500, 400), kind(500, 500), kind(900, 300)]).toEqual(['not-due', 'due', 'due', 'due']);
});

test('a store that was made while the clock was ahead does not wait for it', () => {
  expect(handledUpTo(NEW, at(5_000), at(1_000))).toBe(0);
});

test.each<[string, string, string]>([
  // The day before has ended at 00:00: half an hour later its slot is ripe, until then only slots of the day before.
  ['UTC', '2024-01-16T01:00:00Z', '2024-01-16T01:00:00Z'],
  ['UTC', '2024-01-16T00:29:59Z', '2024-01-15T23:59:59.999Z'],
  ['UTC', '2024-01-16T00:30:00Z', '2024-01-16T00:30:00Z'],
  // This day begins at 01:00.
  ['Africa/Cairo', '2024-04-25T22:29:59Z', '2024-04-25T21:59:59.999Z'],
  ['Africa/Cairo', '2024-04-25T22:30:00Z', '2024-04-25T22:30:00Z'],
])('in %s at %s slots are ripe up to %s', (zone, now, expected) => {
  expect(ripeUpTo(aJob(), new Calendar(zone), 30 * MINUTE, time(now))).toBe(time(expected));
});

test.each<JobName>(['rollup-segment', 'compact'])('%s makes no periods and waits for none', (name) => {
  const now = time('2024-01-16T00:00:01Z');
  expect(ripeUpTo(aJob(name), new Calendar('UTC'), 30 * MINUTE, now)).toBe(now);
});

test('a slot is ripe exactly when every period that had ended by then is old enough', () => {
  const zone = fc.constantFrom('UTC', 'Africa/Cairo', 'America/Havana', 'Australia/Lord_Howe', 'Pacific/Apia');
  const instant = fc.integer({min: time('2011-12-25T00:00:00Z'), max: time('2024-12-31T00:00:00Z')});
  const age = fc.integer({min: 30, max: 3_000}).map((minutes) => minutes * MINUTE);
  fc.assert(
    fc.property(zone, instant, fc.integer({min: 0, max: 3 * 86_400_000}), age, (name, now, before, minAgeMs) => {
      const calendar = new Calendar(name);
      const slot = at(now - before);
      // The last period that had ended by then ended where the slot's day began.
      const isRipe = now - calendar.dayStart(calendar.dateOf(slot)) >= minAgeMs;
      expect(slot <= ripeUpTo(aJob(), calendar, minAgeMs, at(now))).toBe(isRipe);
    }),
    {numRuns: 500},
  );
});

test('slots are known from the one before now to the one after it, of the same expression in the same zone', () => {
  const known = {cron: '0 0 1 * * *', timeZone: 'UTC', previous: at(1_000), next: at(2_000)};
  expect([999, 1_000, 1_999, 2_000].map((now) => isKnown(known, aJob(), at(now)))).toEqual([false, true, true, false]);
  expect(isKnown(undefined, aJob(), at(1_500))).toBe(false);
  expect(isKnown({...known, cron: '0 1 * * *'}, aJob(), at(1_500))).toBe(false);
  expect(isKnown({...known, timeZone: 'Europe/Berlin'}, aJob(), at(1_500))).toBe(false);
});
