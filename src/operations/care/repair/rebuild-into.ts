import {CUTTING_RULES_VERSION} from '../../../domain/toc/segment.js';
import {MemError} from '../../../errors.js';
import type {StoreGate, StoreHeader} from '../../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {makeStore} from './make-store.js';
import {lookAtJournal, type RebuildOptions, type RebuildReport} from './rebuild.js';
import {assertHasJournal, takeLock} from './repair.js';
import {assertZoneFits} from './zone-of-nodes.js';

/**
 * Puts what the home's journal holds into another memory, a database: every event, every version of every node. What that memory holds
 * already stays. A missing memory is made.
 * @param mem on the home's own store, which need not exist
 * @throws MemError NO_STORE without a journal, CONFIG_INVALID where the two differ in their time zones, STORE_AWAY, LOCK_BUSY
 */
export async function rebuildInto(mem: Mem, target: StoreGate, {dryRun, isPartial, ...options}: RebuildOptions): Promise<RebuildReport> {
  assertHasJournal(mem);
  const lock = takeLock(mem);
  try {
    const found = lookAtJournal(mem);
    const [own, there] = [await headerAt(mem.store), await headerAt(target)];
    const timeZone = own?.timeZone ?? there?.timeZone ?? options.timeZone;
    if (there !== undefined && there.timeZone !== timeZone) throw otherZone(timeZone, target, there.timeZone);
    if (own === undefined) assertZoneFits(mem.journal, timeZone);
    if (dryRun) return {dryRun, ...found, store: undefined};
    if (there === undefined)
      await target.create({timeZone, rulesVersion: own?.rulesVersion ?? CUTTING_RULES_VERSION, createdAt: mem.clock(), alarm: ''});
    // The home may go on as it is: what it appends from now on lies behind the ends that the other memory is told.
    if (own !== undefined) await mem.store.journalFiles?.endFiles(mem.clock());
    const store = await makeStore({...mem, store: target}, {...options, timeZone, salvages: false, mayLose: isPartial});
    return {dryRun, ...found, store};
  } finally {
    lock.release();
  }
}

export const otherZone = (timeZone: string, other: StoreGate, otherZoneName: string): MemError =>
  new MemError('CONFIG_INVALID', `this memory has the time zone ${timeZone}, the one at ${other.location} has ${otherZoneName}`, {
    hint: 'change one of them with: mem config set time_zone ZONE',
  });

/** Undefined where there is no store. */
export async function headerAt(store: StoreGate): Promise<StoreHeader | undefined> {
  if (!store.exists()) return undefined;
  try {
    return await store.use(JOB_PATIENCE_MS, async ({header}) => header);
  } catch (error) {
    if (error instanceof MemError && error.code === 'NO_STORE') return undefined;
    throw error;
  }
}
