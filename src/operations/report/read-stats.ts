import {Calendar} from '../../domain/time/period.js';
import type {LocalDate, PeriodId} from '../../domain/toc/node-id.js';
import {datesOf} from '../../domain/toc/toc-snapshot.js';
import {drainForReader} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {type ActivityReading, readActivity} from './read-activity.js';
import {type ReportFilter, readFilter} from './report-filter.js';

/** What happened in a period, day by day. */
export interface Stats extends ActivityReading {
  readonly period: PeriodId;
  readonly timeZone: string;
  readonly today: LocalDate;
}

/** @throws MemError NO_STORE, STORE_BUSY, STORE_DAMAGED, USAGE for a project whose name is not clear */
export async function readStats(mem: Mem, period: PeriodId, filter: ReportFilter): Promise<Stats> {
  await drainForReader(mem);
  return holdInTurns(mem, READER_PATIENCE_MS, async function* (current) {
    const {timeZone} = current().header;
    const calendar = new Calendar(timeZone);
    const reading = yield* readActivity(current, calendar, datesOf(period), await readFilter(current(), filter, mem.projectNames));
    return {...reading, period, timeZone, today: calendar.dateOf(mem.clock())};
  });
}
