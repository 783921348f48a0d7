import type {EpochMs} from '../domain/event/event.js';
import type {Job, JobName} from '../domain/jobs/job.js';

/** A field of a cron expression as ascending numbers. `any` is `*` or `?`: the rule for days treats it unlike a list of all days. */
export type CronField = readonly number[] | 'any';

/** Sunday is 0. If day of month and day of week are both restricted, either may match, as in cron. */
export interface CronFields {
  readonly second: readonly number[];
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  readonly dayOfWeek: CronField;
}

/**
 * The instants at which cron expressions are due in a time zone. A fixed time inside a gap of the clock runs at the first instant after the
 * gap. A fixed time that occurs twice runs once, the first time. Intervals skip a gap and run in both passes.
 */
export interface CronSlots {
  /** @throws MemError CONFIG_INVALID naming the wrong field; also for an expression that is never due */
  parse(cron: string): CronFields;
  /** The last slot at or before `at`; undefined when no slot lies within 9 years. */
  previous(cron: string, timeZone: string, at: EpochMs): EpochMs | undefined;
  /** The first slot after `at`; undefined when no slot lies within 9 years. */
  next(cron: string, timeZone: string, at: EpochMs): EpochMs | undefined;
}

export const BACKENDS = ['systemd', 'cron', 'launchd'] as const;
export type Backend = (typeof BACKENDS)[number];

/** The schedule that one home should have. */
export interface WantedSchedule {
  readonly home: string;
  readonly jobs: readonly Job[];
  /** A zone other than the scheduler's needs wake-ups that depend on the present time. */
  readonly now: EpochMs;
}

/** One fault of the installed entries, and the command that fixes it. */
export interface Drift {
  readonly what: string;
  readonly cure: string;
  /** What to do first, if the command alone is refused. */
  readonly hint?: string | undefined;
}

/** The installed schedule of one home. */
export interface InstalledSchedule {
  /** Eight hexadecimal digits: names this home's entries. */
  readonly scheduleId: string;
  readonly backend: Backend;
  /** For people, e.g. `systemd user timers (252)`. */
  readonly label: string;
  readonly jobs: readonly JobName[];
  readonly installedAt: EpochMs;
  /** The file into which the runs write what they did. */
  readonly log: string;
  /** Facts for the user, e.g. that timers run only while the user is logged in. */
  readonly notes: readonly string[];
  readonly drift: readonly Drift[];
}

/** A file or table of the scheduler, before and after; undefined where it does not exist. */
export interface EntryChange {
  /** A path, or `crontab`. */
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface InstallOptions {
  /** Undefined keeps the backend in use while it works, otherwise takes what this machine offers. */
  readonly backend: Backend | undefined;
  /** Accepts a mem that will soon be gone: one of npx, or in a temporary folder. */
  readonly allowEphemeral: boolean;
}

/** One piece of the scheduler's configuration, as text. */
export interface Entry {
  /** A path, or `crontab`. */
  readonly name: string;
  /** A file, or mem's block in the crontab. */
  readonly text: string;
}

export interface PlannedSchedule {
  readonly scheduleId: string;
  readonly backend: Backend;
  /** In the order in which they are made; empty when everything is up to date. */
  readonly changes: readonly EntryChange[];
  /** Why the installed entries do not work although their text is right. An installation switches them on again. */
  readonly fault: string | undefined;
}

/**
 * The scheduler of the operating system. All methods throw SERVICE_AWAY when it is unavailable, and CONFIG_INVALID for jobs that it cannot
 * express.
 */
export interface Scheduler {
  /** Undefined when nothing is installed for this home. */
  inspect(wanted: WantedSchedule): Promise<InstalledSchedule | undefined>;
  /** The entries of an installation, with those of the runner. Nothing is written, and a named backend need not exist. */
  render(wanted: WantedSchedule, options: InstallOptions): Promise<{readonly backend: Backend; readonly entries: readonly Entry[]}>;
  /** What an installation would change. Nothing is written. */
  plan(wanted: WantedSchedule, options: InstallOptions): Promise<PlannedSchedule>;
  /**
   * Writes the entries, switches them on and reads them again. If any of that fails, everything is as before.
   * @throws MemError LOCK_BUSY, NOT_WRITTEN, IO_ERROR
   */
  install(
    wanted: WantedSchedule,
    options: InstallOptions,
  ): Promise<{readonly installed: InstalledSchedule; readonly planned: PlannedSchedule}>;
  /**
   * Removes everything that is installed for the home, in every backend, with runner and log. The home itself need not exist any more.
   * @throws MemError LOCK_BUSY, NOT_WRITTEN, IO_ERROR
   */
  uninstall(
    home: string,
    options: {readonly isDryRun: boolean},
  ): Promise<{readonly backend: Backend | undefined; readonly changes: readonly EntryChange[]}>;
  /** The texts of the log of a home's runs, the oldest first; undefined when nothing is installed. */
  readLog(home: string): readonly string[] | undefined;
  /** Adds a line to it; nothing when nothing is installed. @throws MemError NOT_WRITTEN, IO_ERROR */
  addToLog(home: string, line: string): void;
}
