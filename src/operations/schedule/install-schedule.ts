import type {EpochMs} from '../../domain/event/event.js';
import {type JobName, jobsToWake} from '../../domain/jobs/job.js';
import type {InstalledSchedule, InstallOptions, PlannedSchedule, Scheduler, WantedSchedule} from '../../scheduling/scheduler.js';
import {readToday} from '../access/read-today.js';
import type {Mem} from '../mem.js';
import {checkJobs} from './check-jobs.js';
import {jobsIn} from './look-at-jobs.js';
import {noteInstalled} from './note-installed.js';

/** When a job is due next, without its jitter; undefined when its expression never falls. */
export interface NextSlot {
  readonly job: JobName;
  readonly at: EpochMs | undefined;
  readonly jitterMs: number;
}

export interface InstallReport {
  readonly installed: InstalledSchedule;
  readonly planned: PlannedSchedule;
  /** The zone of the store. */
  readonly timeZone: string;
  readonly next: readonly NextSlot[];
}

/**
 * Has the scheduler of the operating system start the jobs of this home from now on. Done again, it changes what is not as it should be.
 * @throws MemError NO_STORE; CONFIG_INVALID for jobs that are none, before anything is written; of `Scheduler.install`
 */
export async function installSchedule(mem: Mem, options: InstallOptions): Promise<InstallReport> {
  const {scheduler, wanted, timeZone} = await wantedSchedule(mem);
  const {installed, planned} = await scheduler.install(wanted, options);
  await noteInstalled(mem, installed.jobs);
  return {installed, planned, timeZone, next: await nextSlots(mem, wanted)};
}

/** What `installSchedule` would change; nothing is written. @throws as `installSchedule` */
export async function planSchedule(mem: Mem, options: InstallOptions): Promise<PlannedSchedule> {
  const {scheduler, wanted} = await wantedSchedule(mem);
  return scheduler.plan(wanted, options);
}

/** The entries of an installation as text; nothing is written. @throws as `installSchedule` */
export async function renderSchedule(mem: Mem, options: InstallOptions): ReturnType<Scheduler['render']> {
  const {scheduler, wanted} = await wantedSchedule(mem);
  return scheduler.render(wanted, options);
}

async function wantedSchedule(mem: Mem): Promise<{scheduler: Scheduler; wanted: WantedSchedule; timeZone: string}> {
  await checkJobs(mem);
  const {timeZone} = await readToday(mem);
  return {scheduler: await mem.scheduler(), wanted: {home: mem.home, jobs: jobsToWake(jobsIn(mem, timeZone)), now: mem.clock()}, timeZone};
}

async function nextSlots(mem: Mem, {jobs, now}: WantedSchedule): Promise<readonly NextSlot[]> {
  const slots = await mem.cronSlots();
  return jobs.map(({name, cron, timeZone, jitterMs}) => ({job: name, at: slots.next(cron, timeZone, now), jitterMs}));
}
