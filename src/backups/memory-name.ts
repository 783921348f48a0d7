import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {readOwnFile} from '../system/own-file.js';

/** A name for the memory of a home that tells nothing of its key; undefined where it has no key yet. @throws what node:fs throws */
export function memoryName(home: string): string | undefined {
  const key = readOwnFile(join(home, 'redact-key'))?.trim();
  return key === undefined ? undefined : createHash('sha256').update(`mem memory ${key}`).digest('hex').slice(0, 16);
}
