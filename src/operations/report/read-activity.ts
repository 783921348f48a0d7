import {type Activity, activityOf, HOURS_OF_DAY} from '../../domain/event/activity.js';
import type {AgentEvent, EpochMs, SessionKey} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import type {ProjectFilter} from '../../domain/event/project-filter.js';
import {earliest, instant} from '../../domain/time/instant.js';
import type {Calendar} from '../../domain/time/period.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {DateRange, SessionDay, Store} from '../../store/port/store.js';
import {type EventList, readUnsuperseded} from '../access/read-superseded.js';

/** At most how many events one command reads to count session-days that no rollup has read whole, the newest first. */
const UNCOUNTED_EVENTS = 20_000;

export interface ActivityFilter {
  /** Undefined for all. */
  readonly project?: ProjectFilter | undefined;
  readonly agent?: string | undefined;
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
  range: DateRange,
  {project, agent}: ActivityFilter,
): AsyncGenerator<void, ActivityReading> {
  const sessionDays = (await current().sessionDays(range)).filter((day) => agent === undefined || day.agent === agent);
  yield;
  const read = yield* countNow(current, calendar, sessionDays);
  const days = new Map<LocalDate, DaySum>();
  let uncountedEvents = 0;
  for (const sessionDay of sessionDays) {
    const activity = sessionDay.activity ?? read.get(sessionDay);
    if (activity === undefined) uncountedEvents += sessionDay.count;
    if (activity === undefined && project !== undefined) continue;
    addTo(days, sessionDay, filtered(activity ?? guessed(sessionDay, calendar), project));
  }
  return {days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)), uncountedEvents};
}

/** The projects of session-days that a rollup has read. */
export async function readProjects(store: Store): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const {activity} of await store.sessionDays({})) for (const [name] of activity?.projects ?? []) names.add(name);
  return [...names];
}

/** Reads the events of session-days that are not counted yet, date by date. */
async function* countNow(
  current: () => Store,
  calendar: Calendar,
  sessionDays: readonly SessionDay[],
): AsyncGenerator<void, ReadonlyMap<SessionDay, Activity>> {
  const counted = new Map<SessionDay, Activity>();
  const dates = new Map<LocalDate, SessionDay[]>();
  const held = new Map<LocalDate, number>();
  for (const sessionDay of sessionDays) {
    const {date, count, activity} = sessionDay;
    held.set(date, (held.get(date) ?? 0) + count);
    if (activity === undefined) dates.set(date, [...(dates.get(date) ?? []), sessionDay]);
  }
  let left = UNCOUNTED_EVENTS;
  for (const date of [...dates.keys()].sort().reverse()) {
    const wanted = dates.get(date) ?? [];
    // Those of its other sessions lie between them.
    if ((held.get(date) ?? 0) > left) continue;
    left -= held.get(date) ?? 0;
    const events = yield* readEventsOf(current, wanted);
    for (const sessionDay of wanted)
      counted.set(
        sessionDay,
        activityOf(events.get(sessionDay.sessionKey) ?? [], (at) => calendar.hourOf(at)),
      );
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

function addTo(days: Map<LocalDate, DaySum>, {date, agent, sessionKey}: SessionDay, {events, hours, projects}: Activity): void {
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
  for (const [name, count] of projects) day.projects.set(name, (day.projects.get(name) ?? 0) + count);
  day.sessions.add(sessionKey);
}
