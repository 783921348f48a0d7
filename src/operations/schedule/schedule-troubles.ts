import type {InstalledSchedule} from '../../scheduling/scheduler.js';
import type {JobStatus, ScheduleStatus} from './read-schedule.js';

/** What is wrong with the entries of jobs that were installed: they are gone, or are not what was installed. */
export function entryTroubles(jobs: readonly Pick<JobStatus, 'state'>[], installed: InstalledSchedule | undefined): readonly string[] {
  if (installed !== undefined) return installed.drift.map(({what, cure, hint}) => `${what}; ${hint ?? `fix it with: ${cure}`}`);
  if (jobs.every(({state}) => state.installedAt === undefined)) return [];
  return ['the jobs were installed, and their entries are gone: nothing starts them; fix it with: mem install-schedule'];
}

/** Why `mem schedule status --check` ends with 69, one line each; empty when all is as it should be. */
export function scheduleTroubles({jobs, installed, settingFaults}: ScheduleStatus): readonly string[] {
  return [
    ...settingFaults.map(({message}) => message),
    ...entryTroubles(jobs, installed),
    ...jobs
      .filter(({condition}) => condition === 'overdue' || condition === 'failed')
      .map(({job, condition}) => `${job.name} ${condition}`),
  ];
}
