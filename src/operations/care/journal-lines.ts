import type {EventId} from '../../domain/event/event.js';
import {readEventHead} from '../../domain/event/event-record.js';
import {eventId} from '../../domain/event/identity/event-id.js';
import {recordOfLine} from '../../domain/event/line/event-line.js';
import type {JournalFile, JournalPart} from '../../journal/journal.js';
import type {StoredEvent} from '../../store/port/store.js';

/** The lines of a part of a journal's file, without their line feeds. */
export function linesOf(lines: Buffer): readonly string[] {
  return lines.length === 0 ? [] : lines.toString('utf8', 0, lines.length - 1).split('\n');
}

/** The event of a line; the reason where it holds no event. */
export function eventOfLine(line: string): StoredEvent | string {
  try {
    const record = recordOfLine(line);
    return {head: readEventHead(record), record};
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

const ID = /^\{"event_id":"([0-9A-Z]{26})"/;

/** The id that a line begins with: for who need not know whether the rest of it is right. */
export function idOfLine(line: string): EventId | undefined {
  const [, id] = ID.exec(line) ?? [];
  return id === undefined ? undefined : eventId(id);
}

/** Which version of which node a line tells of, as `<node id>#<version>`; undefined for none. */
export function versionOfLine(line: string): string | undefined {
  try {
    const {id, version} = Object(JSON.parse(line));
    return typeof id === 'string' && typeof version === 'number' ? `${id}#${version}` : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A place in the journal, for people. */
export function placeIn({writer, name}: JournalFile, {at}: Pick<JournalPart, 'at'>): string {
  return `${writer}/${name} at byte ${at}`;
}
