import {type CronExpression, CronExpressionParser} from 'cron-parser';
import type {EpochMs} from '../../domain/event/event.js';
import {DAY_MS} from '../../domain/time/durations.js';
import {instant as toInstant} from '../../domain/time/instant.js';
import type {CronField, CronFields, CronSlots} from '../scheduler.js';
import {type ParsedCron, parseCron} from './cron-grammar.js';
import {WallClock, type WallTime} from './wall-clock.js';

// February 29 is at most 8 years away.
const HORIZON_MS = 9 * 366 * DAY_MS;
const LOOK_MS = 3 * DAY_MS;

/** A cron expression on a calendar without time zones. */
class WallCron {
  readonly isInterval: boolean;
  readonly #expression: CronExpression;

  constructor({fields, isInterval}: ParsedCron) {
    this.isInterval = isInterval;
    this.#expression = CronExpressionParser.parse(plainText(fields), {tz: 'UTC'});
  }

  after(wall: WallTime): WallTime {
    this.#expression.reset(new Date(wall));
    return this.#expression.next().getTime();
  }

  atOrBefore(wall: WallTime): WallTime {
    this.#expression.reset(new Date(wall + 1));
    return this.#expression.prev().getTime();
  }
}

/** Without ranges, steps and names: dialects of cron read those differently. */
function plainText({second, minute, hour, dayOfMonth, month, dayOfWeek}: CronFields): string {
  const text = (field: CronField): string => (field === 'any' ? '*' : field.join(','));
  return [second, minute, hour, dayOfMonth, month, dayOfWeek].map(text).join(' ');
}

// There are few jobs, and callers ask about them again and again.
const crons = new Map<string, WallCron>();
const clocks = new Map<string, WallClock>();

function cronOf(text: string): WallCron {
  return remembered(crons, text, () => new WallCron(parseCron(text)));
}

function clockOf(timeZone: string): WallClock {
  return remembered(clocks, timeZone, () => new WallClock(timeZone));
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/**
 * Slots by `cron-parser`. It is asked only in UTC, about what the zone's clocks show; this file follows the changes of the clock. Asked in a
 * zone, cron-parser runs a skipped fixed time at another minute or not at all. At a change of half an hour it throws or runs on.
 *
 * An interval is an expression whose hour field begins with `*` or `?`. All others are fixed times, even with a step of minutes. (Vixie cron
 * also looks at the minute. So a job at every quarter of 02 loses its whole day when that hour is skipped.)
 */
export const cronSlots: CronSlots = {
  parse: (cron) => parseCron(cron).fields,

  previous(text, timeZone, at) {
    const cron = cronOf(text);
    const clock = clockOf(timeZone);
    const slot = cron.isInterval ? intervalBefore(cron, clock, at) : clock.firstInstant(cron.atOrBefore(clock.latestWall(at)));
    return within(slot, at);
  },

  next(text, timeZone, at) {
    const cron = cronOf(text);
    const clock = clockOf(timeZone);
    const slot = cron.isInterval ? intervalAfter(cron, clock, at) : clock.firstInstant(cron.after(clock.latestWall(at)));
    return within(slot, at);
  },
};

function within(slot: number, at: number): EpochMs | undefined {
  return Math.abs(slot - at) <= HORIZON_MS ? toInstant(slot) : undefined;
}

/** The first instant after `at` whose wall time is a slot. Goes from one change of the clock to the next. */
function intervalAfter(cron: WallCron, clock: WallClock, at: number): number {
  let from = at;
  for (;;) {
    const offset = clock.offsetAt(from);
    const slot = cron.after(from + offset) - offset;
    const change = clock.firstChange(from, Math.min(slot, from + LOOK_MS));
    if (change !== undefined) {
      // The instant of the change may itself be a slot, by the new clock.
      const wall = change + clock.offsetAt(change);
      if (cron.atOrBefore(wall) === wall) return change;
      from = change;
    } else if (slot <= from + LOOK_MS) {
      return slot;
    } else {
      // The clock changes by at most a day, so the skipped days contain no slot.
      from = slot - LOOK_MS + DAY_MS;
    }
  }
}

/** The last instant at or before `at` whose wall time is a slot. */
function intervalBefore(cron: WallCron, clock: WallClock, at: number): number {
  let from = at;
  for (;;) {
    const offset = clock.offsetAt(from);
    const slot = cron.atOrBefore(from + offset) - offset;
    const change = clock.lastChange(Math.max(slot, from - LOOK_MS), from);
    if (change === undefined && slot >= from - LOOK_MS) return slot;
    from = change === undefined ? slot + LOOK_MS - DAY_MS : change - 1;
  }
}
