import {MemError} from '../../errors.js';
import type {Scheduler} from '../../scheduling/scheduler.js';
import type {Mem} from '../mem.js';
import {noteInstalled} from './note-installed.js';

/**
 * Takes the entries of this home away from the scheduler; the history of its jobs stays. The home, or its store, need not be there any more.
 * @throws as `Scheduler.uninstall`; STORE_BUSY
 */
export async function uninstallSchedule(mem: Mem, options: {readonly isDryRun: boolean}): ReturnType<Scheduler['uninstall']> {
  const scheduler = await mem.scheduler();
  const removed = await scheduler.uninstall(mem.home, options);
  if (options.isDryRun) return removed;
  try {
    await noteInstalled(mem, []);
  } catch (error) {
    if (!(error instanceof MemError) || error.code !== 'NO_STORE') throw error;
  }
  return removed;
}
