import type {RollupOutcome} from '../../../domain/rollup/rollup-step.js';
import type {PeriodLevel} from '../../../domain/toc/node-id.js';
import type {NodeMark, Store} from '../../../store/port/store.js';
import {holdInTurns} from '../../access/hold.js';
import {JOB_PATIENCE_MS} from '../../mem.js';
import {commitPeriods, type MadePeriod, type PlannedPeriod, readMarkedPeriod, summarizePeriod} from '../steps/period-steps.js';
import {readWaiting} from '../steps/read-periods.js';
import type {RollupRun} from '../steps/rollup-run.js';

/** Periods are read until they have this many inputs together, then made and committed. */
const INPUTS_PER_TURN = 1_500;
/** Marks are read so many at a time. */
const MARKS_PER_READ = 64;

/** Makes the marked periods of one TOC level without a model, the oldest first. What is below them has been made before. */
export async function* rollUpPeriods(run: RollupRun, tocLevel: PeriodLevel): AsyncGenerator<RollupOutcome> {
  const marks = await run.mem.store.use(JOB_PATIENCE_MS, async (store) => [...(await store.nodeMarks(tocLevel))]);
  let made: readonly MadePeriod[] = [];
  while (made.length > 0 || (marks.length > 0 && !run.signal.aborted)) {
    const ready = made;
    const turn = await holdInTurns(run.mem, JOB_PATIENCE_MS, (current) =>
      commitAndRead(run, current, ready, run.signal.aborted ? [] : marks),
    );
    yield* turn.outcomes;
    const next: MadePeriod[] = [];
    for (const planned of turn.planned) {
      if (run.signal.aborted) break;
      next.push(await summarizePeriod(run, planned));
    }
    made = next;
  }
}

/** Commits what is made, then reads the next periods. Takes what it reads off `marks`. */
async function* commitAndRead(
  run: RollupRun,
  current: () => Store,
  made: readonly MadePeriod[],
  marks: NodeMark[],
): AsyncGenerator<void, {outcomes: readonly RollupOutcome[]; planned: readonly PlannedPeriod[]}> {
  const outcomes = await commitPeriods(run, current(), made);
  yield;
  const planned: PlannedPeriod[] = [];
  let inputs = 0;
  while (marks.length > 0 && inputs < INPUTS_PER_TURN) {
    const ids = marks.splice(0, MARKS_PER_READ).map(({id}) => id);
    // The marks before the inputs: where one is still the same at the commit, so are they.
    const present = await current().nodeMarksOf(ids);
    const waiting = await readWaiting(current(), ids);
    for (const mark of present) {
      if (mark === undefined) continue;
      const period = await readMarkedPeriod(run, current(), mark, waiting.has(mark.id));
      planned.push(period);
      inputs += period.nodes.length;
      yield;
    }
    yield;
  }
  return {outcomes, planned};
}
