import {readFileSync} from 'node:fs';
import {MemRig} from './mem-rig.js';

const EXAMPLE = readFileSync(new URL('../../examples/fortnight.jsonl', import.meta.url), 'utf8');

/** The row of the last day of the example, chosen. */
export const FRIDAY = /› .*Fri, Mar 13/;

/** A home with the repository's example, rolled up. */
export async function example(): Promise<MemRig> {
  const mem = await MemRig.create();
  await mem.ingest(EXAMPLE);
  await mem.rollUp();
  return mem;
}
