import {JOB_NAMES, type Job} from '../../domain/jobs/job.js';
import {zoneOffset} from '../../domain/time/time-zone.js';
import {onCalendar} from '../cron/on-calendar.js';
import {MISSED_MINUTE, type ScheduleSpec} from '../install/backend.js';
import {checkPath, fillTemplate, systemdWord} from '../install/quoting.js';
import type {Entry} from '../scheduler.js';

/** The templates of a service and of a timer. */
export interface UnitTemplates {
  readonly service: string;
  readonly timer: string;
}

/** What a run may take beyond its jobs' own limits: it waits for the store and ends its node in hand. */
const MARGIN_MS = 600_000;
const MISSED = 'missed';
const YEARS_MS = 6 * 365 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;

/** The names of all units that a schedule may have, a job's or not. */
const UNIT = new RegExp(`^mem-([0-9a-f]{8})-(?:${[...JOB_NAMES, MISSED].join('|')})\\.(?:service|timer)$`);

/** The schedule that a file in systemd's folder belongs to; undefined when it is not mem's. */
export function scheduleOfUnit(name: string): string | undefined {
  return UNIT.exec(name)?.[1];
}

export const isTimer = (name: string): boolean => name.endsWith('.timer');

/**
 * A service and a timer for each job. Where a zone has clock changes, one more pair looks every hour for what was missed: systemd leaves
 * out a day whose time falls into the gap, which at Sunday 02:00 in New York is a whole week. @throws MemError CONFIG_INVALID
 */
export function renderUnits(
  {id, runner, jobs, systemZone, now}: ScheduleSpec,
  systemdVersion: number,
  templates: UnitTemplates,
): readonly Entry[] {
  const runnerWord = systemdWord(checkPath(runner, "mem's folder for schedules"));
  // Whoever is woken does everything that is due, so that each may take as long as all.
  const limit = jobs.reduce((sum, {maxRunMs}) => sum + maxRunMs, MARGIN_MS);
  const pair = (job: string, words: string, calendar: readonly string[], jitterMs: number): readonly Entry[] => {
    const values = {
      ID: id,
      JOB: job,
      RUNNER: runnerWord,
      ARGUMENTS: words,
      LIMIT_SECONDS: seconds(limit),
      JITTER_SECONDS: seconds(jitterMs),
      ON_CALENDAR: calendar.map((value) => `OnCalendar=${value}`).join('\n'),
    };
    const name = `mem-${id}-${job}`;
    return [
      {name: `${name}.service`, text: fillTemplate(templates.service, values)},
      {name: `${name}.timer`, text: fillTemplate(templates.timer, values)},
    ];
  };
  const host = {systemdVersion, schedulerZone: systemZone, now};
  const pairs = jobs.flatMap((job) => pair(job.name, job.name, onCalendar(job, host), job.jitterMs));
  const needsMissed = jobs.some(({timeZone}) => hasClockChanges(timeZone, now));
  return needsMissed ? [...pairs, ...pair(MISSED, '--missed', [`*-*-* *:${MISSED_MINUTE}:00`], 0)] : pairs;
}

/** Whether the clocks of a zone are changed in the six years to come. */
export function hasClockChanges(timeZone: Job['timeZone'], now: number): boolean {
  const offset = zoneOffset(timeZone);
  const first = offset(now);
  // Steps of a week meet even the shortest change, Morocco's month of Ramadan.
  for (let at = now; at < now + YEARS_MS; at += WEEK_MS) if (offset(at) !== first) return true;
  return false;
}

const seconds = (ms: number): string => String(Math.ceil(ms / 1000));
