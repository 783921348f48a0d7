import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import type {CronField, CronFields} from '../scheduler.js';
import {parseCron} from './cron-grammar.js';
import {numberList} from './number-list.js';
import {separateDays, wakeUps} from './wake-ups.js';

// The first systemd that takes any zone after a time; UTC it took seven versions before.
const TAKES_ZONES = 235;
const TAKES_UTC = 228;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The scheduler that a line is for. */
interface SystemdHost {
  /** As `systemctl --version` says: 252. */
  readonly systemdVersion: number;
  readonly schedulerZone: string;
  readonly now: EpochMs;
}

/**
 * The values of a timer's `OnCalendar=` lines: two where both kinds of day are restricted, since one line would mean both at once. The
 * zone stands in them; a systemd that cannot read it gets the wake-ups by its own clock. systemd leaves out a time that its clock skips and
 * the second pass of one that it repeats, for intervals too: what is due then needs another timer.
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
  // Ranges of numbers are younger than lists.
  const range = systemdVersion >= TAKES_ZONES ? '..' : undefined;
  const text = (field: CronField): string => (field === 'any' ? '*' : numberList(field, {range, digits: 2}));
  const seconds = second.length === 60 ? '*' : text(second);
  // Not `*` for any weekday, nor numbers, nor ranges past Saturday: systemd refuses them.
  const days = dayOfWeek === 'any' ? '' : `${dayOfWeek.map((day) => WEEKDAYS[day]).join(',')} `;
  return `${days}*-${text(month)}-${text(dayOfMonth)} ${text(hour)}:${text(minute)}:${seconds}`;
}
