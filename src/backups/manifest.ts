import {isRecord} from '../domain/stored/fields.js';
import {instant} from '../domain/time/instant.js';
import {MemError} from '../errors.js';
import type {BackupFile, Manifest} from './backups.js';

const FORMAT = 1;
/** What a backup holds, and nothing else is read or written: a manifest of somebody else must not lead out of the folder. */
const PATH = /^(?:redact-key|redact-patterns|config\.toml|journal\/\w[\w-]*\/\w[\w.-]*)$/;

export function formatManifest({createdAt, timeZone, memory, events, files}: Manifest): string {
  const about = {mem_backup: FORMAT, created_at: new Date(createdAt).toISOString(), time_zone: timeZone, memory, events};
  return `${JSON.stringify({...about, files}, undefined, 1)}\n`;
}

/** @param path is named in errors @throws MemError INPUT_BAD, FORMAT_NEWER */
export function parseManifest(text: string, path: string): Manifest {
  const bad = (what: string): MemError => new MemError('INPUT_BAD', `${path} is not what mem backup wrote: ${what}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad('it is no JSON');
  }
  if (!isRecord(value)) throw bad('it is no object');
  const {mem_backup: format, created_at: at, time_zone: timeZone, memory, events, files} = value;
  if (typeof format === 'number' && format > FORMAT)
    throw new MemError('FORMAT_NEWER', `${path} is of a newer mem (format ${format})`, {hint: 'update mem'});
  const createdAt = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  if (format !== FORMAT || Number.isNaN(createdAt)) throw bad('its format or its time is missing');
  if (typeof timeZone !== 'string' || typeof memory !== 'string' || typeof events !== 'number') throw bad('a field is missing');
  if (!Array.isArray(files) || !files.every(isFile)) throw bad('a file is not named as it should be');
  return {createdAt: instant(createdAt), timeZone, memory, events, files};
}

function isFile(value: unknown): value is BackupFile {
  if (!isRecord(value)) return false;
  const {path, bytes, sha256} = value;
  return typeof path === 'string' && PATH.test(path) && Number.isSafeInteger(bytes) && typeof sha256 === 'string';
}
