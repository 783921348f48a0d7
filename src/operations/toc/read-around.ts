import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {withProjectName} from '../../domain/event/project-names.js';
import {DAY_MS} from '../../domain/time/durations.js';
import {instant} from '../../domain/time/instant.js';
import {MemError} from '../../errors.js';
import {drainForReader} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {readUnsuperseded} from '../access/read-superseded.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';

export interface EventsAround {
  /** The event and its neighbours in its session, oldest first. */
  readonly events: readonly AgentEvent[];
  /** Whether all of the session within a day before it, or behind it, is among them. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly timeZone: string;
}

/**
 * Reads an event with up to `around` events of the same session before and behind it, at most a day away.
 * @throws MemError NO_NODE when it does not exist, NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function readAround(mem: Mem, id: EventId, around: number): Promise<EventsAround> {
  await drainForReader(mem);
  return holdInTurns(mem, READER_PATIENCE_MS, async function* (current) {
    const {timeZone} = current().header;
    const [event] = await current().eventsOf([id]);
    if (event === undefined)
      throw new MemError('NO_NODE', `the event ${id} does not exist`, {hint: 'take an id from: mem search, or mem events --json'});
    const key = sessionKeyOf(event.agent, event.sessionId);
    const events: AgentEvent[] = [];
    const end = instant(event.time + DAY_MS);
    let from: EpochMs | undefined = around === 0 ? undefined : instant(Math.max(0, event.time - DAY_MS));
    while (from !== undefined) {
      const page = yield* readUnsuperseded(current, from, end, key);
      events.push(...page.events);
      from = page.next;
      const at = events.findIndex((other) => other.id === id);
      // One more than is asked for tells that there is more.
      if (at >= 0 && events.length > at + around + 1) break;
      // Only what may still stand around it is kept.
      if (at < 0) events.splice(0, Math.max(0, events.length - around - 1));
      yield;
    }
    const at = events.findIndex((other) => other.id === id);
    const found = at < 0 ? [event] : events.slice(Math.max(0, at - around), at + around + 1);
    return {
      events: found.map((other) => withProjectName(other, mem.projectNames)),
      isFirst: at >= 0 && at <= around,
      isLast: at >= 0 && at + around + 1 >= events.length,
      timeZone,
    };
  });
}
