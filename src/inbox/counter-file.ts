import {appendOwnFile, readOwnFile} from '../system/files/own-file.js';

/** Adds to a count. Several processes may add at once: each appends one line, so nothing must be read or locked. */
export function addToCount(path: string, amount: number): void {
  appendOwnFile(path, `${amount}\n`);
}

export function readCount(path: string): number {
  const lines = (readOwnFile(path) ?? '').split('\n');
  return lines.reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
}
