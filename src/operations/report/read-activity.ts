import {type Activity, activityOf, HOURS_OF_DAY} from '../../domain/event/activity.js';
import type {AgentEvent, EpochMs, SessionKey} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import type {ProjectFilter} from '../../domain/event/project-filter.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import {earliest, instant} from '../../domain/time/instant.js';
import {addMonths} from '../../domain/time/local-date.js';
import type {Calendar} from '../../domain/time/period.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import {type Dates, earlierOf} from '../../domain/toc/toc-snapshot.js';
import type {SessionDay, Store} from '../../store/port/store.js';
import {type EventList, readUnsuperseded} from '../access/read-superseded.js';

/** At most how many events one command reads to count session-days that no rollup has read whole, the newest first. */
const UNCOUNTED_EVENTS = 20_000;

export interface ActivityFilter {
  /** Undefined for all. */
  readonly project?: ProjectFilter | undefined;
  readonly agent?: string | undefined;
  /** Under which projects are read. */
  readonly names: ProjectNames;
}

/** What happened on a date. Events that are superseded are not counted. */
export interface DayActivity {
  readonly date: LocalDate;
  readonly events: number;
  /** By the hour that the clock on the wall showed. */
  readonly hours: readonly number[];
  readonly agents: ReadonlyMap<string, number>;
  readonly projects: ReadonlyMap<string, number>;
  readonly sessions: ReadonlySet<SessionKey>;
}

export interface ActivityReading {
  /** Those with anything, in order. */
  readonly days: readonly DayActivity[];
  /**
   * Events that no rollup has read and that were too many to read now. Without a project in the filter they are in the figures: those of a
   * session-day on its first hour, with what may be superseded, of no project. With one they are left out.
   */
  readonly uncountedEvents: number;
}

/** What happened day by day, from one record per session-day. It yields where the store may be let go. */
export async function* readActivity(
  current: () => Store,
  calendar: Calendar,
  {from, to}: Dates,
  {project, agent, names}: ActivityFilter,
): AsyncGenerator<void, ActivityReading> {
  const days = new Map<LocalDate, DaySum>();
  const uncounted: SessionDay[] = [];
  const held = new Map<LocalDate, number>();
  // Month by month: to keep a whole year's records until the end costs more than to read them.
  for (let start = from; start < to; start = addMonths(start, 1)) {
    for (const sessionDay of await current().sessionDays({from: start, to: earlierOf(addMonths(start, 1), to)})) {
      const {date, count, activity} = sessionDay;
      held.set(date, (held.get(date) ?? 0) + count);
      if (agent !== undefined && sessionDay.agent !== agent) continue;
      if (activity === undefined) uncounted.push(sessionDay);
      else addTo(days, sessionDay, filtered(activity, project), names);
    }
    yield;
  }
  const counted = yield* countNow(current, calendar, uncounted, held);
  let uncountedEvents = 0;
  for (const sessionDay of uncounted) {
    const activity = counted.get(sessionDay);
    if (activity === undefined) uncountedEvents += sessionDay.count;
    if (activity !== undefined || project === undefined)
      addTo(days, sessionDay, filtered(activity ?? guessed(sessionDay, calendar), project), names);
  }
  return {days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)), uncountedEvents};
}

/**
 * Reads the events of session-days that are not counted yet, date by date.
 * @param held how many events a date holds: those of its other sessions lie between them
 */
async function* countNow(
  current: () => Store,
  calendar: Calendar,
  uncounted: readonly SessionDay[],
  held: ReadonlyMap<LocalDate, number>,
): AsyncGenerator<void, ReadonlyMap<SessionDay, Activity>> {
  const counted = new Map<SessionDay, Activity>();
  const dates = new Map<LocalDate, SessionDay[]>();
  for (const sessionDay of uncounted) {
    const known = dates.get(sessionDay.date);
    if (known === undefined) dates.set(sessionDay.date, [sessionDay]);
    else known.push(sessionDay);
  }
  let left = UNCOUNTED_EVENTS;
  for (const [date, wanted] of [...dates].sort(([a], [b]) => (a < b ? 1 : -1))) {
    const count = held.get(date) ?? 0;
    if (count > left) continue;
    left -= count;
    const events = yield* readEventsOf(current, wanted);
    for (const sessionDay of wanted) {
      const own = events.get(sessionDay.sessionKey) ?? [];
      counted.set(
        sessionDay,
        activityOf(own, (at) => calendar.hourOf(at)),
      );
    }
  }
  return counted;
}

async function* readEventsOf(
  current: () => Store,
  sessionDays: readonly SessionDay[],
): AsyncGenerator<void, ReadonlyMap<SessionKey, readonly AgentEvent[]>> {
  const found = new Map<SessionKey, AgentEvent[]>(sessionDays.map(({sessionKey}) => [sessionKey, []]));
  const end = instant(Math.max(...sessionDays.map(({last}) => last)) + 1);
  let from: EpochMs | undefined = earliest(...sessionDays.map(({first}) => first));
  while (from !== undefined) {
    const page: EventList = yield* readUnsuperseded(current, from, end);
    for (const event of page.events) found.get(sessionKeyOf(event.agent, event.sessionId))?.push(event);
    from = page.next;
    yield;
  }
  return found;
}

function guessed({first, count}: SessionDay, calendar: Calendar): Activity {
  return {events: count, hours: [[calendar.hourOf(first), count]], projects: [['', count]]};
}

/** Where a session-day has several projects, its hours are shared out by their events. */
function filtered(activity: Activity, fits: ProjectFilter | undefined): Activity {
  if (fits === undefined) return activity;
  const {events, hours, projects} = activity;
  const kept = projects.filter(([name]) => fits(name));
  const sum = kept.reduce((total, [, count]) => total + count, 0);
  return sum === events ? activity : {events: sum, hours: hours.map(([hour, count]) => [hour, (count * sum) / events]), projects: kept};
}

interface DaySum extends DayActivity {
  events: number;
  readonly hours: number[];
  readonly agents: Map<string, number>;
  readonly projects: Map<string, number>;
  readonly sessions: Set<SessionKey>;
}

function addTo(
  days: Map<LocalDate, DaySum>,
  {date, agent, sessionKey}: SessionDay,
  {events, hours, projects}: Activity,
  names: ProjectNames,
): void {
  if (events === 0) return;
  let day = days.get(date);
  if (day === undefined) {
    const none = new Array<number>(HOURS_OF_DAY).fill(0);
    day = {date, events: 0, hours: none, agents: new Map(), projects: new Map(), sessions: new Set()};
    days.set(date, day);
  }
  day.events += events;
  for (const [hour, count] of hours) day.hours[hour] = (day.hours[hour] ?? 0) + count;
  day.agents.set(agent, (day.agents.get(agent) ?? 0) + events);
  for (const [project, count] of projects) {
    const name = names(project);
    day.projects.set(name, (day.projects.get(name) ?? 0) + count);
  }
  day.sessions.add(sessionKey);
}
