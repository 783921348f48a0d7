import type {AgentEvent, SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import {ByteReader, ByteWriter} from './bytes.js';
import type {CountedEvents, IndexedEvent, Postings, SessionDayCounter, SessionDayEntry} from './entry.js';
import {readEvents, readRowEvents, writeEvents} from './event-columns.js';
import {INDEX_VERSION} from './index-version.js';
import {readPostings} from './posting-list.js';

/** A session-day's entry that is not merged yet, and the mark that it was counted under. */
export interface PendingEntry {
  readonly entry: SessionDayEntry;
  /** Empty where the session-day had no mark. The entry holds as long as the mark has this token, or is gone. */
  readonly token: string;
}

/*
 * A pending entry: the version of the index, the mark's token, session id, agent, the events, then how many terms and of each the text and
 * its postings, in the order in which they came up.
 */

/** Counts a session-day's events into its pending entry. @param token of the mark that they were read under */
export function countIntoRow(counter: SessionDayCounter, events: readonly AgentEvent[], token: string): Buffer {
  const counted = counter.count(events);
  const {counts} = counter;
  const {terms} = counts;
  const writer = new ByteWriter();
  writeHead(writer, counted, token);
  writer.number(terms.length);
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? 0;
    writer.text(counter.termOf(term));
    counts.writePostings(writer, term);
  }
  return writer.take();
}

function writeHead(writer: ByteWriter, {sessionId, agent, events}: CountedEvents, token: string): void {
  writer.number(INDEX_VERSION);
  writer.text(token);
  writer.text(sessionId);
  writer.text(agent);
  writeEvents(writer, events);
}

/** @returns undefined where another version of the index made it: it is to be counted again */
export function decodePendingEntry(date: LocalDate, sessionKey: SessionKey, row: Buffer): PendingEntry | undefined {
  const reader = new ByteReader(row);
  if (reader.number() !== INDEX_VERSION) return undefined;
  const token = reader.text();
  const sessionId = reader.text();
  const agent = reader.text();
  const events = readEvents(reader);
  const postings = new Map<string, Postings>();
  for (let terms = reader.number(); terms > 0; terms--) postings.set(reader.text(), readPostings(reader));
  return {entry: {date, sessionKey, sessionId, agent, events, postings}, token};
}

/** What stays of a session-day beside its month's blocks: who spoke, and the events. */
export interface EventsRow {
  readonly sessionId: string;
  readonly agent: string;
  readonly events: readonly IndexedEvent[];
}

export function decodeEventsRow(row: Buffer): EventsRow {
  const reader = new ByteReader(row);
  return {sessionId: reader.text(), agent: reader.text(), events: readEvents(reader)};
}

/** Its events alone, for a search, which asks for few of their ids. */
export function openEventsRow(row: Buffer): readonly IndexedEvent[] {
  const reader = new ByteReader(row);
  reader.passOver(reader.number());
  reader.passOver(reader.number());
  return readRowEvents(reader);
}
