import type {EpochMs} from '../domain/event/event.js';
import type {Calendar} from '../domain/time/period.js';
import {hoursByWeekday, type Ranked, sumActivity} from '../operations/report/activity-sums.js';
import type {Stats} from '../operations/report/read-stats.js';
import type {Report} from '../operations/report/report.js';
import {eventJson} from './event-json.js';
import {nodeJson} from './node-json.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export function reportJson(report: Report, calendar: Calendar, stamp: (instant: EpochMs) => string): Record<string, unknown> {
  return {
    what: report.what,
    from: report.dates.first,
    to: report.dates.last,
    time_zone: report.timeZone,
    ...sumsJson(report),
    days: report.days.map(({date, events, hours}) => ({date, event_count: events, hours: hours.map(Math.round)})),
    nodes: report.nodes.map((node) => nodeJson(node, calendar)),
    cited_events: report.events.map((event) => eventJson(event, stamp)),
    cited_events_left_out: report.eventsLeftOut,
  };
}

export function statsJson(stats: Stats): Record<string, unknown> {
  return {
    node_id: stats.period,
    time_zone: stats.timeZone,
    ...sumsJson(stats),
    days: stats.days.map(({date, events, sessions}) => ({date, event_count: events, session_count: sessions.size})),
    hours_by_weekday: Object.fromEntries(hoursByWeekday(stats.days).map((hours, at) => [WEEKDAYS[at], hours])),
  };
}

function sumsJson({days, uncountedEvents}: Pick<Report, 'days' | 'uncountedEvents'>): Record<string, unknown> {
  const {events, sessions, projects, agents} = sumActivity(days);
  return {
    event_count: events,
    session_count: sessions,
    projects: rankedJson('project', projects),
    agents: rankedJson('agent', agents),
    uncounted_events: uncountedEvents,
  };
}

function rankedJson(name: string, ranked: Ranked): readonly Record<string, unknown>[] {
  return ranked.map(([value, events]) => ({[name]: value, event_count: events}));
}
