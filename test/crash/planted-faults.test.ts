import {describe, expect, test} from 'vitest';
import {EachCall} from './each-call.js';
import {type Patch, Product, temporaryFolder} from './product.js';
import {SCENARIOS} from './scenarios.js';
import {whyNoStrace} from './strace.js';

interface Planted {
  readonly name: string;
  readonly patch: Patch;
  /** What a check must say of it. */
  readonly finds: RegExp;
}

const PLANTED: readonly Planted[] = [
  {
    name: 'to acknowledge before the rename',
    patch: {
      file: 'inbox/durable-file.ts',
      from: '      renameSync(temporary, join(folder, name));',
      to: "      process.once('exit', () => renameSync(temporary, join(folder, name)));",
    },
    finds: /: lost: /,
  },
  {
    name: 'to move files away before the commit',
    patch: {
      file: 'operations/access/drain.ts',
      from: '  const outcomes = await store.drain(files, now);',
      to: '  inbox.markDone(files.map(({name}) => name), now);\n  const outcomes = await store.drain(files, now);',
    },
    finds: /: lost: /,
  },
  {
    name: 'not to look up ids',
    patch: {
      file: 'store/leveldb/commit/prepared-writes.ts',
      from: 'withFormerIds ? await findFormer(reader, events, found) : found',
      to: 'events.map(() => undefined)',
    },
    finds: /: doubled: /,
  },
];

const reason = whyNoStrace();

describe.skipIf(reason !== undefined)('a planted fault is found', () => {
  test.each(PLANTED)('$name', async ({patch, finds}) => {
    const scenario = SCENARIOS.find(({name}) => name === 'drain into a store');
    if (scenario === undefined) throw new Error('no such scenario');
    using folder = temporaryFolder();
    const eachCall = new EachCall(Product.withFaults(folder.path, [patch]), scenario, folder.path);
    await eachCall.prepare();
    const {violations} = await eachCall.strike({
      fault: 'KILL',
      // The last ones first: it is late that these faults show.
      choose: (targets) => targets.filter(({isMainThread}) => isMainThread).toReversed(),
      again: 0,
      isOver: (tally) => tally.violations.some((violation) => finds.test(violation)),
    });
    expect(violations).toContainEqual(expect.stringMatching(finds));
  });
});
