import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/**
 * Makes an empty store with a chosen time zone.
 * @returns whether it was made now: one that is there already, in the same zone, is fine
 * @throws MemError USAGE when there is one with another zone, STORE_DAMAGED when there are traces of one that is gone
 */
export async function initStore(mem: Mem, timeZone: string): Promise<boolean> {
  if (!mem.store.exists()) {
    await mem.store.create({timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: mem.clock(), alarm: ''});
    return true;
  }
  const {header} = await mem.store.use(JOB_PATIENCE_MS, async (store) => ({header: store.header}));
  if (header.timeZone === timeZone) return false;
  throw new MemError('USAGE', `there is a store at ${mem.home} already, with the time zone ${header.timeZone}`, {
    hint: `change it with: mem config set time_zone ${timeZone}`,
  });
}
