import {type CronExpression, CronExpressionParser} from 'cron-parser';
import type {EpochMs} from '../../domain/event/event.js';
import {DAY_MS} from '../../domain/time/durations.js';
import type {CronField, CronFields, CronSlots} from '../scheduler.js';
import {type ParsedCron, parseCron} from './cron-grammar.js';
import {WallClock, type WallTime} from './wall-clock.js';

// February 29 is 8 years away at most.
const HORIZON_MS = 9 * 366 * DAY_MS;
const LOOK_MS = 3 * DAY_MS;

/** An expression on a calendar without zones. */
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

/** Without ranges, steps and names, which dialects take in different ways. */
function plainText({second, minute, hour, dayOfMonth, month, dayOfWeek}: CronFields): string {
  const text = (field: CronField): string => (field === 'any' ? '*' : field.join(','));
  return [second, minute, hour, dayOfMonth, month, dayOfWeek].map(text).join(' ');
}

// Jobs are few, and asked of again and again.
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
 * Slots by `cron-parser`. It is asked in UTC alone, about what the zone's clocks show, and the clock's changes are followed here: in a zone
 * it runs a fixed time that is skipped at another minute or not at all, and throws or walks on where the change is of half an hour.
 *
 * What is an interval: an expression whose hour field begins with `*` or `?`. All others are fixed times, also with a step of minutes. (Vixie
 * cron looks at the minute as well, and so leaves out the whole day of a job at every quarter of 02 where that hour is skipped.)
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
  return Math.abs(slot - at) <= HORIZON_MS ? (slot as EpochMs) : undefined;
}

/** The first instant after `at` whose wall time is a slot: from one change of the clock to the next, as many as there are on the way. */
function intervalAfter(cron: WallCron, clock: WallClock, at: number): number {
  let from = at;
  for (;;) {
    const offset = clock.offsetAt(from);
    const slot = cron.after(from + offset) - offset;
    const change = clock.firstChange(from, Math.min(slot, from + LOOK_MS));
    if (change !== undefined) {
      // The instant of the change may be a slot itself, by what the clock is set to.
      const wall = change + clock.offsetAt(change);
      if (cron.atOrBefore(wall) === wall) return change;
      from = change;
    } else if (slot <= from + LOOK_MS) {
      return slot;
    } else {
      // The clock is set by a day at most, so that no slot is among the days left out.
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
