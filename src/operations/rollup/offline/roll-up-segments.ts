import type {RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import type {LocalDate} from '../../../domain/toc/node-id.js';
import type {Store} from '../../../store/port/store.js';
import {holdInTurns} from '../../access/hold.js';
import {JOB_PATIENCE_MS} from '../../mem.js';
import {readMarkedSessionDays} from '../steps/read-session-days.js';
import type {RollupRun} from '../steps/rollup-run.js';
import {commitSessionDays, type MadeSessionDay, type PlannedSessionDay, planMarkedSessionDay} from '../steps/session-day-steps.js';
import {summarizeSessionDay} from '../steps/summarize-session-day.js';

/** Offline nodes go up to this many to a commit. */
const NODES_PER_COMMIT = 200;
/** And this many to an opening of the store that writes: each leaves a level-0 file, and eight of those a merge. */
const NODES_PER_TURN = 300;

/**
 * Makes the segments of all marked session-days without a model, the oldest date first: that spares LevelDB to step over the marks that were
 * removed, again and again. A session-day that changes meanwhile keeps its mark.
 */
export async function* rollUpSegments(run: RollupRun): AsyncGenerator<RollupOutcome> {
  const dates = await markedDates(run);
  let made: readonly MadeSessionDay[] = [];
  while (made.length > 0 || (dates.length > 0 && !run.signal.aborted)) {
    const ready = made;
    const turn = await holdInTurns(run.mem, JOB_PATIENCE_MS, (current) =>
      commitAndRead(run, current, ready, run.signal.aborted ? [] : dates),
    );
    yield* turn.outcomes;
    const next: MadeSessionDay[] = [];
    for (const planned of turn.planned) {
      if (run.signal.aborted) break;
      next.push(await summarizeSessionDay(run, planned));
    }
    made = next;
  }
}

async function markedDates(run: RollupRun): Promise<LocalDate[]> {
  return run.mem.store.use(JOB_PATIENCE_MS, async (store) => {
    const dates = new Set((await store.sessionDayMarks({})).map((mark) => mark.date));
    return [...dates].sort();
  });
}

/** Commits what is made, then reads the next session-days: one opening of the store serves both. Takes what it reads off `dates`. */
async function* commitAndRead(
  run: RollupRun,
  current: () => Store,
  made: readonly MadeSessionDay[],
  dates: LocalDate[],
): AsyncGenerator<void, {outcomes: readonly RollupOutcome[]; planned: readonly PlannedSessionDay[]}> {
  const outcomes: RollupOutcome[] = [];
  for (const group of groupForCommits(made)) {
    outcomes.push(...(await commitSessionDays(run, current(), group)));
    yield;
  }
  const planned: PlannedSessionDay[] = [];
  while (dates.length > 0 && planned.reduce((sum, {toMake}) => sum + toMake.length, 0) < NODES_PER_TURN) {
    const date = dates.shift() as LocalDate;
    for await (const group of readMarkedSessionDays(current, date)) {
      for (const sessionDay of group ?? []) planned.push(await planMarkedSessionDay(run, current(), sessionDay));
      yield;
    }
  }
  return {outcomes, planned};
}

function* groupForCommits(made: readonly MadeSessionDay[]): Generator<readonly MadeSessionDay[]> {
  let group: MadeSessionDay[] = [];
  for (const sessionDay of made) {
    group.push(sessionDay);
    if (group.reduce((sum, {nodes}) => sum + nodes.length, 0) < NODES_PER_COMMIT) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
