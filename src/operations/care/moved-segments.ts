import type {EventId, SessionKey} from '../../domain/event/event.js';
import {eventId, sessionKey, sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {isSegmentId, type SegmentId} from '../../domain/toc/node-id.js';
import type {Store} from '../../store/port/store.js';
import {nodeIn} from '../forget/change-lines.js';

/** The event that a segment begins with, and is named by. */
export function firstEventOf(id: SegmentId): EventId {
  return eventId(id.slice(id.lastIndexOf(':') + 1));
}

/**
 * Of lines of nodes those of segments whose first event is of another session now: a sync put another copy in its place, and the segment
 * went with the old one. The journal keeps what was said of it then; no store has it any more, and none is made with it.
 */
export async function movedSegments(store: Pick<Store, 'eventsOf'>, lines: Iterable<string>): Promise<ReadonlySet<string>> {
  const segments: {readonly line: string; readonly first: EventId; readonly session: SessionKey}[] = [];
  for (const line of lines) {
    const node = nodeOf(line);
    if (node !== undefined && isSegmentId(node.id))
      segments.push({line, first: firstEventOf(node.id), session: sessionKey(node.sessionKey)});
  }
  const events = await store.eventsOf(segments.map(({first}) => first));
  const isMoved = (at: number): boolean => {
    const [event, segment] = [events[at], segments[at]];
    return event !== undefined && segment !== undefined && sessionKeyOf(event.agent, event.sessionId) !== segment.session;
  };
  return new Set(segments.filter((_, at) => isMoved(at)).map(({line}) => line));
}

function nodeOf(line: string): ReturnType<typeof nodeIn> {
  try {
    return nodeIn(line);
  } catch (error) {
    // Another look tells of it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
