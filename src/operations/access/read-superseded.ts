import type {AgentEvent, EpochMs, EventId, SessionKey} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {isStandIn, mayBeAnsweredLater, SUPERSEDED_WITHIN_MS, supersededOf} from '../../domain/event/identity/superseded.js';
import {instant} from '../../domain/time/instant.js';
import type {EventPage, Store} from '../../store/port/store.js';

/**
 * Those of the events that are superseded. What is around them is read only where one of them stands in for another. It yields where the
 * store may be let go.
 */
export async function* readSuperseded(
  current: () => Pick<Store, 'events'>,
  events: readonly AgentEvent[],
): AsyncGenerator<undefined, ReadonlySet<EventId>> {
  const standIns = events.filter(isStandIn);
  if (standIns.length === 0) return supersededOf(events);
  const around = yield* readAround(current, standIns, SUPERSEDED_WITHIN_MS);
  return supersededOf(events, [...events, ...around]);
}

export interface EventList {
  readonly events: readonly AgentEvent[];
  /** Where the next page begins; undefined behind the last one. */
  readonly next: EpochMs | undefined;
}

/**
 * A page of events from `start` (inclusive) to `end` (exclusive), without what is superseded: nobody said it twice. It yields where the
 * store may be let go.
 * @param session the only one that is wanted; undefined for all
 */
export async function* readUnsuperseded(
  current: () => Pick<Store, 'events'>,
  start: EpochMs,
  end: EpochMs,
  session?: SessionKey,
): AsyncGenerator<undefined, EventList> {
  const page = await current().events(start, end);
  const wanted = page.events.filter(({head}) => session === undefined || head.sessionKey === session);
  const events = wanted.map(({head, record}) => decodeEvent(record, head));
  const superseded = yield* readSuperseded(current, events);
  const answered = page.next === undefined ? NO_IDS : yield* readAnswered(current, events, page.next, end);
  return {events: events.filter(({id}) => !superseded.has(id) && !answered.has(id)), next: page.next};
}

const NO_IDS: ReadonlySet<EventId> = new Set();

/** Those of a page's events whose tool has its result behind the page. */
async function* readAnswered(
  current: () => Pick<Store, 'events'>,
  events: readonly AgentEvent[],
  from: EpochMs,
  end: EpochMs,
): AsyncGenerator<undefined, ReadonlySet<EventId>> {
  const waiting = events.filter(mayBeAnsweredLater);
  const last = waiting.at(-1);
  if (last === undefined) return NO_IDS;
  const sessions = new Set(waiting.map(({agent, sessionId}) => sessionKeyOf(agent, sessionId)));
  const sources = new Set(waiting.map(({sourceEventId}) => sourceEventId));
  const answers: AgentEvent[] = [];
  const until = instant(Math.min(end, last.time + SUPERSEDED_WITHIN_MS));
  for (let next: EpochMs | undefined = from; next !== undefined && next < until; ) {
    const page: EventPage = await current().events(next, until);
    for (const {head, record} of page.events) {
      if (!sessions.has(head.sessionKey)) continue;
      const event = decodeEvent(record, head);
      // The others are not kept: they may be many, and each a megabyte.
      if (sources.has(event.sourceEventId)) answers.push(event);
    }
    next = page.next;
    yield undefined;
  }
  return supersededOf(waiting, [...waiting, ...answers]);
}

/** The events of the same sessions within some time of the given ones. */
export async function* readAround(
  current: () => Pick<Store, 'events'>,
  events: readonly AgentEvent[],
  withinMs: number,
): AsyncGenerator<undefined, readonly AgentEvent[]> {
  const sessions = new Set(events.map(({agent, sessionId}) => sessionKeyOf(agent, sessionId)));
  const found: AgentEvent[] = [];
  for (const {start, end} of stretchesAround(events, withinMs)) {
    let from: EpochMs | undefined = start;
    while (from !== undefined) {
      const page = await current().events(from, end);
      for (const {head, record} of page.events) if (sessions.has(head.sessionKey)) found.push(decodeEvent(record, head));
      from = page.next;
      yield undefined;
    }
  }
  return found;
}

/** Half-open, and none touches another. */
function stretchesAround(events: readonly AgentEvent[], withinMs: number): readonly {start: EpochMs; end: EpochMs}[] {
  const stretches: {start: EpochMs; end: EpochMs}[] = [];
  for (const time of events.map((event) => event.time).sort((a, b) => a - b)) {
    const [start, end] = [instant(Math.max(0, time - withinMs)), instant(time + withinMs + 1)];
    const last = stretches.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else stretches.push({start, end});
  }
  return stretches;
}
