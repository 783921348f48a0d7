import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Product, temporaryFolder} from '../product.js';
import {whyNoStrace} from '../strace.js';
import {withEarlyRemoval, withoutJournalSyncs} from './plants.js';
import {PowerCuts, type Tally} from './power-cuts.js';
import {POWER_SCENARIOS, powerScenario} from './scenarios.js';

/** In the proofs, of each scenario at most. */
const STATES = Number(process.env['MEM_POWER_CUTS'] ?? (process.env['MEM_PROOFS'] === '1' ? 400 : 0));
const reason = whyNoStrace();
if (reason !== undefined) process.stderr.write(`skipped: power cuts; ${reason}\n`);

describe.skipIf(reason !== undefined)('a power cut at any point', () => {
  const folder = temporaryFolder();
  let product: Product;
  beforeAll(() => {
    product = Product.copy(folder.path);
  });
  afterAll(() => folder[Symbol.dispose]());

  test.each(POWER_SCENARIOS)('$name: nothing acknowledged is lost or doubled, and each home opens or is repaired', async (scenario) => {
    using own = temporaryFolder();
    const since = performance.now();
    const cuts = new PowerCuts(product, scenario, {folder: own.path, thoroughEach: STATES === 0 ? 0 : 10});
    await cuts.prepare();
    const tally = await cuts.run({count: STATES === 0 ? scenario.short : STATES});
    process.stderr.write(`${scenario.name}: ${textOf(tally)}; ${Math.round((performance.now() - since) / 1000)} s\n`);
    if (STATES > 0) for (const cure of tally.cures) process.stderr.write(`  ${cure}\n`);
    for (const violation of tally.violations) process.stderr.write(`  ${violation}\n`);
    expect(tally.violations).toEqual([]);
  });

  test.each([
    {name: 'the commit before the sync of the journal', plant: withoutJournalSyncs, finds: /: journal: it lost what it held$/},
    {name: 'the removal before the commit', plant: withEarlyRemoval, finds: /: lost: /},
  ])('and a planted fault is found: $name', async ({plant, finds}) => {
    using own = temporaryFolder();
    const cuts = new PowerCuts(product, powerScenario('ingests and a drain'), {folder: own.path, thoroughEach: 0});
    const recording = await cuts.prepare();
    const isFound = ({violations}: Tally): boolean => violations.some((violation) => finds.test(violation));
    const {violations} = await cuts.run({count: 200, ops: plant(recording), isOver: isFound});
    expect(violations).toContainEqual(expect.stringMatching(finds));
  });
});

function textOf({ops, states, ordered, reordered, cures, orderedCures, violations}: Tally): string {
  return (
    `${states} states after ${ops} operations (${ordered} ordered, ${reordered} reordered); ` +
    `${cures.length} did not open (${orderedCures} ordered); ${violations.length} violations`
  );
}
