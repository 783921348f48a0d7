import {closeSync, constants, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, ioError} from '../errors.js';
import {makeFolders} from './files/make-folders.js';
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
    return readKey(path) ?? makeKey(home, path);
  } catch (error) {
    throw ioError(error, path);
  }
}

function readKey(path: string): Buffer | undefined {
  try {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW);
    try {
      return Buffer.from(readFileSync(file, 'latin1').trim(), 'latin1');
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
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
  return readKey(path) ?? Buffer.from(text, 'latin1');
}
