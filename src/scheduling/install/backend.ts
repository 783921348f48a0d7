import type {EpochMs} from '../../domain/event/event.js';
import type {Job} from '../../domain/jobs/job.js';
import type {Backend, Entry, EntryChange} from '../scheduler.js';

/** At which minute of each hour cron and systemd have what was missed looked for. */
export const MISSED_MINUTE = 17;

/** What entries are made from. */
export interface ScheduleSpec {
  readonly id: string;
  /** The program that they start. */
  readonly runner: string;
  readonly jobs: readonly Job[];
  /** Where the scheduler's clock is: cron and launchd know no other zone. */
  readonly systemZone: string;
  readonly now: EpochMs;
}

export type Availability =
  | {readonly kind: 'ready'; readonly label: string}
  | {readonly kind: 'away'; readonly message: string; readonly hint: string};

/** One scheduler of the operating system. */
export interface SchedulerBackend {
  readonly name: Backend;
  /** Whether it can be used here and now. */
  availability(): Promise<Availability>;
  /** @throws MemError CONFIG_INVALID for what it cannot be told */
  render(spec: ScheduleSpec): Promise<readonly Entry[]>;
  /** What is there of the schedule `id`. @throws MemError when what is there cannot be read, or is damaged */
  read(id: string): Promise<readonly Entry[]>;
  /** What has to be changed so that of the schedule `id` exactly `wanted` is there; whole files, for people to read. */
  changes(id: string, wanted: readonly Entry[]): Promise<readonly EntryChange[]>;
  /**
   * Makes `changes` and tells the scheduler; called with them turned round, it takes them back. With no changes it only sees to it
   * that what is there is at work.
   * @throws MemError SERVICE_AWAY, NOT_WRITTEN, IO_ERROR
   */
  apply(id: string, changes: readonly EntryChange[]): Promise<void>;
  /** Why what is there does not work, e.g. a timer that was switched off; undefined when it does. */
  fault(id: string): Promise<string | undefined>;
  /** What its user ought to know. */
  notes(spec: Pick<ScheduleSpec, 'id'>): Promise<readonly string[]>;
}

/** The changes that lead from the texts that are there to the wanted ones. */
export function changesBetween(there: readonly Entry[], wanted: readonly Entry[]): readonly EntryChange[] {
  const names = [...new Set([...wanted, ...there].map(({name}) => name))];
  const textIn = (entries: readonly Entry[], name: string): string | undefined => entries.find((entry) => entry.name === name)?.text;
  return names
    .map((name) => ({name, before: textIn(there, name), after: textIn(wanted, name)}))
    .filter(({before, after}) => before !== after);
}

/** The changes that take `changes` back. */
export function reversed(changes: readonly EntryChange[]): readonly EntryChange[] {
  return changes.map(({name, before, after}) => ({name, before: after, after: before}));
}
