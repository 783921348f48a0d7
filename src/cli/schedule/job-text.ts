import type {JobRun} from '../../domain/jobs/job-state.js';
import {HOUR_MS, MINUTE_MS, SECOND_MS} from '../../domain/time/durations.js';
import type {Calendar} from '../../domain/time/period.js';
import type {JobStatus} from '../../operations/schedule/read-schedule.js';
import {thousands} from '../../text/node-text.js';

/** `3 ms`, `1.2 s`, `5 min`, `2 min 10 s`, `1 h 5 min`. */
export function durationText(passed: number): string {
  if (passed < SECOND_MS) return `${Math.max(0, passed)} ms`;
  if (passed < MINUTE_MS) return `${(passed / SECOND_MS).toFixed(1)} s`;
  const [large, small, unit, part] = passed < HOUR_MS ? [MINUTE_MS, SECOND_MS, 'min', 's'] : [HOUR_MS, MINUTE_MS, 'h', 'min'];
  const rest = Math.floor((passed % large) / small);
  return `${Math.floor(passed / large)} ${unit}${rest === 0 ? '' : ` ${rest} ${part}`}`;
}

/** `ok, 41.0 s`. */
export function resultText({result, isTimeUp, startedAt, endedAt, error}: JobRun): string {
  if (error?.code === 'KILLED') return endedAt > startedAt ? `killed, ${durationText(endedAt - startedAt)}` : 'killed';
  const word = {success: 'ok', error: 'failed', stopped: 'stopped'}[result];
  return `${word}, ${durationText(endedAt - startedAt)}${isTimeUp ? ', time was up' : ''}`;
}

/** Better words for some counts than their names. */
const COUNT_WORDS: Readonly<Record<string, string>> = {fallbacks: 'by the fallback'};

/** `12 made, 1 failed`; empty when nothing was done. */
export function countsText({counts}: JobRun): string {
  return Object.entries(counts)
    .map(([name, number]) => `${thousands(number)} ${COUNT_WORDS[name] ?? name.replaceAll('_', ' ')}`)
    .join(', ');
}

/** All jobs on one line: first the unusual ones, then the next slot. */
export function jobsText(jobs: readonly JobStatus[], calendar: Calendar): string {
  if (jobs.length === 0) return 'no job is scheduled; install the jobs with: mem install-schedule';
  const unusual = jobs.filter(({condition}) => condition !== 'idle').map(({job, condition}) => `${job.name} ${condition}`);
  let first: JobStatus | undefined;
  for (const job of jobs) if (job.next !== undefined && job.next < (first?.next ?? Infinity)) first = job;
  const next = first?.next === undefined ? [] : [`next ${first.job.name} at ${calendar.formatMinute(first.next)}`];
  const isScheduled = jobs.some(({isInstalled}) => isInstalled);
  return [...unusual, ...next, ...(isScheduled ? [] : ['no scheduler is installed'])].join(', ');
}
