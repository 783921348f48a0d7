import type {SessionKey} from '../../event/event.js';
import {sessionKey} from '../../event/identity/event-id.js';
import {type LocalDate, localDate} from '../../toc/node-id.js';
import {ByteReader, ByteWriter} from './bytes.js';
import {INDEX_VERSION} from './index-version.js';
import type {MergedDay} from './month.js';
import {NumberColumn, writeColumn} from './number-column.js';

export interface MonthHeader {
  /** Which merge made it: part of its buckets' keys. */
  readonly generation: number;
  /** A power of two. */
  readonly buckets: number;
  /** By date and session; postings name them by their place here. */
  readonly days: readonly MergedDay[];
}

/** A header as it is read from its row. */
export interface StoredHeader {
  readonly generation: number;
  readonly buckets: number;
  readonly days: StoredDays;
}

/** All session keys have so many characters, of ASCII. */
const KEY_LENGTH = 16;

/*
 * A month's header: the version of the index, the generation, the number of buckets; how many session-days, the events and terms of all
 * of them; the agents; the projects; the sets of projects that a session-day has, each how many and their numbers. Then columns, a number
 * for each session-day: day of the month, agent, set of projects, events, terms; and the session keys.
 */

export function encodeMonthHeader({generation, buckets, days}: MonthHeader): Buffer {
  const writer = new ByteWriter();
  const agents = numbered(days.map(({agent}) => agent));
  const projects = numbered(days.flatMap((day) => day.projects));
  const sets = numbered(days.map((day) => setOf(day, projects)));
  for (const number of [INDEX_VERSION, generation, buckets, days.length]) writer.number(number);
  writer.number(days.reduce((sum, {events}) => sum + events, 0));
  writer.number(days.reduce((sum, {length}) => sum + length, 0));
  for (const texts of [agents, projects]) {
    writer.number(texts.size);
    for (const text of texts.keys()) writer.text(text);
  }
  writer.number(sets.size);
  for (const set of sets.keys()) {
    const members = set === '' ? [] : set.split(' ');
    writer.number(members.length);
    for (const member of members) writer.number(Number(member));
  }
  const columns: readonly ((day: MergedDay) => number)[] = [
    ({date}) => Number(date.slice(8)),
    ({agent}) => agents.get(agent) ?? 0,
    (day) => sets.get(setOf(day, projects)) ?? 0,
    ({events}) => events,
    ({length}) => length,
  ];
  for (const column of columns) writeColumn(writer, days.map(column));
  for (const {sessionKey: key} of days) writer.bytes(Buffer.from(key, 'latin1'));
  return writer.take();
}

/** Each text once, with its number. */
function numbered(texts: readonly string[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const text of texts) if (!numbers.has(text)) numbers.set(text, numbers.size);
  return numbers;
}

function setOf({projects}: MergedDay, numbers: ReadonlyMap<string, number>): string {
  return projects.map((project) => numbers.get(project)).join(' ');
}

/** The session-days of a month, as its header has them. There may be tens of thousands in a memory, and few are asked for: each is read when it is asked for. */
export class StoredDays {
  readonly length: number;
  /** Of all of them together. */
  readonly events: number;
  readonly terms: number;
  /** All that one of them has. */
  readonly projects: readonly string[];
  readonly #month: string;
  readonly #agents: readonly string[];
  readonly #sets: readonly (readonly string[])[];
  readonly #day: NumberColumn;
  readonly #agent: NumberColumn;
  readonly #set: NumberColumn;
  readonly #events: NumberColumn;
  readonly #terms: NumberColumn;
  readonly #keys: Buffer;
  readonly #dates: LocalDate[] = [];

  constructor(month: string, reader: ByteReader) {
    this.#month = month;
    this.length = reader.number();
    this.events = reader.number();
    this.terms = reader.number();
    this.#agents = readTexts(reader);
    this.projects = readTexts(reader);
    this.#sets = Array.from({length: reader.number()}, () =>
      Array.from({length: reader.number()}, () => this.projects[reader.number()] ?? ''),
    );
    [this.#day, this.#agent, this.#set] = [this.#column(reader), this.#column(reader), this.#column(reader)];
    [this.#events, this.#terms] = [this.#column(reader), this.#column(reader)];
    this.#keys = reader.bytes(KEY_LENGTH * this.length);
  }

  #column(reader: ByteReader): NumberColumn {
    return new NumberColumn(reader, this.length);
  }

  date(place: number): LocalDate {
    const day = this.#day.at(place);
    this.#dates[day] ??= localDate(`${this.#month}-${String(day).padStart(2, '0')}`);
    return this.#dates[day];
  }

  sessionKey(place: number): SessionKey {
    return sessionKey(this.#keys.toString('latin1', KEY_LENGTH * place, KEY_LENGTH * (place + 1)));
  }

  agent(place: number): string {
    return this.#agents[this.#agent.at(place)] ?? '';
  }

  /** Sorted, each once. */
  projectsOf(place: number): readonly string[] {
    return this.#sets[this.#set.at(place)] ?? [];
  }

  eventsOf(place: number): number {
    return this.#events.at(place);
  }

  /** The terms of all its events together. */
  lengthOf(place: number): number {
    return this.#terms.at(place);
  }

  /** All of them, read. */
  list(): readonly MergedDay[] {
    return Array.from({length: this.length}, (_, place) => ({
      date: this.date(place),
      sessionKey: this.sessionKey(place),
      agent: this.agent(place),
      events: this.eventsOf(place),
      length: this.lengthOf(place),
      projects: this.projectsOf(place),
    }));
  }
}

function readTexts(reader: ByteReader): readonly string[] {
  return Array.from({length: reader.number()}, () => reader.text());
}

/** @param month `2024-01` @returns undefined where another version of the index made it @throws RangeError where the row is not as it was written */
export function decodeMonthHeader(month: string, row: Buffer): StoredHeader | undefined {
  const reader = new ByteReader(row);
  if (reader.number() !== INDEX_VERSION) return undefined;
  return {generation: reader.number(), buckets: reader.number(), days: new StoredDays(month, reader)};
}
