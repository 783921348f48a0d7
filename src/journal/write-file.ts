import {constants, openSync, writeSync} from 'node:fs';
import {removeFile} from '../system/files/remove-file.js';

const {O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY} = constants;

/** Makes a file under a temporary name, which only one process uses at a time: what stands there was left by a killed one. @throws what node:fs throws */
export function createFile(path: string): number {
  removeFile(path);
  return openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
}

/** Writes buffers one behind the other, looping on short counts. @returns where they end. @throws what node:fs throws */
export function writeAll(file: number, buffers: readonly Buffer[], start: number): number {
  let end = start;
  for (const buffer of buffers) {
    for (let at = 0; at < buffer.length; ) at += writeSync(file, buffer, at, buffer.length - at, end + at);
    end += buffer.length;
  }
  return end;
}
