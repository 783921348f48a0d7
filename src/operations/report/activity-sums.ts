import {HOURS_OF_DAY} from '../../domain/event/activity.js';
import {weekdayOf} from '../../domain/time/local-date.js';
import type {DayActivity} from './read-activity.js';

/** The most events first; equal ones by name. */
export type Ranked = readonly (readonly [name: string, events: number])[];

export interface ActivitySums {
  readonly events: number;
  readonly sessions: number;
  readonly projects: Ranked;
  readonly agents: Ranked;
}

export function sumActivity(days: readonly DayActivity[]): ActivitySums {
  const [projects, agents] = [new Map<string, number>(), new Map<string, number>()];
  const sessions = new Set(days.flatMap((day) => [...day.sessions]));
  for (const day of days) {
    for (const [name, count] of day.projects) projects.set(name, (projects.get(name) ?? 0) + count);
    for (const [name, count] of day.agents) agents.set(name, (agents.get(name) ?? 0) + count);
  }
  const events = days.reduce((sum, day) => sum + day.events, 0);
  return {events, sessions: sessions.size, projects: ranked(projects), agents: ranked(agents)};
}

function ranked(counts: ReadonlyMap<string, number>): Ranked {
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
}

/** Seven rows of 24 numbers, from Monday. Where a project is filtered they are rounded. */
export function hoursByWeekday(days: readonly DayActivity[]): readonly (readonly number[])[] {
  const week = Array.from({length: 7}, () => new Array<number>(HOURS_OF_DAY).fill(0));
  for (const {date, hours} of days) {
    const row = week[weekdayOf(date) - 1] ?? [];
    for (const [hour, count] of hours.entries()) row[hour] = (row[hour] ?? 0) + count;
  }
  return week.map((row) => row.map(Math.round));
}
