import type {EpochMs} from '../../domain/event/event.js';
import type {JobName} from '../../domain/jobs/job.js';
import type {JobRun} from '../../domain/jobs/job-state.js';
import {Calendar} from '../../domain/time/period.js';
import type {JobCondition, JobStatus, ScheduleStatus} from '../../operations/schedule/read-schedule.js';
import type {Drift} from '../../scheduling/scheduler.js';
import {alignColumns, type Line, type Style, styled} from '../../text/line.js';
import {widthOf} from '../../text/width.js';
import {durationText, resultText} from './job-text.js';

const HEADINGS = ['JOB', 'STATE', 'LAST RUN', 'RESULT', 'NEXT RUN', 'RUNS', 'ERR', 'SKIP'];
const COLUMN = 11;
const COLORS: Readonly<Partial<Record<JobCondition, Style>>> = {running: 'green', paused: 'yellow', overdue: 'red', failed: 'red'};

/** What is installed, then a line for each job, then remarks about some jobs. */
export function scheduleLines(status: ScheduleStatus): readonly Line[] {
  const {home, timeZone, jobs, installed, rollupByHand, settingFaults, now} = status;
  const calendar = new Calendar(timeZone);
  const at = (instant: EpochMs): string => calendar.formatMinute(instant);
  const lines: Line[] = [
    row('Scheduler', installed?.label ?? 'not installed: nothing wakes mem up; install one with: mem install-schedule'),
    row('Home', installed === undefined ? home : `${home} (${installed.scheduleId})`),
    row('Time zone', `${timeZone}, of all times below`),
    ...(installed?.notes ?? []).map((note) => row('Note', note)),
    ...(installed === undefined ? [] : [row('Log', `${installed.log}, see: mem schedule log`)]),
    ...(installed?.drift ?? []).map((fault): Line => [styled('red', 'Drift'.padEnd(COLUMN)), driftText(fault)]),
    ...settingFaults.map(
      ({message, hint}): Line => [
        styled('red', 'Settings'.padEnd(COLUMN)),
        `${message}: the default is used; ${hint ?? 'see: mem config'}`,
      ],
    ),
    [],
  ];
  const rows = jobs.map((job) => jobRow(job, at, now));
  lines.push(...alignColumns([HEADINGS.map((name) => styled('dim', name)), ...rows], widthOf));
  const remarks = jobs.flatMap((job) => remarksOn(job, at));
  if (rollupByHand !== undefined) {
    remarks.push(['a rollup runs by hand ', `(pid ${rollupByHand.pid}, since ${at(rollupByHand.startedAt)})`]);
  }
  return remarks.length === 0 ? lines : [...lines, [], ...remarks];
}

/** A drift, and what to do about it. */
export function driftText({what, cure, hint}: Drift): string {
  return `${what}; ${hint ?? `fix it with: ${cure}`}`;
}

function row(name: string, text: string): Line {
  return [styled('dim', name.padEnd(COLUMN)), text];
}

function jobRow({job, state, condition, holder, dueSince, next}: JobStatus, at: (instant: EpochMs) => string, now: EpochMs) {
  const {lastRun} = state;
  const color = COLORS[condition];
  const lastTime =
    holder !== undefined ? `pid ${holder.pid}, ${durationText(now - holder.startedAt)}` : lastRun ? at(lastRun.startedAt) : 'never';
  const result = holder !== undefined ? `by ${holder.trigger}` : lastRun ? resultText(lastRun) : '-';
  const coming = dueSince === undefined ? (next === undefined ? '-' : at(next)) : `due since ${at(dueSince)}`;
  const numbers = [state.runCount, state.errorCount, state.skipCount].map(String);
  return [job.name, color === undefined ? condition : styled(color, condition), lastTime, result, coming, ...numbers];
}

/** A run by hand reports on its terminal, and its report is not in the log. */
function inLog({trigger}: JobRun, name: JobName): string {
  return trigger === 'hand' ? '' : `; see: mem schedule log --job ${name}`;
}

/** Errors, pauses and skips of a job that do not fit into its row. */
function remarksOn({job, state, condition}: JobStatus, at: (instant: EpochMs) => string): Line[] {
  const {lastRun, paused, lastSkip} = state;
  const name = styled('bold', job.name);
  const remarks: Line[] = [];
  if (condition === 'overdue')
    remarks.push([
      name,
      ': the scheduler did not start it; is the scheduler running? See when it last started mem: mem schedule log --all',
    ]);
  if (lastRun?.error) remarks.push([name, `: last error: ${lastRun.error.message} [${lastRun.error.code}]${inLog(lastRun, job.name)}`]);
  if (condition === 'paused' && paused) {
    const until = paused.until === undefined ? '' : ` until ${at(paused.until)}`;
    remarks.push([name, `: paused since ${at(paused.since)}${until}; resume it with: mem schedule resume ${job.name}`]);
  }
  if (lastSkip !== undefined && lastSkip.at > (lastRun?.endedAt ?? 0)) {
    remarks.push([name, `: last skipped ${at(lastSkip.at)}: ${lastSkip.reason}`]);
  }
  return remarks;
}
