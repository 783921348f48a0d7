import {writeSync} from 'node:fs';

/** Writes all of a buffer, however little a call takes. @throws what node:fs throws */
export function writeFully(file: number, buffer: Buffer): void {
  for (let at = 0; at < buffer.length; ) at += writeSync(file, buffer, at);
}
