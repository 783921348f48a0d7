import {event, nodeId} from './node-schemas.js';
import {about, anyOf, count, date, exactly, list, object, reference, type Schema, text} from './schema.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const hours: Schema = {type: 'array', items: count, minItems: 24, maxItems: 24, description: 'by the hour on the wall, from 0'};

/** What `stats` and `report` count. */
const SUMS = {
  time_zone: text,
  event_count: about('without those that are superseded', count),
  session_count: count,
  projects: about('the most events first; an empty name stands for none', list(object({project: text, event_count: count}))),
  agents: about('the most events first', list(object({agent: text, event_count: count}))),
  uncounted_events: about('events that were not rolled up yet and were too many to read: see the help of "mem stats"', count),
};

export const yearStats = object({
  node_id: nodeId,
  ...SUMS,
  days: about('those with any', list(object({date, event_count: count, session_count: count}))),
  hours_by_weekday: object(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, hours]))),
});

export const periodReport = object({
  what: anyOf(nodeId, exactly('standup')),
  from: date,
  to: about('inclusive', date),
  ...SUMS,
  days: about('those with any', list(object({date, event_count: count, hours}))),
  nodes: about('the period, or the days of a standup that have records', list(reference('node'))),
  cited_events: about('the events behind the bullets, secrets replaced', list(event)),
  cited_events_left_out: count,
});
