import type {JobRun} from '../../domain/jobs/job-state.js';
import {Calendar} from '../../domain/time/period.js';
import {EXIT_STATUS, statusOfCode} from '../../errors.js';
import {jobOutcomeJson} from '../../json/schedule-json.js';
import type {Mem} from '../../operations/mem.js';
import type {JobOutcome} from '../../operations/schedule/job-outcome.js';
import {type RunJobsOptions, runJobs} from '../../operations/schedule/run-jobs.js';
import {note, type Output} from '../frame/output.js';
import {Progress} from '../frame/progress.js';
import {stopSignals} from '../frame/signals.js';
import {countsText, resultText} from './job-text.js';

/** The way to report a wake-up that did nothing. */
interface PrintOptions {
  readonly json: boolean;
  /** Exits with 75 if the requested job was skipped. */
  readonly isStrict: boolean;
  /** Says why it did nothing: to a person, and where systemd does not tell a person from a timer. */
  readonly saysWhy: boolean;
}

/** For instants in the log, which also uses the shell's clock. */
const UTC = new Calendar('UTC');

/**
 * Runs jobs and reports each on stderr, which a scheduler's runner writes into the log. It does not report what a scheduler's wake-up skipped.
 * @returns the exit status: the worst of the jobs that ran
 */
export async function printRunJobs(
  mem: Mem,
  options: Omit<RunJobsOptions, 'signal' | 'onOutcome'>,
  {json, isStrict, saysWhy}: PrintOptions,
  out: Output,
): Promise<number> {
  using stop = stopSignals();
  const progress = new Progress();
  let status = 0;
  let made = 0;
  const onOutcome: RunJobsOptions['onOutcome'] = ({kind, step}) => {
    if (kind === 'made') made++;
    progress.show(`mem: rolling up: ${made} made, now ${step.id}`);
  };
  try {
    for await (const outcome of runJobs(mem, {...options, signal: stop.signal, onOutcome})) {
      progress.clear();
      if (json) out.json(jobOutcomeJson(outcome));
      if (outcome.kind === 'ran') {
        note([ranText(outcome.job, outcome.run)]);
        status = Math.max(status, outcome.run.result === 'stopped' ? stop.exitStatus : statusOfRun(outcome.run));
      } else if (outcome.kind === 'skipped') {
        if (saysWhy && (options.trigger === 'hand' || outcome.reason === 'not-due')) note([skippedText(outcome)]);
        if (isStrict && outcome.job === options.which) status = Math.max(status, EXIT_STATUS.LOCK_BUSY);
      }
      await out.flush();
    }
  } finally {
    progress.clear();
    await out.flush();
  }
  return status;
}

function statusOfRun({result, error}: JobRun): number {
  return result === 'error' ? statusOfCode(error?.code ?? 'BUG') : 0;
}

function ranText(job: string, run: JobRun): string {
  const {endedAt, trigger, error} = run;
  const counts = countsText(run) || 'nothing to do';
  const what = error === undefined ? counts : `${counts}; ${error.message} [${error.code}]`;
  if (trigger === 'hand') return `mem: ${job} ${resultText(run)}: ${what}`;
  return `${UTC.format(endedAt)} ${job} ${resultText(run)} (by ${trigger}): ${what}`;
}

function skippedText({job, reason, next, timeZone = 'UTC'}: Extract<JobOutcome, {kind: 'skipped'}>): string {
  if (reason !== 'not-due') return `mem: ${job} is skipped: ${reason}`;
  const when = next === undefined ? 'has no next slot' : `is due at ${new Calendar(timeZone).formatMinute(next)} (${timeZone})`;
  return `mem: ${job} ${when}; run it now with: mem schedule run ${job} --now`;
}
