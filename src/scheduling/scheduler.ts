import type {EpochMs} from '../domain/event.js';
import type {Job, JobName} from '../domain/job.js';

/** A field of a cron expression as the numbers it stands for, ascending; `any` for `*` and `?`, which the rule for days tells from a list of all. */
export type CronField = readonly number[] | 'any';

/** Sunday is 0. Day of month and day of week both restricted mean either, as in cron. */
export interface CronFields {
  readonly second: readonly number[];
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  readonly dayOfWeek: CronField;
}

/**
 * The instants at which cron expressions fall, in a time zone. A fixed time in a gap of the clock runs at the first instant after it, one
 * that comes twice runs once, the first time; intervals skip a gap and run in both passes.
 */
export interface CronSlots {
  /** @throws MemError CONFIG_INVALID naming the field that is wrong; also for an expression that never falls */
  parse(cron: string): CronFields;
  /** The last slot at or before `at`; undefined when there is none within 9 years. */
  previous(cron: string, timeZone: string, at: EpochMs): EpochMs | undefined;
  /** The first slot after `at`; undefined when there is none within 9 years. */
  next(cron: string, timeZone: string, at: EpochMs): EpochMs | undefined;
}

export const BACKENDS = ['systemd', 'cron', 'launchd'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What is to be installed for one home. */
export interface WantedSchedule {
  readonly home: string;
  readonly jobs: readonly Job[];
  /** The scheduler's clock says which wake-ups a zone that is not its own needs. */
  readonly now: EpochMs;
}

/** What is wrong with the installed entries, and the command that mends it. */
export interface Drift {
  readonly what: string;
  readonly cure: string;
}

/** What is installed for one home. */
export interface InstalledSchedule {
  /** Eight hexadecimal digits: names this home's entries. */
  readonly scheduleId: string;
  readonly backend: Backend;
  /** For people, e.g. `systemd user timers (252)`. */
  readonly label: string;
  readonly jobs: readonly JobName[];
  readonly installedAt: EpochMs;
  /** What to know of it, e.g. that timers run only while one is logged in. */
  readonly notes: readonly string[];
  readonly drift: readonly Drift[];
}

/** A file or table of the scheduler's, before and after; undefined where there is none. */
export interface EntryChange {
  /** A path, or `crontab`. */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface InstallOptions {
  /** Undefined: what this machine offers. */
  readonly backend: Backend | undefined;
}

/** The scheduler of the operating system. */
export interface Scheduler {
  /** Undefined when nothing is installed for this home. */
  inspect(wanted: WantedSchedule): Promise<InstalledSchedule | undefined>;
  /** What an installation would change; nothing is written. @throws MemError SERVICE_AWAY, CONFIG_INVALID */
  plan(wanted: WantedSchedule, options: InstallOptions): Promise<{readonly backend: Backend; readonly changes: readonly EntryChange[]}>;
  /** @throws MemError SERVICE_AWAY, CONFIG_INVALID, NOT_WRITTEN */
  install(
    wanted: WantedSchedule,
    options: InstallOptions,
  ): Promise<{readonly installed: InstalledSchedule; readonly changes: readonly EntryChange[]}>;
  uninstall(
    home: string,
    options: {readonly isDryRun: boolean},
  ): Promise<{readonly backend: Backend | undefined; readonly changes: readonly EntryChange[]}>;
}
