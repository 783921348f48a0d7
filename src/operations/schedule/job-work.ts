import type {Job, JobName} from '../../domain/jobs/job.js';
import {tocLevelOfJob} from '../../domain/jobs/job.js';
import type {JobRun, RunCounts} from '../../domain/jobs/job-state.js';
import type {RollupOutcome} from '../../domain/rollup/rollup-step.js';
import {instant} from '../../domain/time/instant.js';
import type {TocLevel} from '../../domain/toc/node-id.js';
import {type ErrorCode, EXIT_STATUS, MemError} from '../../errors.js';
import type {Fence, LeaseName} from '../../store/port/store.js';
import {compact} from '../care/compact.js';
import {forget} from '../forget/forget.js';
import {planRetention, wasShown} from '../forget/retention.js';
import type {Mem} from '../mem.js';
import {rollUp} from '../rollup/roll-up.js';
import {findJobs} from '../sources/find-jobs.js';
import {importWithBells} from '../sources/import-with-bells.js';
import {syncPeers} from '../sync/sync-peers.js';

/** How the work of a run ended. */
export type WorkResult = Pick<JobRun, 'result' | 'isTimeUp' | 'counts' | 'error'>;

export interface WorkOptions {
  /** What paused jobs leave to themselves. */
  readonly leftOut: ReadonlySet<TocLevel>;
  readonly signal: AbortSignal;
  /** Of the lease that is held for it: who took it over since must not be written over. */
  readonly fence: Fence | undefined;
  /** What became of a node. */
  readonly onOutcome: (outcome: RollupOutcome) => void;
}

/** All rollup jobs, `mem rollup`, and what takes something out share one lock. */
export function lockOfJob(name: JobName): LeaseName {
  return name === 'compact' || name === 'import' || name === 'sync' ? name : 'rollup';
}

/**
 * Does the work of a job, for at most its `maxRunMs`. The caller holds the lock of the job.
 * @throws MemError STORE_BUSY, and what is a bug; every other error is the result
 */
export async function workOn(mem: Mem, job: Job, {leftOut, signal, fence, onOutcome}: WorkOptions): Promise<WorkResult> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), job.maxRunMs);
  const either = AbortSignal.any([signal, limit.signal]);
  const tally = new Tally();
  try {
    if (job.name === 'compact') await compactAll(mem, {signal: either, fence}, tally);
    else if (job.name === 'import') await importAll(mem, either, tally);
    else if (job.name === 'sync') await syncAll(mem, {signal: either, maxRunMs: job.maxRunMs}, tally);
    else if (job.name === 'retention') await emptyAll(mem, {signal: either, fence}, tally);
    else await rollUpAll(mem, job.name, {leftOut, signal: either, fence, onOutcome}, tally);
  } catch (error) {
    if (!(error instanceof MemError) || error.code === 'STORE_BUSY') throw error;
    tally.fail(error.code, error.message);
  } finally {
    clearTimeout(timer);
  }
  return tally.result(signal.aborted, limit.signal.aborted);
}

async function rollUpAll(mem: Mem, name: JobName, {leftOut, signal, fence, onOutcome}: WorkOptions, tally: Tally): Promise<void> {
  // Whatever has closed is rolled up in sequence: rollup jobs differ in when they wake and in which pause stops them.
  const tocLevel = tocLevelOfJob(name) === 'segment' ? 'segment' : undefined;
  for await (const outcome of rollUp(mem, {tocLevel, leftOut, isLocked: true, fence}, signal)) {
    tally.count(outcome.kind);
    if (outcome.kind === 'made' && outcome.fallback !== undefined) tally.count('fallbacks');
    if (outcome.kind === 'left' && outcome.step.reason === 'waits-for-budget') tally.count('waiting_for_budget');
    if (outcome.kind === 'failed') tally.fail(outcome.code, `${outcome.step.id}: ${outcome.message}`);
    onOutcome(outcome);
  }
}

async function importAll(mem: Mem, signal: AbortSignal, tally: Tally): Promise<void> {
  const deps = await mem.openImport();
  const result = await importWithBells(await findJobs([], mem.connected, deps), mem.connected, deps, {signal, isLocked: true});
  for (const {stored, filesRead} of result.sources) {
    tally.count('stored', stored);
    tally.count('files_read', filesRead);
  }
  for (const problem of result.problems) tally.fail(problem.code, problem.message);
}

/** Each peer has its share of the time. What failed is told of every peer; the next slot tries them all again. */
async function syncAll(mem: Mem, {signal, maxRunMs}: {signal: AbortSignal; maxRunMs: number}, tally: Tally): Promise<void> {
  const peers = mem.syncTargets;
  const patienceMs = maxRunMs / Math.max(1, peers.length);
  const failures: {code: ErrorCode; message: string}[] = [];
  for await (const outcome of syncPeers(mem, peers, {isLocked: true, dryRun: false, canAsk: false, signal, patienceMs})) {
    const {peer} = outcome;
    if (outcome.kind === 'failed') {
      const {code, message} = outcome.fault;
      tally.count('peers_failed');
      failures.push({code, message: message.includes(peer) ? message : `${peer}: ${message}`});
      continue;
    }
    const {received, sent, refused} = outcome.report;
    tally.count('peers');
    tally.count('events_received', received.events);
    tally.count('files_sent', sent.files);
    tally.count('events_forgotten', received.forgotten);
    if (received.left !== undefined || sent.left !== undefined) tally.count('left');
    for (const {path, reason} of refused) failures.push({code: 'IO_ERROR', message: `${path} was refused: ${reason}`});
  }
  const worst = failures.toSorted((a, b) => EXIT_STATUS[b.code] - EXIT_STATUS[a.code])[0];
  if (worst !== undefined) tally.fail(worst.code, failures.map(({message}) => message).join('; '));
}

async function compactAll(mem: Mem, {signal, fence}: Pick<WorkOptions, 'signal' | 'fence'>, tally: Tally): Promise<void> {
  const {versions, inbox, bytesBefore, bytesAfter} = await compact(mem, {dryRun: false, isLocked: true, signal, fence});
  tally.count('versions_removed', versions.removed);
  tally.count('files_removed', inbox.files);
  tally.count('bytes_freed', Math.max(0, (bytesBefore ?? 0) - (bytesAfter ?? 0)) + inbox.bytes);
}

/** Leaves all as it is until somebody was shown what the age that is set empties. */
async function emptyAll(mem: Mem, {signal, fence}: Pick<WorkOptions, 'signal' | 'fence'>, tally: Tally): Promise<void> {
  const {toolResultsAge: age} = mem;
  if (age === undefined || !(await wasShown(mem, age.text))) return;
  const now = mem.clock();
  const before = instant(now - age.ms);
  if ((await planRetention(mem, before)).events === 0) return;
  const {events} = await forget(mem, {kind: 'retention', before}, {signal, held: fence});
  tally.count('events_emptied', events);
}

/** Counts what is done, and keeps the worst that went wrong. */
class Tally {
  readonly #counts: Record<string, number> = {};
  #error: {code: ErrorCode; message: string} | undefined;

  count(name: string, by = 1): void {
    if (by > 0) this.#counts[name] = (this.#counts[name] ?? 0) + by;
  }

  fail(code: ErrorCode, message: string): void {
    if (this.#error === undefined || EXIT_STATUS[code] > EXIT_STATUS[this.#error.code]) this.#error = {code, message};
  }

  result(isStopped: boolean, isTimeUp: boolean): WorkResult {
    const counts: RunCounts = this.#counts;
    if (this.#error) return {result: 'error', counts, error: this.#error};
    if (isStopped) return {result: 'stopped', counts};
    if (!isTimeUp) return {result: 'success', counts};
    // What is done is done, and the rest is still due: only who gets nowhere fails.
    if (Object.entries(counts).some(([name, number]) => name !== 'left' && number > 0)) return {result: 'success', isTimeUp, counts};
    return {result: 'error', isTimeUp, counts, error: {code: 'TIME_LIMIT', message: 'its time was up before it had done anything'}};
  }
}
