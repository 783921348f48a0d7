import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import {dirname, isAbsolute, join} from 'node:path';
import {crc32} from 'node:zlib';
import {systemClock} from './clock.js';

/** `memc` and a version of the head. */
const MAGIC = 0x6d656d01;
/** Magic, checksum and length of the source, checksum of the code: 32 bits each, big-endian. V8 wants its bytes at a multiple of 8. */
const HEAD_BYTES = 16;
const MAX_BYTES = 16 * 1024 * 1024;
/** A file per bundle, command and version of Node. After an update of Node the old files are useless. */
const MAX_FILES = 64;
const SUFFIX = '.v8';
const WRITABLE_BY_OTHERS = 0o022;
const HOUR_MS = 3_600_000;
// A FIFO must not block, and a link must not lead elsewhere.
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The code that V8 compiled from a source in an earlier process. */
export interface KeptCode {
  readonly bytes: Buffer;
  /** Whether to store it again: this process has run functions that the earlier one had not. */
  readonly isOld: boolean;
}

/**
 * The folder for compiled code: XDG's cache on Linux, Library/Caches on macOS.
 * @returns undefined when the environment names no folder, or tells Node to keep no compiled code
 */
export function codeCacheFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string | undefined {
  const {NODE_DISABLE_COMPILE_CACHE: disabled, HOME, XDG_CACHE_HOME: cache} = env;
  if (disabled) return undefined;
  if (platform !== 'darwin' && cache && isAbsolute(cache)) return join(cache, 'mem');
  if (!HOME || !isAbsolute(HOME)) return undefined;
  return platform === 'darwin' ? join(HOME, 'Library', 'Caches', 'mem') : join(HOME, '.cache', 'mem');
}

/**
 * Reads the stored code of a source. Damaged code makes V8 crash, and foreign code runs as if it were ours. So a file counts only if it and
 * its folder are ours, nobody else may write to them, and it is whole and belongs to exactly this source.
 * @param name of the file, without its suffix
 * @returns undefined when no valid file exists. It never throws.
 */
export function readKeptCode(folder: string, name: string, source: Buffer): KeptCode | undefined {
  if (!isOurFolder(folder)) return undefined;
  let file: number | undefined;
  try {
    file = openSync(join(folder, name + SUFFIX), READ_FLAGS);
    const stats = fstatSync(file);
    if (!stats.isFile() || !isOurs(stats) || stats.size <= HEAD_BYTES || stats.size > MAX_BYTES) return undefined;
    const content = Buffer.allocUnsafeSlow(stats.size);
    for (let at = 0; at < stats.size; ) {
      const count = readSync(file, content, at, stats.size - at, at);
      if (count === 0) return undefined;
      at += count;
    }
    const bytes = content.subarray(HEAD_BYTES);
    if (!content.subarray(0, HEAD_BYTES).equals(headOf(source, bytes))) return undefined;
    return {bytes, isOld: Math.abs(systemClock() - stats.mtimeMs) > HOUR_MS};
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Stores compiled code for the next process. It never throws: an unwritable folder is not an error. */
export function keepCode(folder: string, name: string, source: Buffer, bytes: Buffer): void {
  let temporary: string | undefined;
  try {
    if (bytes.length + HEAD_BYTES > MAX_BYTES || !makeFolder(folder)) return;
    removeOldest(folder);
    const path = join(folder, `.${name}.${process.pid}.tmp`);
    writeFileSync(path, Buffer.concat([headOf(source, bytes), bytes]), {flag: 'wx', mode: 0o600});
    temporary = path;
    renameSync(path, join(folder, name + SUFFIX));
  } catch {
    if (temporary !== undefined) rmSync(temporary, {force: true});
  }
}

function headOf(source: Buffer, bytes: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(MAGIC, 0);
  head.writeUInt32BE(crc32(source), 4);
  head.writeUInt32BE(source.length, 8);
  head.writeUInt32BE(crc32(bytes), 12);
  return head;
}

function isOurs({uid, mode}: Stats): boolean {
  return uid === process.geteuid?.() && (mode & WRITABLE_BY_OTHERS) === 0;
}

function isOurFolder(folder: string): boolean {
  try {
    const stats = lstatSync(folder);
    return stats.isDirectory() && isOurs(stats);
  } catch {
    return false;
  }
}

/**
 * Makes the folder and at most one above it, and only inside a folder that is ours: `sudo mem` with the home of its caller must not leave
 * anything that the caller cannot remove.
 */
function makeFolder(folder: string): boolean {
  const above = dirname(folder);
  for (const path of [above, folder]) {
    if (statSync(path, {throwIfNoEntry: false}) !== undefined) continue;
    if (!isOurs(statSync(dirname(path)))) return false;
    mkdirSync(path, {mode: 0o700});
  }
  return isOurFolder(folder);
}

function removeOldest(folder: string): void {
  const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX) || name.endsWith('.tmp'));
  if (names.length < MAX_FILES) return;
  const files = names.map((name) => ({path: join(folder, name), at: lstatSync(join(folder, name)).mtimeMs}));
  files.sort((a, b) => a.at - b.at);
  for (const {path} of files.slice(0, MAX_FILES / 2)) rmSync(path, {force: true});
}
