import {decodeEvent} from '../../domain/event/event-record.js';
import {instant} from '../../domain/time/instant.js';
import type {SessionDay, Store} from '../../store/port/store.js';

/** At most of how many session-days that no rollup has read the project is looked up. */
const NEW_SESSION_DAYS = 200;

/** The projects that there are, as events have them: of session-days that no rollup has read, those in which the newest of them began. */
export async function readProjects(store: Store): Promise<readonly string[]> {
  const names = new Set<string>();
  const uncounted: SessionDay[] = [];
  for (const sessionDay of await store.sessionDays({})) {
    if (sessionDay.activity === undefined) uncounted.push(sessionDay);
    for (const [name] of sessionDay.activity?.projects ?? []) names.add(name);
  }
  for (const {first, sessionKey} of uncounted.slice(-NEW_SESSION_DAYS)) {
    const {events} = await store.events(first, instant(first + 1));
    for (const {head, record} of events) if (head.sessionKey === sessionKey) names.add(decodeEvent(record).project);
  }
  return [...names];
}
