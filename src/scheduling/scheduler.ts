import type {EpochMs} from '../domain/event/event.js';
import type {Job, JobName} from '../domain/jobs/job.js';

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
  /** What has to be done before, where the command alone is refused. */
  readonly hint?: string | undefined;
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
  /** The file into which the runs say what they did. */
  readonly log: string;
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
  /** Undefined: the one in use as long as it works, else what this machine offers. */
  readonly backend: Backend | undefined;
  /** Also for a mem that will be gone soon: of npx, of a temporary folder. */
  readonly allowEphemeral: boolean;
}

/** What a scheduler is to be told, as text. */
export interface Entry {
  /** A path, or `crontab`. */
  readonly name: string;
  /** A file, or mem's block in the crontab. */
  readonly text: string;
}

export interface PlannedSchedule {
  readonly scheduleId: string;
  readonly backend: Backend;
  /** In the order in which they are made; none when all is as it should be. */
  readonly changes: readonly EntryChange[];
  /** Why what is there does not work although its text is right; an installation switches it on again. */
  readonly fault: string | undefined;
}

/** The scheduler of the operating system. All throw SERVICE_AWAY when it cannot be had, and CONFIG_INVALID for jobs that it cannot be told. */
export interface Scheduler {
  /** Undefined when nothing is installed for this home. */
  inspect(wanted: WantedSchedule): Promise<InstalledSchedule | undefined>;
  /** The entries of an installation, those of the runner included. Nothing is written, and a backend that is named need not be there. */
  render(wanted: WantedSchedule, options: InstallOptions): Promise<{readonly backend: Backend; readonly entries: readonly Entry[]}>;
  /** What an installation would change; nothing is written. */
  plan(wanted: WantedSchedule, options: InstallOptions): Promise<PlannedSchedule>;
  /**
   * Writes the entries, switches them on and reads them again. When any of that fails everything is as it was before.
   * @throws MemError LOCK_BUSY, NOT_WRITTEN, IO_ERROR
   */
  install(
    wanted: WantedSchedule,
    options: InstallOptions,
  ): Promise<{readonly installed: InstalledSchedule; readonly planned: PlannedSchedule}>;
  /**
   * Takes away whatever is installed for the home, of every backend, with runner and log. The home need not be there any more.
   * @throws MemError LOCK_BUSY, NOT_WRITTEN, IO_ERROR
   */
  uninstall(
    home: string,
    options: {readonly isDryRun: boolean},
  ): Promise<{readonly backend: Backend | undefined; readonly changes: readonly EntryChange[]}>;
  /** The texts of the log of a home's runs, the oldest first; undefined when nothing is installed. */
  readLog(home: string): readonly string[] | undefined;
}
