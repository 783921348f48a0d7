import type {Scheduler} from '../scheduling/scheduler.js';
import type {Mem} from './mem.js';

/** Takes the entries of this home away from the scheduler; what the store knows of its jobs stays. @throws as `Scheduler.uninstall` */
export async function uninstallSchedule(mem: Mem, options: {readonly isDryRun: boolean}): ReturnType<Scheduler['uninstall']> {
  const scheduler = await mem.scheduler();
  return scheduler.uninstall(mem.home, options);
}
