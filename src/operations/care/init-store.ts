import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/**
 * Makes an empty store with a chosen time zone.
 * @returns whether it was made now; a store that already exists in the same zone is fine
 * @throws MemError USAGE when a store with another zone exists, STORE_DAMAGED when traces of a lost store exist
 */
export async function initStore(mem: Mem, timeZone: string): Promise<boolean> {
  if (!mem.store.exists()) {
    await mem.store.create({timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: mem.clock(), alarm: ''});
    return true;
  }
  const {header} = await mem.store.use(JOB_PATIENCE_MS, async (store) => ({header: store.header}));
  if (header.timeZone === timeZone) return false;
  throw new MemError('USAGE', `the store at ${mem.home} already exists, with the time zone ${header.timeZone}`, {
    hint: `change it with: mem config set time_zone ${timeZone}`,
  });
}
