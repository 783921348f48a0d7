import {closeSync, constants, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import {makeFolders} from './files/make-folders.js';
import {writeFileWithFolders} from './files/replace-file.js';
import {randomBits} from './random-bits.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY} = constants;

/**
 * The key with which the memory marks what it redacts, as bytes: read from the home, made if it is missing. Of two processes that make
 * one at once both get the same.
 * @throws MemError NOT_WRITTEN, IO_ERROR
 */
export function redactKey(home: string): Buffer {
  const path = join(home, 'redact-key');
  try {
    return readKeys(path)[0] ?? makeKey(home, path);
  } catch (error) {
    throw ioError(error, path);
  }
}

/** That key first, then those that the memory had before; none where no key was made yet. @throws MemError NOT_WRITTEN, IO_ERROR */
export function redactKeys(home: string): readonly Buffer[] {
  const path = join(home, 'redact-key');
  try {
    return readKeys(path);
  } catch (error) {
    throw ioError(error, path);
  }
}

/** @throws MemError NOT_WRITTEN, IO_ERROR */
export function writeRedactKeys(home: string, keys: readonly string[]): void {
  const path = join(home, 'redact-key');
  try {
    writeFileWithFolders(path, `${keys.join('\n')}\n`);
  } catch (error) {
    throw ioError(error, path);
  }
}

function readKeys(path: string): readonly Buffer[] {
  try {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW);
    try {
      const lines = readFileSync(file, 'latin1').trim().split('\n');
      // An empty file is a key as well: it was one, and what it marked is known by it.
      return lines.map((line) => Buffer.from(line.trim(), 'latin1'));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function makeKey(home: string, path: string): Buffer {
  makeFolders(home);
  // 160 random bits.
  const text = randomBits() + randomBits();
  const temporary = `${path}.${randomBits()}.tmp`;
  const file = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    // A link is made whole or not at all, and never over another one.
    linkSync(temporary, path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(temporary);
  }
  return readKeys(path)[0] ?? Buffer.from(text, 'latin1');
}
