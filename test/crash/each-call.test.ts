import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {EachCall, type Plan, sample, type Tally} from './each-call.js';
import {Product, temporaryFolder} from './product.js';
import {SCENARIOS} from './scenarios.js';
import {type Fault, whyNoStrace} from './strace.js';

const IS_FULL = process.env['MEM_PROOFS'] === '1';
const reason = whyNoStrace();
if (reason !== undefined) process.stderr.write(`skipped: faults at each system call; ${reason}\n`);

/** Of each scenario in the short form: how many calls are struck by each fault, and whether a kill comes in the run after a kill, too. */
interface Short extends Partial<Readonly<Record<Fault, number>>> {
  readonly again?: true;
}
/** Where a run takes long one error stands for both, and a second kill is for what is noted to be gone on with. */
const SHORT: Readonly<Record<string, Short>> = {
  ingest: {KILL: 4, ENOSPC: 2, EIO: 2, again: true},
  'drain into a store': {KILL: 4, ENOSPC: 2, EIO: 2, again: true},
  'drain that makes the store': {KILL: 2, ENOSPC: 1, EIO: 1, again: true},
  rollup: {KILL: 2, EIO: 1},
  compaction: {KILL: 1, ENOSPC: 1},
  forget: {KILL: 1, EIO: 1, again: true},
  import: {KILL: 1, ENOSPC: 1, again: true},
  repair: {KILL: 1, EIO: 1, again: true},
  rebuild: {KILL: 1, EIO: 1},
  backup: {KILL: 1, ENOSPC: 1},
};
/** Where one call is struck it is in the middle, and for each fault another one. */
const OFFSETS: Readonly<Record<Fault, number>> = {KILL: 0.5, ENOSPC: 0.75, EIO: 0.25};
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
    const short = SHORT[scenario.name] ?? {KILL: 3, ENOSPC: 3, EIO: 3, again: true};
    const violations: string[] = [];
    let hits = 0;
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
        continue;
      }
      const count = short[fault];
      if (count === undefined) continue;
      const again = fault === 'KILL' && short.again === true ? 1 : 0;
      const tally = await strike({fault, choose: sample(count, count === 1 ? OFFSETS[fault] : 0), again, againEach: count});
      hits += tally.hits;
    }
    // Where one call is struck by each fault, another thread may have made it first, and a struck call is none.
    if (!IS_FULL) expect(hits).toBeGreaterThan(0);
    expect(violations).toEqual([]);
  });
});
