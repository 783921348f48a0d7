import type {AgentEvent, EventId} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {dayId, type NodeId} from '../../domain/toc/node-id.js';
import type {EventPlace} from '../../domain/toc/screen-want.js';
import {findSegments} from '../search/find-segments.js';
import type {PlaceReading} from './place-reading.js';
import {readPath, readRows} from './read-places.js';
import {readSource} from './read-screen-events.js';

/** Where an event stands in the tree; the events around it where no segment has it. Undefined when it does not exist. */
export async function* readEventPlace(reading: PlaceReading, id: EventId): AsyncGenerator<void, EventPlace | undefined> {
  const [event] = await reading.current().eventsOf([id]);
  if (event === undefined) return undefined;
  const to = dayId(reading.calendar.dateOf(event.time));
  const {rows, place: day} = yield* readPath(reading, {parent: undefined, id: to});
  if (day?.id === to) {
    const segments = yield* readRows(reading, day);
    const found = await findSegmentId(reading, event);
    if (found !== undefined && segments.ids.includes(found)) {
      const segment = {parent: to, id: found};
      const events = yield* readRows(reading, segment);
      if (events.ids.includes(id)) return {kind: 'segment', rows: [...rows, segments, events], segment};
    }
  }
  const source = yield* readSource(reading, id);
  return source && {kind: 'source', source};
}

/** In a session-day that was cut again, its new segments count; its day's rows must have been read. */
async function findSegmentId({current, calendar, cutDays}: PlaceReading, event: AgentEvent): Promise<NodeId | undefined> {
  const date = calendar.dateOf(event.time);
  for (const {cut = []} of cutDays.done.get(date) ?? [])
    for (const {segment} of cut) if (segment.events.some(({id}) => id === event.id)) return segment.id;
  const segmentOf = await findSegments(current(), [date]);
  return segmentOf({sessionKey: sessionKeyOf(event.agent, event.sessionId), time: event.time})?.id;
}
