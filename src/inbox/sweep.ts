import {statSync} from 'node:fs';
import type {EpochMs} from '../domain/event/event.js';
import {HOUR_MS} from '../domain/time/durations.js';
import {removeFile} from '../system/files/remove-file.js';
import {hostFacts, isProcessAlive} from '../system/host.js';
import type {FileHead, Writer} from './inbox-file.js';

const DEAD_FOR_SURE_MS = 36 * HOUR_MS;

/**
 * Removes temporary files of dead writers; nothing in them was ever acknowledged. A pid proves death only on its own host and boot.
 * A file that does not name its writer stays for a day and a half.
 */
export function sweepTemporaryFiles(paths: readonly string[], now: EpochMs, headOf: (path: string) => FileHead): number {
  let swept = 0;
  for (const path of paths) {
    const age = now - (statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? now);
    if (age <= HOUR_MS) continue;
    const head = headOf(path);
    if (head.kind === 'newer-format') continue;
    const isLeft = head.kind === 'head' ? isDead(head.writer) || (isOurs(head.writer) && age > DEAD_FOR_SURE_MS) : age > DEAD_FOR_SURE_MS;
    if (isLeft && removeFile(path)) swept++;
  }
  return swept;
}

function isOurs(writer: Writer): boolean {
  return writer.host === hostFacts().host;
}

function isDead(writer: Writer): boolean {
  const here = hostFacts();
  if (!isOurs(writer) || writer.boot !== here.bootId || writer.pids !== here.pidNamespace) return false;
  return !isProcessAlive(writer.pid);
}
