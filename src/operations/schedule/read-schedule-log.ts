import type {JobName} from '../../domain/jobs/job.js';
import {type LogEntry, parseRunLog} from '../../domain/jobs/run-log.js';
import type {Mem} from '../mem.js';

export interface ScheduleLogOptions {
  /** Only entries that name it. */
  readonly job: JobName | undefined;
  /** Also wake-ups, most of which find nothing to do. */
  readonly all: boolean;
  /** How many of the last entries. */
  readonly limit: number;
}

/** What scheduled runs have said, the oldest first; undefined when nothing is installed for this home. */
export async function readScheduleLog(mem: Mem, {job, all, limit}: ScheduleLogOptions): Promise<readonly LogEntry[] | undefined> {
  const texts = (await mem.scheduler()).readLog(mem.home);
  if (texts === undefined) return undefined;
  const entries = texts.flatMap(parseRunLog).filter((entry) => (all || entry.kind === 'said') && (job === undefined || entry.job === job));
  return limit === 0 ? [] : entries.slice(-limit);
}
