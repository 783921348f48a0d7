import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import type {CronField, CronFields} from '../scheduler.js';
import {parseCron} from './cron-grammar.js';
import {numberList} from './number-list.js';
import {separateDays, wakeUps} from './wake-ups.js';

// The first systemd that accepts any zone after a time. It accepted UTC seven versions earlier.
const TAKES_ZONES = 235;
const TAKES_UTC = 228;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The scheduler that reads a line. */
interface SystemdHost {
  /** From `systemctl --version`: 252. */
  readonly systemdVersion: number;
  readonly schedulerZone: string;
  readonly now: EpochMs;
}

/**
 * The values of a timer's `OnCalendar=` lines. Two lines if both kinds of day are restricted: in one line systemd would require both. The
 * lines name the zone; an older systemd gets wake-ups by its own clock instead. systemd drops a time that its clock skips and the second
 * pass of a repeated time, for intervals too. So another timer must start what is due then.
 * @throws MemError CONFIG_INVALID as `CronSlots.parse`
 */
export function onCalendar(
  {cron, timeZone}: Pick<Job, 'cron' | 'timeZone'>,
  {systemdVersion, schedulerZone, now}: SystemdHost,
): readonly string[] {
  const {fields} = parseCron(cron);
  if (systemdVersion >= TAKES_ZONES || (systemdVersion >= TAKES_UTC && timeZone === 'UTC')) {
    return separateDays(fields).map((row) => `${lineOf(row, systemdVersion)} ${timeZone}`);
  }
  const rows = wakeUps({cron, timeZone}, schedulerZone, now).flatMap(separateDays);
  return rows.map((row) => lineOf({...row, second: fields.second}, systemdVersion));
}

function lineOf({second, minute, hour, dayOfMonth, month, dayOfWeek}: CronFields, systemdVersion: number): string {
  // systemd learned ranges of numbers later than lists.
  const range = systemdVersion >= TAKES_ZONES ? '..' : undefined;
  const text = (field: CronField): string => (field === 'any' ? '*' : numberList(field, {range, digits: 2}));
  const seconds = second.length === 60 ? '*' : text(second);
  // systemd refuses `*` for any weekday, numbers, and ranges past Saturday.
  const days = dayOfWeek === 'any' ? '' : `${dayOfWeek.map((day) => WEEKDAYS[day]).join(',')} `;
  return `${days}*-${text(month)}-${text(dayOfMonth)} ${text(hour)}:${text(minute)}:${seconds}`;
}
