import type {EpochMs} from '../../domain/event/event.js';
import {PENDING} from '../../domain/search/index/rows.js';
import {instant} from '../../domain/time/instant.js';
import {systemTicks} from '../../system/clock.js';
import {shortPause} from '../../system/sleep.js';
import type {Db} from './db.js';
import {EVENTS, eventRange, type KeyRange, searchRange, segmentBounds, timeOfEventKey} from './keys.js';

/** A range of keys to compact. It stays good when the store is closed and opened again. */
export interface CompactionStep {
  readonly from: string;
  readonly to: string;
  /** On disk, about. */
  readonly bytes: number;
}

/** 184 MB were compacted in half a second to a second; a step should stay well below a quarter of one. */
const STEP_BYTES = 24 * 1024 * 1024;
/** Years that events are likely to be of. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2060;
const MANY_FILES = 8;
const FEW_FILES = 4;
const LOOK_MS = 5;

export function isUnsettled(db: Pick<Db, 'levelZeroFiles'>): boolean {
  return db.levelZeroFiles() >= MANY_FILES;
}

/** Short sessions leave LevelDB's level-0 files behind, and too little time to merge them: 300 of them left 248. */
export async function settle(db: Pick<Db, 'levelZeroFiles'>, maxMs: number): Promise<void> {
  if (!isUnsettled(db)) return;
  const since = systemTicks();
  for (let waited = 0; waited < maxMs && systemTicks() - since < maxMs; waited += LOOK_MS) {
    await shortPause(LOOK_MS);
    if (db.levelZeroFiles() < FEW_FILES) return;
  }
}

/** The whole store in parts of at most about 24 MiB: what lies before the events, the events by time, what lies behind them by month. */
export async function compactionSteps(db: Db): Promise<readonly CompactionStep[]> {
  const oldest = await endOf(db, false);
  const newest = await endOf(db, true);
  const steps: CompactionStep[] = [await stepOf(db, {from: '', to: EVENTS.from})];
  if (oldest !== undefined && newest !== undefined) steps.push(...(await split(db, oldest, instant(newest + 1))));
  const months = oldest === undefined || newest === undefined ? [] : monthsBetween(oldest, newest);
  steps.push(...(await merge(db, [EVENTS.to, ...segmentBounds(months), '\x7f'])));
  return steps;
}

/** What entries of the search index leave that wait no longer: a reader steps over all of it, and so does who reads the rows before them. */
export async function waitingRowSteps(db: Db): Promise<readonly CompactionStep[]> {
  const {from, to} = searchRange(PENDING);
  // By their dates; a step that is larger for all that takes longer, and is right.
  const years = Array.from({length: LAST_YEAR - FIRST_YEAR}, (_, at) => `${from}${FIRST_YEAR + at}`);
  return merge(db, [from, ...years, to]);
}

/** `2024-01` and so on, all months in UTC that touch a span of time; a day's month may differ, which moves a bound and no more. */
function monthsBetween(oldest: EpochMs, newest: EpochMs): readonly string[] {
  const months: string[] = [];
  const at = new Date(new Date(oldest).toISOString().slice(0, 7));
  for (; at.getTime() <= newest; at.setUTCMonth(at.getUTCMonth() + 1)) months.push(at.toISOString().slice(0, 7));
  return months;
}

/** Neighbouring ranges between `bounds`, put together as long as they are small. */
async function merge(db: Db, bounds: readonly string[]): Promise<readonly CompactionStep[]> {
  const steps: CompactionStep[] = [];
  for (const [at, to] of bounds.slice(1).entries()) {
    const step = await stepOf(db, {from: bounds[at] ?? '', to});
    const before = steps.at(-1);
    if (before !== undefined && before.bytes + step.bytes <= STEP_BYTES) {
      steps[steps.length - 1] = {from: before.from, to: step.to, bytes: before.bytes + step.bytes};
    } else {
      steps.push(step);
    }
  }
  return steps;
}

async function split(db: Db, start: EpochMs, end: EpochMs): Promise<readonly CompactionStep[]> {
  const step = await stepOf(db, eventRange(start, end));
  if (step.bytes <= STEP_BYTES || end - start <= 1) return [step];
  const middle = instant(start + Math.floor((end - start) / 2));
  return [...(await split(db, start, middle)), ...(await split(db, middle, end))];
}

async function stepOf(db: Db, range: KeyRange): Promise<CompactionStep> {
  return {...range, bytes: await db.approximateBytes(range)};
}

/** The time of the oldest or the newest event. */
async function endOf(db: Db, newestFirst: boolean): Promise<EpochMs | undefined> {
  const cursor = db.cursor(EVENTS, {newestFirst});
  try {
    const [row] = await cursor.next(1);
    await cursor.finish();
    return row === undefined ? undefined : timeOfEventKey(row[0]);
  } finally {
    await cursor.close();
  }
}
