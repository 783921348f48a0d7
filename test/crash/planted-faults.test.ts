import {describe, expect, test} from 'vitest';
import {EachCall} from './each-call.js';
import {type Patch, Product, temporaryFolder} from './product.js';
import {scenario} from './scenarios.js';
import {whyNoStrace} from './strace.js';

interface Planted {
  readonly name: string;
  /** In which it shows; default: a drain into a store. */
  readonly scenario?: string;
  /** How the calls begin at which it shows; default: any. */
  readonly calls?: string;
  /** Only in the full form: its build or its runs take long. */
  readonly isLong?: true;
  readonly patch: Patch;
  /** What a check must say of it. */
  readonly finds: RegExp;
}

const PLANTED: readonly Planted[] = [
  {
    name: 'to acknowledge before the rename',
    patch: {
      file: 'inbox/durable-file.ts',
      bundles: ['ingesting'],
      from: '      renameSync(temporary, join(folder, name));',
      to: "      process.once('exit', () => renameSync(temporary, join(folder, name)));",
    },
    finds: /: lost: /,
  },
  {
    name: 'to remove files before the commit',
    isLong: true,
    patch: {
      file: 'operations/access/drain.ts',
      bundles: ['ingesting'],
      from: '  const outcomes = await store.drain(files, now);',
      to: '  inbox.remove(files.map(({name}) => name), now);\n  const outcomes = await store.drain(files, now);',
    },
    finds: /: lost: /,
  },
  {
    name: 'to commit before the journal has it',
    patch: {
      file: 'store/leveldb/commit/committer.ts',
      bundles: ['ingesting'],
      from: "    const appending = journalled ?? this.#journal?.append(lines, at, sync);\n    const [done] = await Promise.allSettled([this.#commitWith(changes, sums, appending, {at, sync}), appending]);\n    if (done.status === 'rejected') throw done.reason;",
      to: '    await this.#commitWith(changes, sums, journalled ?? this.#journal?.state, {at, sync});\n    if (this.#journal && lines.length > 0) this.#journal.state = await this.#journal.append(lines, at, sync);',
    },
    finds: /: not in the journal: /,
  },
  {
    name: 'not to look up ids',
    isLong: true,
    patch: {
      file: 'store/leveldb/commit/prepared-writes.ts',
      bundles: ['ingesting'],
      from: 'withFormerIds ? await findFormer(reader, events, found) : found',
      to: 'events.map(() => undefined)',
    },
    finds: /: doubled: /,
  },
  {
    name: 'to remember how far a file was read before its events are safe',
    scenario: 'import',
    isLong: true,
    calls: 'rename',
    patch: {
      file: 'operations/sources/import-inbox.ts',
      bundles: ['importing'],
      from: '    await this.#flush();\n    await this.#settle();',
      to: '    for (const [key, note] of this.#notes) this.#safeNotes.set(key, note);\n    this.#start();\n    await this.#settle();\n    await this.#flush();\n    await this.#settle();',
    },
    finds: /: lost: /,
  },
];

const reason = whyNoStrace();
// That files go before the commit is found in each run by the order of writes, too.
const planted = PLANTED.filter(({isLong}) => isLong !== true || process.env['MEM_PROOFS'] === '1');

describe.skipIf(reason !== undefined)('a planted fault is found', () => {
  test.each(planted)('$name', async ({scenario: name = 'drain into a store', calls = '', patch, finds}) => {
    using folder = temporaryFolder();
    const eachCall = new EachCall(Product.withFaults(folder.path, [patch]), scenario(name), folder.path);
    await eachCall.prepare();
    const {violations} = await eachCall.strike({
      fault: 'KILL',
      // The last ones first: it is late that these faults show.
      choose: (targets) => targets.filter(({isMainThread, call}) => isMainThread && call.startsWith(calls)).toReversed(),
      again: 0,
      isOver: (tally) => tally.violations.some((violation) => finds.test(violation)),
    });
    expect(violations).toContainEqual(expect.stringMatching(finds));
  });
});
