import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {dateOf, dayId, type LocalDate} from '../../domain/toc/node-id.js';
import type {EventPreview, EventSource, EventsOf, Section} from '../../domain/toc/screen-want.js';
import {type EventList, readUnsuperseded} from '../access/read-superseded.js';
import type {PlaceReading} from './place-reading.js';
import {datesOfPart} from './project-part.js';
import {readPlaces} from './read-places.js';

/** A row shows one line of an event, and no screen is wider than this. In UTF-16 units. */
const START_LENGTH = 600;
/** So many events are read at once: each may be a megabyte, and is held no longer than its preview is made. */
const EVENTS_PER_READ = 16;

/** In the order of `ids`. Events that do not exist are left out. */
export async function* readPreviews({current}: PlaceReading, ids: readonly EventId[]): AsyncGenerator<void, readonly EventPreview[]> {
  const previews: EventPreview[] = [];
  for (let at = 0; at < ids.length; at += EVENTS_PER_READ) {
    for (const event of await current().eventsOf(ids.slice(at, at + EVENTS_PER_READ)))
      if (event !== undefined) previews.push(previewOf(event));
    yield;
  }
  return previews;
}

function previewOf({id, time, role, type, sessionId, agent, text, metadata}: AgentEvent): EventPreview {
  const {speaker, tool_name: toolName} = metadata;
  return {
    id,
    time,
    role,
    type,
    sessionId,
    agent,
    speaker: typeof speaker === 'string' ? speaker.slice(0, START_LENGTH) : '',
    toolName: typeof toolName === 'string' ? toolName.slice(0, START_LENGTH) : '',
    // White space at the start would leave the row empty.
    start: text
      .slice(0, 4 * START_LENGTH)
      .trimStart()
      .slice(0, START_LENGTH),
  };
}

/**
 * The dates of the events, and how many each has. Where there may be many dates, events are not read: of what no rollup has read yet, what
 * is superseded is counted, and {@link readEventIds} gives fewer.
 */
export async function* readSections(reading: PlaceReading, of: EventsOf): AsyncGenerator<void, readonly Section[]> {
  switch (of.kind) {
    case 'dates': {
      const sections = new Map<LocalDate, Section>();
      for (const {date, count, activity} of await reading.current().sessionDays(of.dates)) {
        const known = sections.get(date);
        sections.set(date, {date, count: (known?.count ?? 0) + count, rows: (known?.rows ?? 0) + (activity?.events ?? count)});
      }
      const {part} = reading;
      if (part === undefined) return [...sections.values()];
      return datesOfPart(part, of.dates).flatMap((date): Section[] => {
        const section = sections.get(date);
        return section === undefined ? [] : [{...section, rows: part.days.get(date) ?? 0}];
      });
    }
    case 'session': {
      const ids = yield* readEventIds(reading, of, of.date);
      return ids.length === 0 ? [] : [{date: of.date, count: ids.length, rows: ids.length}];
    }
    case 'segment': {
      const ids = yield* readEventIds(reading, of, dateOf(of.id));
      return ids.length === 0 ? [] : [{date: dateOf(of.id), count: ids.length, rows: ids.length}];
    }
  }
}

/** The ids of one date's events, in the one order of events, without what is superseded. A segment is shown whole, whatever project is. */
export async function* readEventIds(reading: PlaceReading, of: EventsOf, date: LocalDate): AsyncGenerator<void, readonly EventId[]> {
  if (of.kind === 'segment') {
    const [node] = yield* readPlaces(reading, [{parent: dayId(date), id: of.id}]);
    return node?.tocLevel === 'segment' ? node.childIds : [];
  }
  const {calendar, part} = reading;
  const {start, end} = calendar.boundsOf(dayId(date));
  const ids: EventId[] = [];
  let from: EpochMs | undefined = start;
  while (from !== undefined && from < end) {
    const page: EventList = yield* readUnsuperseded(reading.current, from, end, of.kind === 'session' ? of.sessionKey : undefined);
    ids.push(...page.events.filter(({project}) => part === undefined || part.isIn(project)).map(({id}) => id));
    from = page.next;
    yield;
  }
  return ids;
}

/** An event among those of its session on its day; the one before it where it is superseded by now. Undefined when it does not exist. */
export async function* readSource(reading: PlaceReading, id: EventId): AsyncGenerator<void, EventSource | undefined> {
  const [event] = await reading.current().eventsOf([id]);
  if (event === undefined) return undefined;
  const of = {kind: 'session', date: reading.calendar.dateOf(event.time), sessionKey: sessionKeyOf(event.agent, event.sessionId)} as const;
  const ids = yield* readEventIds(reading, of, of.date);
  const at = ids.indexOf(event.id);
  if (at >= 0) return {of, ids, at};
  const times = await reading.current().eventTimes(ids);
  return {of, ids, at: Math.max(0, times.filter((time) => time <= event.time).length - 1)};
}
