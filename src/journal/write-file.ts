import {constants, openSync, writevSync} from 'node:fs';
import {removeFile} from '../system/remove-file.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants;

/** Makes a file under a temporary name, which only one process uses at a time: what stands there was left by a killed one. @throws what node:fs throws */
export function createFile(path: string): number {
  removeFile(path);
  return openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
}

/** Writes buffers one behind the other, looping on short counts. @returns where they end. @throws what node:fs throws */
export function writeAll(file: number, buffers: readonly Buffer[], start: number): number {
  let at = start;
  let rest = buffers.filter(({length}) => length > 0);
  while (rest.length > 0) {
    let written = writevSync(file, rest, at);
    at += written;
    const left: Buffer[] = [];
    for (const buffer of rest) {
      if (written >= buffer.length) written -= buffer.length;
      else {
        left.push(written === 0 ? buffer : buffer.subarray(written));
        written = 0;
      }
    }
    rest = left;
  }
  return at;
}
