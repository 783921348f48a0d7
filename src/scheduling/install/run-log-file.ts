import {appendFileSync, existsSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import {ioError} from '../../errors.js';
import {readFileIfThere} from '../../system/files/replace-file.js';
import {isCopied, readScheduleId} from './schedule-id.js';
import {logPath, type SchedulePlaces} from './schedule-places.js';

/** The log of a home's runs, into which its runner writes; undefined when nothing is installed. */
function logOf(places: SchedulePlaces, home: string): string | undefined {
  const id = existsSync(home) ? readScheduleId(home)?.id : undefined;
  return id === undefined || isCopied(home) ? undefined : logPath(places, id);
}

/** The log's files, the oldest first. */
export function logFiles(log: string): readonly string[] {
  return [`${log}.2`, `${log}.1`, log];
}

/** See `Scheduler.readLog`. */
export function readRunLog(places: SchedulePlaces, home: string): readonly string[] | undefined {
  const log = logOf(places, home);
  return log === undefined ? undefined : logFiles(log).flatMap((path) => readFileIfThere(path) ?? []);
}

/** See `Scheduler.addToLog`. */
export function addToRunLog(places: SchedulePlaces, home: string, line: string): void {
  const log = logOf(places, home);
  if (log === undefined) return;
  try {
    mkdirSync(dirname(log), {recursive: true, mode: 0o700});
    appendFileSync(log, `${line}\n`, {mode: 0o600});
  } catch (error) {
    throw ioError(error, log);
  }
}
