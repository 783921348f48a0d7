import {mkdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {afterAll} from 'vitest';
import {copyHome} from '../crash/scenarios.js';
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

/** The same for many tests of a file: made once, and copied for each. */
export function exampleOnce(): typeof example {
  let made: MemRig | undefined;
  afterAll(() => made?.[Symbol.asyncDispose]());
  return async () => {
    made ??= await example();
    const mem = await MemRig.create();
    mkdirSync(dirname(mem.home), {recursive: true});
    copyHome(made.home, mem.home);
    return mem;
  };
}
