import type {AgentEvent, EpochMs, SessionKey} from '../../domain/event/event.js';
import {SessionDayCounter, type SessionDayEntry} from '../../domain/search/index/entry.js';
import type {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {instant} from '../../domain/time/instant.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {SessionDay, Store} from '../../store/port/store.js';
import {type EventList, readUnsuperseded} from '../access/read-superseded.js';

/** A command that waits for its answer counts at most so many events that the index does not have yet. */
export const MOST_COUNTED = 5_000;

type Name = {readonly date: LocalDate; readonly sessionKey: SessionKey};

export interface CountedDays {
  readonly entries: readonly SessionDayEntry[];
  /** How many events were left out. */
  readonly left: number;
}

/**
 * Counts session-days that the index does not have, in their order, as a rollup would. It yields where the store may be let go.
 * @param goOn throws where they are wanted no longer
 */
export async function* countDays(
  current: () => Pick<Store, 'sessionDaysOf' | 'events'>,
  names: readonly Name[],
  tokenizer: SearchTokenizer,
  goOn: () => void = () => {},
): AsyncGenerator<undefined, CountedDays> {
  const counter = new SessionDayCounter(tokenizer);
  const entries: SessionDayEntry[] = [];
  let counted = 0;
  let left = 0;
  for (const day of names.length === 0 ? [] : await current().sessionDaysOf(names)) {
    if (day === undefined) continue;
    if (left > 0 || counted + day.count > MOST_COUNTED) {
      left += day.count;
      continue;
    }
    counted += day.count;
    goOn();
    entries.push(counter.entryOf({date: day.date, sessionKey: day.sessionKey}, yield* readDay(current, day)));
  }
  return {entries, left};
}

/** The events of one session-day, without those that are superseded. */
export async function* readDay(
  current: () => Pick<Store, 'events'>,
  {sessionKey, first, last}: SessionDay,
): AsyncGenerator<undefined, readonly AgentEvent[]> {
  const events: AgentEvent[] = [];
  const end = instant(last + 1);
  let from: EpochMs | undefined = first;
  while (from !== undefined) {
    const page: EventList = yield* readUnsuperseded(current, from, end, sessionKey);
    events.push(...page.events);
    from = page.next;
    yield undefined;
  }
  return events;
}
