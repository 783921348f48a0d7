import type {AgentEvent, EpochMs} from './event.js';

export const HOURS_OF_DAY = 24;

/** What a session-day held when all of its events were read. What is superseded is not counted. */
export interface Activity {
  readonly events: number;
  /** By the hour that the clock on the wall showed, 0 to 23: those with any, in order. */
  readonly hours: readonly (readonly [hour: number, events: number])[];
  /** By project, in the order of their names; an empty name stands for none. */
  readonly projects: readonly (readonly [name: string, events: number])[];
}

/** @param hourOf the hour of the day in the store's zone */
export function activityOf(events: readonly Pick<AgentEvent, 'time' | 'project'>[], hourOf: (instant: EpochMs) => number): Activity {
  const hours = new Map<number, number>();
  const projects = new Map<string, number>();
  for (const {time, project} of events) {
    const hour = hourOf(time);
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
    projects.set(project, (projects.get(project) ?? 0) + 1);
  }
  return {
    events: events.length,
    hours: [...hours].sort(([a], [b]) => a - b),
    projects: [...projects].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}
