import {JOB_NAMES, type Job} from '../../domain/jobs/job.js';
import {zoneOffset} from '../../domain/time/time-zone.js';
import {onCalendar} from '../cron/on-calendar.js';
import {MISSED_MINUTE, type ScheduleSpec} from '../install/backend.js';
import {checkPath, fillTemplate, systemdPath, systemdWord} from '../install/quoting.js';
import type {Entry} from '../scheduler.js';

/** The templates of a service and of a timer. */
export interface UnitTemplates {
  readonly service: string;
  readonly timer: string;
}

/** The time that a run may take beyond its jobs' own limits: it waits for the store and finishes its present node. */
const MARGIN_MS = 600_000;
const MISSED = 'missed';
/** The first version that sets TRIGGER_UNIT. */
const TELLS_TRIGGER = 252;
const YEARS_MS = 6 * 365 * 86_400_000;
const WEEK_MS = 7 * 86_400_000;

/** The names of all possible units of a schedule. */
const UNIT = new RegExp(`^mem-([0-9a-f]{8})-(?:${[...JOB_NAMES, MISSED].join('|')})\\.(?:service|timer)$`);

/** The schedule of a file in systemd's folder; undefined when the file is not mem's. */
export function scheduleOfUnit(name: string): string | undefined {
  return UNIT.exec(name)?.[1];
}

export const isTimer = (name: string): boolean => name.endsWith('.timer');

/**
 * A service and a timer for each job. If a zone has clock changes, one more pair looks every hour for missed slots. Without it, systemd drops
 * a day whose time falls into the gap: for a job at Sunday 02:00 in New York, a whole week. @throws MemError CONFIG_INVALID
 */
export function renderUnits(
  {id, runner, jobs, systemZone, now}: ScheduleSpec,
  systemdVersion: number,
  templates: UnitTemplates,
): readonly Entry[] {
  const runnerWord = systemdWord(checkPath(runner, "mem's folder for schedules"));
  // Each run does everything that is due, so each may take as long as all jobs together.
  const limit = jobs.reduce((sum, {maxRunMs}) => sum + maxRunMs, MARGIN_MS);
  const pair = (job: string, words: string, calendar: readonly string[], jitterMs: number): readonly Entry[] => {
    const values = {
      ID: id,
      JOB: job,
      RUNNER: runnerWord,
      // Without its runner a unit is silent. The home says that it is gone.
      RUNNER_PATH: systemdPath(runner),
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
  // Who runs `systemctl start` wants a run. Only a newer systemd tells the program that a timer started it.
  const asked = systemdVersion >= TELLS_TRIGGER ? ' --asked' : '';
  const pairs = jobs.flatMap((job) => pair(job.name, `${job.name}${asked}`, onCalendar(job, host), job.jitterMs));
  const needsMissed = jobs.some(({timeZone}) => hasClockChanges(timeZone, now));
  return needsMissed ? [...pairs, ...pair(MISSED, '--missed', [`*-*-* *:${MISSED_MINUTE}:00`], 0)] : pairs;
}

/** Whether the clocks of a zone change in the next six years. */
export function hasClockChanges(timeZone: Job['timeZone'], now: number): boolean {
  const offset = zoneOffset(timeZone);
  const first = offset(now);
  // Steps of a week find even the shortest change, Morocco's month of Ramadan.
  for (let at = now; at < now + YEARS_MS; at += WEEK_MS) if (offset(at) !== first) return true;
  return false;
}

const seconds = (ms: number): string => String(Math.ceil(ms / 1000));
