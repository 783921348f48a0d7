import type {JobRun} from '../domain/job-state.js';
import {thousands} from './tree-text.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** `3 ms`, `1.2 s`, `2 min 10 s`, `1 h 5 min`. */
export function durationText(passed: number): string {
  if (passed < SECOND_MS) return `${Math.max(0, passed)} ms`;
  if (passed < MINUTE_MS) return `${(passed / SECOND_MS).toFixed(1)} s`;
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min ${Math.floor((passed % MINUTE_MS) / SECOND_MS)} s`;
  return `${Math.floor(passed / HOUR_MS)} h ${Math.floor((passed % HOUR_MS) / MINUTE_MS)} min`;
}

/** `ok, 41.0 s`. */
export function resultText({result, isTimeUp, startedAt, endedAt}: JobRun): string {
  const word = {success: 'ok', error: 'failed', stopped: 'stopped'}[result];
  return `${word}, ${durationText(endedAt - startedAt)}${isTimeUp ? ', time was up' : ''}`;
}

/** `12 made, 1 failed`; empty where nothing was done. */
export function countsText({counts}: JobRun): string {
  return Object.entries(counts)
    .map(([name, number]) => `${thousands(number)} ${name.replaceAll('_', ' ')}`)
    .join(', ');
}
