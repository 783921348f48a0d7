import type {SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import type {SearchedDays} from '../rank/view.js';
import type {SessionDayEntry} from './entry.js';
import type {IndexedDays} from './indexed-days.js';
import type {StoredHeader} from './month-header.js';
import {type MonthPart, partOfMonth} from './month-part.js';
import {monthOf, monthOfName} from './rows.js';

/** All session-days of the index. Most of a memory is merged and waits for nothing: of such months nothing is read but their sums, until a session-day is asked for. */
export class DayTable implements IndexedDays {
  /** By month. */
  readonly parts: readonly MonthPart[];
  readonly length: number;
  readonly events: number;
  readonly terms: number;
  #last: MonthPart | undefined;

  /**
   * @param waiting not merged, or counted just now
   * @param hidden names of session-days whose merged entry does not count
   */
  constructor(headers: ReadonlyMap<string, StoredHeader>, waiting: readonly SessionDayEntry[], hidden: Iterable<string>) {
    const entries = grouped(waiting, ({date}) => monthOf(date));
    const names = grouped(hidden, monthOfName);
    const parts: MonthPart[] = [];
    let [length, events, terms] = [0, 0, 0];
    for (const month of [...new Set([...headers.keys(), ...entries.keys()])].sort()) {
      const part = partOfMonth(month, length, headers.get(month), entries.get(month) ?? [], names.get(month) ?? []);
      parts.push(part);
      length += part.days.length;
      events += part.days.events;
      terms += part.days.terms;
    }
    [this.parts, this.length, this.events, this.terms] = [parts, length, events, terms];
  }

  get projects(): readonly string[] {
    return this.parts.flatMap(({days}) => days.projects);
  }

  date(day: number): LocalDate {
    const {days, start} = this.#partOf(day);
    return days.date(day - start);
  }

  sessionKey(day: number): SessionKey {
    const {days, start} = this.#partOf(day);
    return days.sessionKey(day - start);
  }

  lengthOf(day: number): number {
    const {days, start} = this.#partOf(day);
    return days.lengthOf(day - start);
  }

  agent(day: number): string {
    const {days, start} = this.#partOf(day);
    return days.agent(day - start);
  }

  projectsOf(day: number): readonly string[] {
    const {days, start} = this.#partOf(day);
    return days.projectsOf(day - start);
  }

  entryOf(day: number): SessionDayEntry | undefined {
    const {entries, start} = this.#partOf(day);
    return entries[day - start];
  }

  #partOf(day: number): MonthPart {
    const last = this.#last;
    if (last && last.start <= day && day < last.start + last.days.length) return last;
    let [low, high] = [0, this.parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.parts[middle]?.start ?? 0) <= day) low = middle;
      else high = middle - 1;
    }
    const found = this.parts[low];
    if (found === undefined || day < 0 || day >= this.length) throw new RangeError(`there is no session-day ${day} of ${this.length}`);
    this.#last = found;
    return found;
  }
}

/** Some of the session-days of an index, as if there were no others. */
export class SomeDays implements IndexedDays {
  readonly events: number;
  readonly terms: number;
  readonly #all: DayTable;
  /** Of each its place among all. */
  readonly #kept: Int32Array;

  constructor(all: DayTable, kept: Int32Array, {events, terms}: Pick<SearchedDays, 'events' | 'terms'>) {
    [this.#all, this.#kept, this.events, this.terms] = [all, kept, events, terms];
  }

  get length(): number {
    return this.#kept.length;
  }

  get projects(): readonly string[] {
    return [...new Set(Array.from(this.#kept, (day) => this.#all.projectsOf(day)).flat())];
  }

  date(day: number): LocalDate {
    return this.#all.date(this.#placeOf(day));
  }

  sessionKey(day: number): SessionKey {
    return this.#all.sessionKey(this.#placeOf(day));
  }

  lengthOf(day: number): number {
    return this.#all.lengthOf(this.#placeOf(day));
  }

  agent(day: number): string {
    return this.#all.agent(this.#placeOf(day));
  }

  projectsOf(day: number): readonly string[] {
    return this.#all.projectsOf(this.#placeOf(day));
  }

  entryOf(day: number): SessionDayEntry | undefined {
    return this.#all.entryOf(this.#placeOf(day));
  }

  #placeOf(day: number): number {
    return this.#kept[day] ?? -1;
  }
}

function grouped<T>(values: Iterable<T>, keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
