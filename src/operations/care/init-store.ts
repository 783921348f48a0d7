import {CUTTING_RULES_VERSION} from '../../domain/toc/segment.js';
import {MemError} from '../../errors.js';
import type {StoreHeader} from '../../store/port/store.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

/**
 * Makes an empty store with a chosen time zone.
 * @returns whether it was made now; a store that already exists in the same zone is fine
 * @throws MemError USAGE when a store with another zone exists, STORE_DAMAGED when traces of a lost store exist
 */
export async function initStore(mem: Mem, timeZone: string): Promise<boolean> {
  const header = await headerOf(mem);
  if (header === undefined) {
    await mem.store.create({timeZone, rulesVersion: CUTTING_RULES_VERSION, createdAt: mem.clock(), alarm: ''});
    return true;
  }
  if (header.timeZone === timeZone) return false;
  throw new MemError(
    'USAGE',
    `the store at ${mem.store.maintenance === undefined ? mem.store.location : mem.home} already exists, with the time zone ${header.timeZone}`,
    {
      hint: `change it with: mem config set time_zone ${timeZone}`,
    },
  );
}

/** Undefined where there is no store: a database says so only when it is asked. */
async function headerOf({store}: Mem): Promise<StoreHeader | undefined> {
  try {
    return await store.use(JOB_PATIENCE_MS, async ({header}) => header);
  } catch (error) {
    if (error instanceof MemError && error.code === 'NO_STORE') return undefined;
    throw error;
  }
}
