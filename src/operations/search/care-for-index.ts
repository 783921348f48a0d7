import type {EpochMs} from '../../domain/event/event.js';
import type {SessionDayCounter} from '../../domain/search/index/entry.js';
import type {Calendar} from '../../domain/time/period.js';
import {holdInTurns} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {completeIndex} from './complete-index.js';
import {mergeIndex} from './merge-index.js';

/** What the end of a rollup needs to leave the index in order. */
export interface IndexCare {
  readonly calendar: Calendar;
  readonly now: EpochMs;
  readonly counter: SessionDayCounter;
  readonly signal: AbortSignal;
}

/** Counts what was never counted, and merges what waits. Only who holds the lease of rollups may call it; it can be killed at any point. */
export async function careForIndex(mem: Pick<Mem, 'store'>, {calendar, now, counter, signal}: IndexCare): Promise<void> {
  await holdInTurns(mem, JOB_PATIENCE_MS, async function* (current) {
    if (yield* completeIndex(current, counter, now, signal)) yield* mergeIndex(current, calendar.dateOf(now), now, signal);
  });
}
