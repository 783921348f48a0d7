import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {EachCall, type Plan, sample, type Tally} from './each-call.js';
import {Product, temporaryFolder} from './product.js';
import {SCENARIOS} from './scenarios.js';
import {type Fault, whyNoStrace} from './strace.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
const reason = whyNoStrace();
if (reason !== undefined) process.stderr.write(`skipped: faults at each system call; ${reason}\n`);

/** How many calls of each scenario the short form strikes with a kill, with an error, and with a kill in the run after a kill. */
const SHORT: Readonly<Record<string, {readonly kills: number; readonly errors: number; readonly again: number}>> = {
  ingest: {kills: 4, errors: 2, again: 1},
  'drain into a store': {kills: 4, errors: 2, again: 1},
  'drain that makes the store': {kills: 2, errors: 1, again: 1},
  rollup: {kills: 2, errors: 1, again: 1},
  compaction: {kills: 2, errors: 1, again: 1},
  forget: {kills: 2, errors: 1, again: 1},
  import: {kills: 2, errors: 1, again: 1},
  repair: {kills: 1, errors: 1, again: 1},
  rebuild: {kills: 1, errors: 1, again: 1},
  backup: {kills: 1, errors: 1, again: 1},
};
/** In the full form, so many calls of each scenario with each fault, spread evenly: `all` takes hours. */
const CALLS = process.env['MEM_EACH_CALL'] ?? '40';
/** How many calls of the second run are struck in the full form, after a kill and after an error. */
const FULL: Readonly<Record<string, {readonly kill: number | 'all'; readonly error: number | 'all'; readonly errorEach?: number}>> = {
  ingest: {kill: 'all', error: 'all'},
  'drain into a store': {kill: 6, error: 1},
  'drain that makes the store': {kill: 2, error: 1},
  rollup: {kill: 1, error: 1, errorEach: 6},
  compaction: {kill: 2, error: 1, errorEach: 6},
  forget: {kill: 1, error: 1, errorEach: 6},
  import: {kill: 1, error: 1, errorEach: 6},
  repair: {kill: 1, error: 1, errorEach: 6},
  rebuild: {kill: 1, error: 1, errorEach: 6},
  backup: {kill: 1, error: 1, errorEach: 6},
};

describe.skipIf(reason !== undefined)('a fault at each system call', () => {
  const folder = temporaryFolder();
  let product: Product;
  beforeAll(() => {
    product = Product.copy(folder.path);
  });
  afterAll(() => folder[Symbol.dispose]());

  test.each(SCENARIOS)('$name: nothing acknowledged is lost or doubled, no node half written', async (scenario) => {
    using own = temporaryFolder();
    const eachCall = new EachCall(product, scenario, own.path);
    await eachCall.prepare();
    const short = SHORT[scenario.name] ?? {kills: 3, errors: 3, again: 1};
    const violations: string[] = [];
    const strike = async (plan: Plan): Promise<Tally> => {
      const since = performance.now();
      const tally = await eachCall.strike(plan);
      const {calls, cases, firsts, again, hits, missed} = tally;
      process.stderr.write(
        `${scenario.name}, ${plan.fault}: ${firsts} of ${calls} calls (${missed.length} missed), and ${again} in the run after it; ` +
          `${hits} of ${cases} runs struck the very call that was meant; ${tally.violations.length} violations; ${Math.round((performance.now() - since) / 1000)} s\n`,
      );
      for (const violation of tally.violations) process.stderr.write(`  ${violation}\n`);
      violations.push(...tally.violations);
      return tally;
    };
    const faults: readonly Fault[] = ['KILL', 'ENOSPC', 'EIO'];
    for (const fault of faults) {
      if (IS_FULL) {
        const {kill, error, errorEach = 1} = FULL[scenario.name] ?? {kill: 1, error: 1};
        const choose = sample(CALLS === 'all' ? Number.POSITIVE_INFINITY : Number(CALLS));
        await strike(fault === 'KILL' ? {fault, choose, again: kill} : {fault, choose, again: error, againEach: errorEach});
      } else {
        const tally = await strike({fault, choose: sample(fault === 'KILL' ? short.kills : short.errors), again: 0});
        expect(tally.hits).toBeGreaterThan(0);
        if (fault === 'KILL') await strike({fault, choose: sample(short.again), again: 1});
      }
    }
    expect(violations).toEqual([]);
  });
});
