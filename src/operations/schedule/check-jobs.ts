import {type JobSettings, USUAL_CRON} from '../../domain/jobs/job.js';
import {MemError} from '../../errors.js';
import type {CronSlots} from '../../scheduling/scheduler.js';
import type {Mem} from '../mem.js';

/** Refuses jobs whose cron expression is invalid or never falls. @throws MemError CONFIG_INVALID naming the setting */
export async function checkJobs({jobs, cronSlots}: Pick<Mem, 'jobs' | 'cronSlots'>): Promise<void> {
  const slots = await cronSlots();
  for (const job of jobs) checkCron(slots, job);
}

/** @throws MemError CONFIG_INVALID naming the setting */
export function checkCron(slots: CronSlots, {name, cron}: Pick<JobSettings, 'name' | 'cron'>): void {
  try {
    slots.parse(cron);
  } catch (error) {
    if (!(error instanceof MemError) || error.code !== 'CONFIG_INVALID') throw error;
    const {hint, message} = error;
    throw new MemError('CONFIG_INVALID', `jobs.${name}.cron: ${message}`, {cause: error, ...(hint && {hint})});
  }
}

/** `mem` with the usual cron expression for each job whose own one is invalid, and what is wrong with those: for who must work all the same. */
export async function withValidCrons(mem: Mem): Promise<{readonly mem: Mem; readonly faults: readonly MemError[]}> {
  const slots = await mem.cronSlots();
  const faults: MemError[] = [];
  const jobs = mem.jobs.map((job) => {
    try {
      checkCron(slots, job);
      return job;
    } catch (error) {
      if (!(error instanceof MemError)) throw error;
      faults.push(error);
      return {...job, cron: USUAL_CRON[job.name]};
    }
  });
  return {mem: faults.length === 0 ? mem : {...mem, jobs}, faults};
}
