import {Calendar} from '../../domain/time/period.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Mem} from '../mem.js';
import {readDrained} from './drained-store.js';

/** The store's zone and today's date in it. @throws MemError NO_STORE, STORE_BUSY */
export async function readToday(mem: Mem): Promise<{readonly timeZone: string; readonly today: LocalDate}> {
  const timeZone = await readDrained(mem, async (store) => store.header.timeZone);
  return {timeZone, today: new Calendar(timeZone).dateOf(mem.clock())};
}
