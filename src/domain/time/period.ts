import type {EpochMs} from '../event/event.js';
import {
  dateOf,
  dayId,
  type LocalDate,
  monthIdOf,
  type NodeId,
  type PeriodId,
  type PeriodLevel,
  periodId,
  periodPartOf,
  tocLevelOf,
  yearIdOf,
} from '../toc/node-id.js';
import {HOUR_MS} from './durations.js';
import {instant as toInstant} from './instant.js';
import {addDays, addMonths, dayOfMonth, isoDateOf, isoWeekOf, mondayOf, monthName, parseDate, weekdayName} from './local-date.js';
import {offsetText, type ZoneOffset, zoneOffset} from './time-zone.js';

/** Half-open: `[start, end)`. */
export interface Period {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** The ISO week of a date. */
export function weekIdOf(date: LocalDate): PeriodId {
  const {year, week} = isoWeekOf(date);
  return periodId('week', `${String(year).padStart(4, '0')}:W${String(week).padStart(2, '0')}`);
}

/** The period of `tocLevel` that contains a date. */
export function periodIdOf(tocLevel: PeriodLevel, date: LocalDate): PeriodId {
  switch (tocLevel) {
    case 'year':
      return yearIdOf(date);
    case 'month':
      return monthIdOf(date);
    case 'week':
      return weekIdOf(date);
    case 'day':
      return dayId(date);
  }
}

/** The first date of a period; undefined when the period does not exist (February 30, week 53 of a year with 52). */
export function findFirstDate(id: NodeId): LocalDate | undefined {
  const part = periodPartOf(id);
  switch (tocLevelOf(id)) {
    case 'year':
      return parseDate(`${part}-01-01`);
    case 'month':
      return parseDate(`${part.replace(':', '-')}-01`);
    case 'week':
      return mondayOf(Number(part.slice(0, 4)), Number(part.slice(6)));
    case 'day':
    case 'segment':
      return parseDate(part.slice(0, 10));
  }
}

/** The first date of an existing period. */
export function firstDateOf(id: NodeId): LocalDate {
  const date = findFirstDate(id);
  if (date === undefined) throw new RangeError(`${id} names no period`);
  return date;
}

/** The first date after a period. */
export function endDateOf(id: NodeId): LocalDate {
  const first = firstDateOf(id);
  switch (tocLevelOf(id)) {
    case 'year':
      return addMonths(first, 12);
    case 'month':
      return addMonths(first, 1);
    case 'week':
      return addDays(first, 7);
    case 'day':
    case 'segment':
      return addDays(first, 1);
  }
}

/** A period's last date. */
export function lastDateOf(id: NodeId): LocalDate {
  return addDays(endDateOf(id), -1);
}

/** The nodes that have this one as an input: for a segment its day; for a day its week and month; for a month its year. */
export function dependentsOf(id: NodeId): readonly PeriodId[] {
  switch (tocLevelOf(id)) {
    case 'segment':
      return [dayId(dateOf(id))];
    case 'day':
      return [weekIdOf(dateOf(id)), monthIdOf(dateOf(id))];
    case 'month':
      return [periodId('year', periodPartOf(id).slice(0, 4))];
    case 'week':
    case 'year':
      return [];
  }
}

/** The parent in the strict tree segment → day → ISO week → month of the week's Thursday → year; undefined for a year. */
export function parentOf(id: NodeId): PeriodId | undefined {
  if (tocLevelOf(id) === 'week') return monthIdOf(addDays(firstDateOf(id), 3));
  return dependentsOf(id)[0];
}

/** A period's name. A segment's name needs the calendar: see `Calendar.labelOf`. */
export function periodLabel(id: NodeId): string {
  const first = firstDateOf(id);
  switch (tocLevelOf(id)) {
    case 'year':
      return periodPartOf(id);
    case 'month':
      return `${monthName(first)} ${first.slice(0, 4)}`;
    case 'week': {
      const [year = '', week = ''] = periodPartOf(id).split(':');
      return `Week ${Number(week.slice(1))} of ${year}`;
    }
    case 'day':
    case 'segment':
      return `${weekdayName(first)}, ${longDate(first)}`;
  }
}

/** `Jan 29`, for the bounds of a period. */
export function shortDate(date: LocalDate): string {
  return `${monthName(date).slice(0, 3)} ${dayOfMonth(date)}`;
}

/** `January 29, 2024`. */
function longDate(date: LocalDate): string {
  return `${monthName(date)} ${dayOfMonth(date)}, ${date.slice(0, 4)}`;
}

/** Clocks are set back by at most a few hours. */
const SET_BACK_MS = 3 * HOUR_MS;

/** Dates and instants in one zone. It remembers days: a run of events asks for the same day over and over. */
export class Calendar {
  readonly timeZone: string;
  readonly #offset: ZoneOffset;
  readonly #starts = new Map<LocalDate, EpochMs>();
  /** By whole days since 1970 in UTC: the days of the zone that touch them. */
  readonly #days = new Map<number, {date: LocalDate; start: EpochMs; end: EpochMs}[]>();
  /** The session-days of a date come one after the other, and each asks for its bounds. */
  #lastBounds: {readonly id: NodeId; readonly bounds: Period} | undefined;

  /** @param timeZone a name for which `isTimeZone` holds */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#offset = zoneOffset(timeZone);
  }

  #localDate(instant: number): LocalDate {
    return isoDateOf(instant + this.#offset(instant));
  }

  /** The date of the day that contains an instant. If clocks go back over midnight, it is the day that had begun before. */
  dateOf(instant: EpochMs): LocalDate {
    const utcDay = Math.floor(instant / (24 * HOUR_MS));
    const known = this.#days.get(utcDay) ?? [];
    for (const day of known) if (day.start <= instant && instant < day.end) return day.date;
    let date = this.#localDate(instant);
    if (instant >= this.dayStart(addDays(date, 1))) date = addDays(date, 1);
    known.push({date, start: this.dayStart(date), end: this.dayStart(addDays(date, 1))});
    this.#days.set(utcDay, known);
    return date;
  }

  /**
   * The first instant with the local date `date`; if the zone skipped the date, the first instant after it. Midnight may be missing or occur
   * twice, so it is searched, not computed.
   */
  dayStart(date: LocalDate): EpochMs {
    const known = this.#starts.get(date);
    if (known !== undefined) return known;
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const candidates = [-26, 0, 26]
      .map((hours) => midnight - this.#offset(midnight + hours * HOUR_MS))
      .filter((at) => this.#localDate(at) === date && this.#localDate(at - 1) < date)
      .sort((a, b) => a - b);
    const start = toInstant(candidates[0] ?? this.#searchDayStart(date, midnight));
    this.#starts.set(date, start);
    return start;
  }

  /** For a day without midnight: steps of a quarter of an hour to the first instant at or after the date, then halves. */
  #searchDayStart(date: LocalDate, midnight: number): number {
    let after = midnight - 16 * HOUR_MS;
    while (this.#localDate(after) < date) after += HOUR_MS / 4;
    let before = after - HOUR_MS / 4;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.#localDate(middle) < date) before = middle;
      else after = middle;
    }
    return after;
  }

  /** The bounds of a period from its id; for a segment's id, those of its day. A period ends where the next one starts. */
  boundsOf(id: NodeId): Period {
    if (this.#lastBounds?.id === id) return this.#lastBounds.bounds;
    const bounds = {start: this.dayStart(firstDateOf(id)), end: this.dayStart(endDateOf(id))};
    this.#lastBounds = {id, bounds};
    return bounds;
  }

  /** RFC 3339 with the zone's offset and milliseconds. */
  format(instant: EpochMs): string {
    const offset = this.#offset(instant);
    return new Date(instant + offset).toISOString().slice(0, -1) + offsetText(this.timeZone, offset);
  }

  /** `2026-11-20 14:05`, for people who know the zone; `2026-10-25 02:30+01:00` where the clock shows that twice. */
  formatMinute(instant: EpochMs): string {
    return this.format(instant).slice(0, 16).replace('T', ' ') + this.#offsetIfTwice(instant);
  }

  /** `14:05`, local time of day; `02:30+01:00` where the clock shows that twice on this date. */
  timeOfDay(instant: EpochMs): string {
    return new Date(instant + this.#offset(instant)).toISOString().slice(-13, -8) + this.#offsetIfTwice(instant);
  }

  /** The hour that the clock shows, 0 to 23. */
  hourOf(instant: EpochMs): number {
    const hours = Math.floor((instant + this.#offset(instant)) / HOUR_MS);
    return ((hours % 24) + 24) % 24;
  }

  /** The offset where the clock was or will be set back over this minute; otherwise nothing. */
  #offsetIfTwice(instant: EpochMs): string {
    const offset = this.#offset(instant);
    for (const near of [instant - SET_BACK_MS, instant + SET_BACK_MS]) {
      const other = this.#offset(near);
      if (other !== offset && this.#offset(instant + offset - other) === other) return offsetText(this.timeZone, offset);
    }
    return '';
  }

  /** A node's name: from its id, and for a segment also from the time of its first event. */
  labelOf(id: NodeId, start: EpochMs): string {
    if (tocLevelOf(id) !== 'segment') return periodLabel(id);
    return `${longDate(dateOf(id))} at ${this.timeOfDay(start)}`;
  }
}
