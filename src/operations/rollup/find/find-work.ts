import type {EpochMs} from '../../../domain/event/event.js';
import {addDays} from '../../../domain/time/local-date.js';
import type {LocalDate, TocLevel} from '../../../domain/toc/node-id.js';
import type {NodeMark, SessionDayMark} from '../../../store/port/store.js';
import type {Commits} from '../commit/commits.js';
import type {RollupRun} from '../rollup-run.js';
import type {RollupStore} from '../rollup-store.js';
import {periodWork} from './period-work.js';
import {readWaiting} from './read-periods.js';
import {decodeGroup, GROUP_EVENTS, type KnownBefore, readRecords, readSegmentPointers, readSessionDaysOf} from './read-session-days.js';
import {sessionDayWork} from './session-day-work.js';
import type {Work} from './work.js';

/** Work is read up to this many segments, then made. Each opening of the store that writes leaves a level-0 file; eight of those cause a merge. */
const BATCH_SIZE = 300;
/** So many dates are read together, and session-days at most. */
const DATES_PER_GROUP = 7;
const SESSIONS_PER_GROUP = 300;
/** This many marks of periods are read at a time. It is fewer where each may take a call: a mark may change meanwhile. */
const PERIODS_PER_GROUP = {offline: 64, byModel: 16};

/** Reads the work of some marks that lie together; yields undefined where the store may be let go. */
type ReadGroup = (current: () => RollupStore) => AsyncGenerator<Work | undefined>;

/**
 * Yields what is to be done about the marks of one TOC level, read together in batches. What is below it has been made before. With a
 * model the newest comes first, for the budget may end.
 * @param isAsking whether calls of a model are begun for what is of a time: then what needs none is not waited for, and little is read ahead
 */
export async function* findWork(
  run: RollupRun,
  commits: Commits,
  tocLevel: TocLevel,
  isAsking: (time: EpochMs) => boolean,
): AsyncGenerator<Work[]> {
  const groups = await commits.hold((store) => findGroups(run, store, tocLevel));
  // Read ahead, a batch comes between any two nodes: what is committed with it does not depend on when.
  const isWhole = run.mem.model !== undefined;
  while (groups.length > 0 && !run.signal.aborted)
    yield await commits.inTurns((current) => readBatch(run, current, groups, isAsking), isWhole);
}

/** Of one TOC level, what is marked, as groups that are read together. */
async function findGroups(run: RollupRun, store: RollupStore, tocLevel: TocLevel): Promise<ReadGroup[]> {
  const isNewestFirst = run.mem.model !== undefined || run.isDryRun;
  if (tocLevel === 'segment') {
    const dates = await store.markedDates();
    return isNewestFirst
      ? inDates(
          run,
          dates
            .toSorted()
            .reverse()
            .map((date) => [date]),
        )
      : inDates(run, inStretches(dates));
  }
  const most = run.mem.model ? PERIODS_PER_GROUP.byModel : PERIODS_PER_GROUP.offline;
  const marks = await store.nodeMarks(tocLevel);
  const inOrder = isNewestFirst ? marks.toReversed() : marks;
  const starts = Array.from({length: Math.ceil(marks.length / most)}, (_, at) => at * most);
  return starts.map((start) => (current) => readPeriods(run, current, inOrder.slice(start, start + most)));
}

async function* readBatch(
  run: RollupRun,
  current: () => RollupStore,
  groups: ReadGroup[],
  isAsking: (time: EpochMs) => boolean,
): AsyncGenerator<void, Work[]> {
  const batch: Work[] = [];
  let size = 0;
  // The newest comes first: behind what is too old for a call nothing needs one.
  const isFull = (last = batch.at(-1)) => size >= (last === undefined || isAsking(last.time) ? 1 : BATCH_SIZE);
  while (groups.length > 0 && !isFull() && !run.signal.aborted) {
    for await (const work of groups.shift()?.(current) ?? []) {
      if (work) batch.push(work);
      size += work?.size ?? 0;
      yield;
    }
  }
  return batch;
}

/** Dates without a gap between them, a few at a time: to read each by itself takes as many steps as to read them together. */
function inStretches(dates: readonly LocalDate[]): readonly (readonly LocalDate[])[] {
  const stretches: LocalDate[][] = [];
  for (const date of dates) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    if (last && before && last.length < DATES_PER_GROUP && addDays(before, 1) === date) last.push(date);
    else stretches.push([date]);
  }
  return stretches;
}

/** A group for each stretch of dates; one with more than memory should hold becomes several when it is read. */
function inDates(run: RollupRun, stretches: readonly (readonly LocalDate[])[]): ReadGroup[] {
  const groupOf = (dates: readonly LocalDate[]): ReadGroup =>
    async function* (current) {
      const [first, last] = [dates[0], dates.at(-1)];
      if (first === undefined || last === undefined) return;
      const marks = await current().sessionDayMarks({from: first, to: addDays(last, 1)});
      const sessionDays = await readSessionDaysOf(current(), marks);
      const isCrowded = marks.length > SESSIONS_PER_GROUP;
      const isLarge = isCrowded || sessionDays.reduce((sum, {count}) => sum + count, 0) > GROUP_EVENTS;
      if (isLarge && dates.length > 1) groups.unshift(...dates.map((date) => groupOf([date])));
      else if (!isCrowded) yield* readSessions(run, current, marks, {sessionDays});
      else groups.unshift(...(await splitDate(run, current(), first, marks)));
    };
  const groups = stretches.map(groupOf);
  return groups;
}

/** Sessions that began together are read together: to read a group, all events between its first and its last one are gone over. */
async function splitDate(
  run: RollupRun,
  store: RollupStore,
  date: LocalDate,
  marks: readonly SessionDayMark[],
): Promise<readonly ReadGroup[]> {
  const sessionDays = await store.sessionDays({from: date, to: addDays(date, 1)});
  const first = new Map(sessionDays.map((day) => [day.sessionKey, day.first]));
  const wanted = marks
    .map(({sessionKey}) => ({date, sessionKey}))
    .sort((a, b) => (first.get(a.sessionKey) ?? 0) - (first.get(b.sessionKey) ?? 0));
  const pointers = await readSegmentPointers(store, marks);
  const starts = Array.from({length: Math.ceil(wanted.length / SESSIONS_PER_GROUP)}, (_, at) => at * SESSIONS_PER_GROUP);
  return starts.map(
    (start) =>
      async function* (current) {
        const part = await current().sessionDayMarksOf(wanted.slice(start, start + SESSIONS_PER_GROUP));
        yield* readSessions(
          run,
          current,
          part.filter((mark) => mark !== undefined),
          {pointers},
        );
      },
  );
}

async function* readSessions(
  run: RollupRun,
  current: () => RollupStore,
  marks: readonly SessionDayMark[],
  known: KnownBefore,
): AsyncGenerator<Work | undefined> {
  for await (const group of readRecords(current, marks, known)) {
    if (group === undefined) {
      yield undefined;
      continue;
    }
    const elsewhere = run.threaded?.workOf(group);
    if (elsewhere) yield* elsewhere;
    else for (const sessionDay of yield* decodeGroup(current, group)) yield await sessionDayWork(run, current(), sessionDay);
  }
}

async function* readPeriods(run: RollupRun, current: () => RollupStore, marks: readonly NodeMark[]): AsyncGenerator<Work> {
  const ids = marks.map(({id}) => id);
  // The marks before the inputs: where one is still the same at the commit, so are they.
  const present = await current().nodeMarksOf(ids);
  const waiting = await readWaiting(current(), ids);
  for (const mark of present) if (mark) yield await periodWork(run, current(), mark, waiting.has(mark.id));
}
