import {EXIT_STATUS, MemError} from '../../errors.js';
import {errorJson} from '../../json/error-json.js';
import {ingestJson, type RejectedJson} from '../../json/ingest-json.js';
import {ignoreInput} from '../../operations/ingest/ignore-input.js';
import {type IngestDeps, ingest} from '../../operations/ingest/ingest.js';
import {environment} from '../../settings/config.js';
import {inputSource} from '../../system/input.js';
import {IngestBar} from '../../text/ingest-progress.js';
import {drainNote, ingestErrors, ingestNote, ingestStatus} from '../../text/ingest-report.js';
import {note, Output} from '../frame/output.js';
import {noteJson} from '../frame/report-error.js';

export interface IngestFlags {
  readonly drain: boolean;
  readonly json: boolean;
}

/** `mem ingest` with flags that the fast lane does not know. @returns the exit status */
export async function ingestInto(files: readonly string[], deps: IngestDeps, {drain, json}: IngestFlags): Promise<number> {
  const names = files.length === 0 ? ['-'] : files;
  if (names.includes('-') && process.stdin.isTTY) {
    throw new MemError('USAGE', 'standard input is a terminal', {hint: 'name a file, or pipe JSON Lines into it: mem ingest FILE'});
  }
  const sources = names.map(inputSource);
  const {MEM_SUMMARIZING} = environment;
  if (MEM_SUMMARIZING === '1') {
    await ignoreInput(sources, deps.inbox);
    return 0;
  }
  const bar = process.stderr.isTTY ? new IngestBar(process.stderr) : undefined;
  // Without the lines themselves: there may be millions of bad ones.
  const rejected: RejectedJson[] = [];
  const result = await ingest(sources, deps, {
    drain: drain || json,
    onRejected: ({file, line, code, reason}) => json && rejected.push({file, line, code, reason}),
    onProgress: (progress) => bar?.show(progress),
  });
  bar?.clear();
  let lost = 0;
  if (json) {
    const out = new Output(false);
    out.json(ingestJson(result, rejected));
    await out.flush();
    for (const problem of [...result.problems, ...(out.fault ? [out.fault] : [])]) noteJson(errorJson(problem));
    lost = out.fault?.exitStatus ?? 0;
  } else {
    for (const line of ingestErrors(result)) note([line]);
  }
  const problem = drainNote(result);
  if (problem !== undefined) note([problem]);
  if (!json && result.accepted > 0 && process.stderr.isTTY) note([ingestNote(result)]);
  const status = ingestStatus(result) || lost || (drain && isAway(result.drainProblem) ? EXIT_STATUS.STORE_BUSY : 0);
  // A read of a slow pipe may still run. Its result is not used, but if it blocks a thread, the process ends only after it.
  if (result.isCutShort) process.exit(status);
  return status;
}

/** All was taken in, but what was asked for, a drain, is to be asked for again. */
function isAway(problem: unknown): boolean {
  return problem instanceof MemError && problem.code === 'STORE_AWAY';
}
