import {MemError} from '../../errors.js';
import type {Scheduler} from '../../scheduling/scheduler.js';
import type {Mem} from '../mem.js';
import {noteInstalled} from './note-installed.js';

export type RemovalReport = Awaited<ReturnType<Scheduler['uninstall']>> & {
  /** Why the store could not be told: its status will miss the entries. */
  readonly storeFault?: MemError;
};

/**
 * Takes the entries of this home away from the scheduler; the history of its jobs stays. The home, or its store, need not be there any more.
 * @throws as `Scheduler.uninstall`
 */
export async function uninstallSchedule(mem: Mem, options: {readonly isDryRun: boolean}): Promise<RemovalReport> {
  const scheduler = await mem.scheduler();
  const removed = await scheduler.uninstall(mem.home, options);
  if (options.isDryRun) return removed;
  try {
    await noteInstalled(mem, []);
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
    // What was removed must be said first.
    if (error.code !== 'NO_STORE') return {...removed, storeFault: error};
  }
  return removed;
}
