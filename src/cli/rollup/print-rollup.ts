import {Calendar} from '../../domain/time/period.js';
import {parseTimeRange} from '../../domain/time/time-range.js';
import type {TocLevel} from '../../domain/toc/node-id.js';
import {outcomeJson, stepJson} from '../../json/rollup-json.js';
import {readToday} from '../../operations/access/read-today.js';
import type {Mem} from '../../operations/mem.js';
import {planRollUp} from '../../operations/rollup/plan-roll-up.js';
import type {RedoKind} from '../../operations/rollup/redo.js';
import {type RollUpOptions, rollUp} from '../../operations/rollup/roll-up.js';
import {count} from '../../text/node-text.js';
import {note, type Output, wantsColor} from '../frame/output.js';
import {Progress} from '../frame/progress.js';
import {reportError} from '../frame/report-error.js';
import {stopSignals} from '../frame/signals.js';
import {PlanTotal} from './plan-total.js';
import {RollupTally} from './rollup-tally.js';
import {outcomeLine, stepLine} from './rollup-text.js';

interface RollUpFlags {
  readonly level?: TocLevel | undefined;
  readonly redo?: RedoKind | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export async function rollUpOptions(mem: Mem, {level, redo, from, to}: RollUpFlags): Promise<RollUpOptions> {
  if (redo === undefined) return {tocLevel: level};
  const {timeZone, today} = await readToday(mem);
  return {tocLevel: level, redo: {kind: redo, tocLevel: level, ...parseTimeRange(from, to, today, new Calendar(timeZone))}};
}

/** Prints what a rollup would do and, with a model, the most that its calls can take. */
export async function printPlan(mem: Mem, options: RollUpOptions, json: boolean, out: Output): Promise<void> {
  let steps = 0;
  const total = new PlanTotal(mem.budget.prices);
  for await (const step of planRollUp(mem, options)) {
    steps++;
    total.add(step);
    if (json) out.json(stepJson(step));
    else out.line(...stepLine(step));
    await out.page();
  }
  if (mem.model && steps > 0) {
    if (json) out.json(total.json());
    else out.line(total.text());
  }
  if (steps === 0 && process.stderr.isTTY) note(['mem: nothing to roll up']);
}

/** Rolls up and prints the outcome of each node; a summary goes to stderr. @returns the exit status */
export async function printRollUp(mem: Mem, options: RollUpOptions, json: boolean, out: Output): Promise<number> {
  using stop = stopSignals();
  const tally = new RollupTally();
  const progress = new Progress();
  try {
    for await (const outcome of rollUp(mem, options, stop.signal)) {
      tally.add(outcome);
      if (json) out.json(outcomeJson(outcome));
      else out.line(...outcomeLine(outcome));
      await out.page(() => progress.clear());
      progress.show(`mem: rolling up: ${count(tally.made, 'node')} made, now ${outcome.step.id}`);
    }
  } finally {
    progress.clear();
    await out.flush();
  }
  // cron mails the output of a job. So this line is only for a person at a terminal, or for something that needs attention.
  if (process.stderr.isTTY || tally.isNotable) note([`mem: ${tally.summary() ?? 'nothing to roll up'}`]);
  // Printed once, however many nodes wait for it.
  if (tally.refusal) reportError(tally.refusal, {json, color: wantsColor(process.stderr, 'auto', false), command: 'rollup'});
  return stop.exitStatus || tally.exitStatus;
}
