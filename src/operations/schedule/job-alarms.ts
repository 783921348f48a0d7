import type {EpochMs} from '../../domain/event/event.js';
import type {Calendar} from '../../domain/time/period.js';
import type {JobStatus} from './read-schedule.js';

/** What a person should look at: jobs that nobody wakes up, that failed, or that are paused and perhaps forgotten. */
export function jobAlarms(jobs: readonly JobStatus[], calendar: Calendar): readonly string[] {
  return jobs.flatMap((status) => alarmsOf(status, (instant) => calendar.formatMinute(instant)));
}

function alarmsOf({job: {name}, state, condition, dueSince}: JobStatus, at: (instant: EpochMs) => string): readonly string[] {
  switch (condition) {
    case 'overdue':
      return dueSince === undefined ? [] : [`${name} is overdue since ${at(dueSince)}: its scheduler seems dead; see: mem schedule status`];
    case 'failed': {
      const {lastRun} = state;
      if (lastRun?.error === undefined) return [];
      const {message, code} = lastRun.error;
      return [`${name} failed at ${at(lastRun.startedAt)}: ${message} [${code}]; see: mem schedule status`];
    }
    case 'paused': {
      if (state.paused === undefined) return [];
      const {since, until} = state.paused;
      const end = until === undefined ? '' : ` until ${at(until)}`;
      return [`${name} is paused since ${at(since)}${end}; resume it with: mem schedule resume ${name}`];
    }
    case 'running':
    case 'due':
    case 'idle':
      return [];
  }
}
