import {chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {errnoOf, ioError, MemError} from '../errors.js';
import {replaceFile} from '../system/files/replace-file.js';

/** The text of a file of an agent; undefined where the file does not exist. @throws MemError IO_ERROR, NOT_WRITTEN */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw ioError(error, path, 'read');
  }
}

/**
 * Replaces a text, atomically: links stay links, modes stay, and nothing is written where another program was faster.
 * @param before what the change was made from @param after undefined removes the file
 * @throws MemError NOT_WRITTEN, IO_ERROR
 */
export function writeText(path: string, before: string | undefined, after: string | undefined, mode = 0o600): void {
  const target = targetOf(path);
  requireWritable(path, target);
  if (readText(path) !== before) {
    throw new MemError('NOT_WRITTEN', `${path} was changed by another program at the same time`, {hint: 'run the command again'});
  }
  try {
    if (after === undefined) {
      rmSync(target, {force: true});
      return;
    }
    mkdirSync(dirname(target), {recursive: true});
    replaceFile(target, after, modeOf(target) ?? mode);
  } catch (error) {
    throw ioError(error, path);
  }
  if (readText(path) !== after) throw new MemError('NOT_WRITTEN', `${path} is not what was written`, {hint: 'run the command again'});
}

/** A folder that somebody has put something into stays. */
export function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errnoOf(error) ?? '')) throw ioError(error, path);
  }
}

/** A copy beside it, made once. */
export function backUp(path: string, text: string, stamp: string): string {
  const backup = `${path}.mem-${stamp}`;
  if (existsSync(backup)) return backup;
  try {
    writeFileSync(backup, text, {flag: 'wx', mode: 0o600});
    chmodSync(backup, modeOf(path) ?? 0o600);
  } catch (error) {
    throw ioError(error, backup);
  }
  return backup;
}

/** A file that its user made read-only is not to be changed, although it could be replaced. */
function requireWritable(path: string, target: string): void {
  const mode = modeOf(target);
  if (mode === undefined || (mode & 0o200) !== 0) return;
  throw new MemError('NOT_WRITTEN', `${path} is read-only`, {hint: `make it writable (chmod u+w ${path}), then run the command again`});
}

function modeOf(path: string): number | undefined {
  const facts = statSync(path, {throwIfNoEntry: false});
  return facts === undefined ? undefined : facts.mode & 0o7777;
}

/** @throws MemError NOT_WRITTEN for a link that leads nowhere */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (lstatSync(path, {throwIfNoEntry: false}) === undefined) return path;
    throw new MemError('NOT_WRITTEN', `${path} is a link that leads nowhere`, {hint: 'remove the link or make its target', cause: error});
  }
}

const BOM = '\ufeff';

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '' || text === BOM;
}

export function withoutBom(text: string | undefined): string {
  return text?.startsWith(BOM) === true ? text.slice(1) : (text ?? '');
}

/** A text with the byte order mark that another one has. */
export function withBomOf(other: string | undefined, text: string): string {
  return other?.startsWith(BOM) === true ? `${BOM}${text}` : text;
}
