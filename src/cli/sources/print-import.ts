import {DAY_MS} from '../../domain/time/durations.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import {parseTimeRange} from '../../domain/time/time-range.js';
import {errorJson} from '../../json/error-json.js';
import {importJson} from '../../json/import-json.js';
import {openImport} from '../../mem.js';
import {readToday} from '../../operations/access/read-today.js';
import type {Mem} from '../../operations/mem.js';
import {rollUp} from '../../operations/rollup/roll-up.js';
import {findJobs} from '../../operations/sources/find-jobs.js';
import {importWithBells} from '../../operations/sources/import-with-bells.js';
import {ownTimeZone} from '../../settings/config.js';
import type {SourceSettings} from '../../settings/source-settings.js';
import {memErrorLines} from '../../text/ingest-report.js';
import {count} from '../../text/node-text.js';
import {note, type Output, wantsColor} from '../frame/output.js';
import {Progress} from '../frame/progress.js';
import {noteJson, reportError} from '../frame/report-error.js';
import {stopSignals} from '../frame/signals.js';
import {RollupTally} from '../rollup/rollup-tally.js';
import {progressText, sourceLines} from './import-text.js';

/** The years that a first import brings would take thousands of calls. */
const OFFLINE_AFTER_DAYS = 7;

export interface ImportFlags {
  readonly since?: string | undefined;
  readonly 'dry-run': boolean;
  readonly 'no-rollup': boolean;
  readonly json: boolean;
}

/** Imports what is named and prints what it found; then rolls up. @returns the exit status */
export async function printImport(
  mem: Mem,
  named: readonly string[],
  settings: SourceSettings,
  flags: ImportFlags,
  out: Output,
): Promise<number> {
  // A new user has no store yet: it will take this zone.
  const timeZone = mem.store.exists() ? (await readToday(mem)).timeZone : ownTimeZone();
  const calendar = new Calendar(timeZone);
  const {from: since} = parseTimeRange(flags.since, undefined, calendar.dateOf(mem.clock()), calendar);
  const isDryRun = flags['dry-run'];
  const deps = await openImport(mem, settings);
  const jobs = await findJobs(named, settings.connected, deps);
  using stop = stopSignals();
  const progress = new Progress();
  const begun = process.uptime();
  const onProgress = (done: Parameters<typeof progressText>[0]) => progress.show(progressText(done, (process.uptime() - begun) * 1000));
  const agents = named.length === 0 ? settings.connected : named;
  const result = await importWithBells(jobs, agents, deps, {since, isDryRun, signal: stop.signal, onProgress}).finally(() =>
    progress.clear(),
  );
  if (flags.json) out.json(importJson(result, isDryRun), 'indented');
  else for (const tally of result.sources) out.lines(sourceLines(tally, isDryRun, (at) => calendar.dateOf(at)));
  await out.flush();
  for (const problem of result.problems) {
    if (flags.json) noteJson(errorJson(problem));
    else for (const line of memErrorLines(problem)) note([line]);
  }
  const worst = Math.max(0, ...result.problems.map(({exitStatus}) => exitStatus));
  const hasNew = result.sources.some(({stored}) => stored > 0);
  if (isDryRun || flags['no-rollup'] || !hasNew || stop.exitStatus !== 0) return stop.exitStatus || worst;
  return (await rollUpAfter(mem, stop.signal, flags.json)) || stop.exitStatus || worst;
}

/** Ends as `mem rollup` does, but says only how it went, for there can be thousands of nodes, and makes what is old offline. */
async function rollUpAfter(mem: Mem, signal: AbortSignal, json: boolean): Promise<number> {
  const now = mem.clock();
  const offlineBefore = instant(now - OFFLINE_AFTER_DAYS * DAY_MS);
  const tally = new RollupTally();
  const progress = new Progress();
  try {
    for await (const outcome of rollUp(mem, {offlineBefore}, signal)) {
      tally.add(outcome);
      progress.show(`mem: rolling up: ${count(tally.made, 'node')} made, now ${outcome.step.id}`);
    }
  } finally {
    progress.clear();
  }
  if (process.stderr.isTTY || tally.isNotable) note([`mem: ${tally.summary() ?? 'nothing to roll up'}`]);
  if (tally.callsSaved > 0) note([savedText(tally.callsSaved)]);
  if (tally.refusal) reportError(tally.refusal, {json, color: wantsColor(process.stderr, 'auto', false), command: 'import'});
  return tally.exitStatus;
}

function savedText(calls: number): string {
  const redo = 'mem rollup --redo extractive';
  return `mem: note: what is older than ${OFFLINE_AFTER_DAYS} days was summarized offline; the model makes it with: ${redo} (${count(calls, 'call')}; add --dry-run to see what they take)`;
}
