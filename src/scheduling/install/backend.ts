import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import type {Backend, Entry, EntryChange} from '../scheduler.js';

/** At this minute of each hour, cron and systemd start the run for missed slots. */
export const MISSED_MINUTE = 17;

/** The input for entries. */
export interface ScheduleSpec {
  readonly id: string;
  /** The program that they start. */
  readonly runner: string;
  readonly jobs: readonly Job[];
  /** The zone of the scheduler's clock: cron and launchd know only one. */
  readonly systemZone: string;
  readonly now: EpochMs;
}

export type Availability =
  | {readonly kind: 'ready'; readonly label: string}
  | {readonly kind: 'away'; readonly message: string; readonly hint: string};

/** One scheduler of the operating system. */
export interface SchedulerBackend {
  readonly name: Backend;
  /** Whether it can be used now. */
  availability(): Promise<Availability>;
  /** @throws MemError CONFIG_INVALID for what it cannot express */
  render(spec: ScheduleSpec): Promise<readonly Entry[]>;
  /** The present entries of the schedule `id`. @throws MemError when they cannot be read or are damaged */
  read(id: string): Promise<readonly Entry[]>;
  /** The changes after which the schedule `id` has exactly the entries `wanted`; whole files, for people to read. */
  changes(id: string, wanted: readonly Entry[]): Promise<readonly EntryChange[]>;
  /**
   * Makes `changes` and tells the scheduler. With reversed changes it undoes them. Without changes it only makes sure that the present entries
   * are active.
   * @throws MemError SERVICE_AWAY, NOT_WRITTEN, IO_ERROR
   */
  apply(id: string, changes: readonly EntryChange[]): Promise<void>;
  /** Why the present entries do not work, e.g. a timer that was switched off; undefined when they work. */
  fault(id: string): Promise<string | undefined>;
  /** Facts that the user should know. */
  notes(spec: Pick<ScheduleSpec, 'id'>): Promise<readonly string[]>;
}

/** The changes from the present texts to the wanted ones. */
export function changesBetween(present: readonly Entry[], wanted: readonly Entry[]): readonly EntryChange[] {
  const names = [...new Set([...wanted, ...present].map(({name}) => name))];
  const textIn = (entries: readonly Entry[], name: string): string | undefined => entries.find((entry) => entry.name === name)?.text;
  return names
    .map((name) => ({name, before: textIn(present, name), after: textIn(wanted, name)}))
    .filter(({before, after}) => before !== after);
}

/** The changes that undo `changes`. */
export function reversed(changes: readonly EntryChange[]): readonly EntryChange[] {
  return changes.map(({name, before, after}) => ({name, before: after, after: before}));
}
