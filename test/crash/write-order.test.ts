import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Patch, Product, temporaryFolder} from './product.js';
import {scenario} from './scenarios.js';
import {record, type Target, whyNoStrace} from './strace.js';

const reason = whyNoStrace();
if (reason !== undefined) process.stderr.write(`skipped: the order of writes; ${reason}\n`);

/** The calls of a drain into a store on the files that hold events, in their order, each kind once. */
async function orderOf(patches: readonly Patch[]): Promise<readonly string[]> {
  using folder = temporaryFolder();
  const product = patches.length === 0 ? Product.copy(folder.path) : Product.withFaults(folder.path, patches);
  const home = join(folder.path, 'home');
  mkdirSync(home);
  const {prepare, args, input} = scenario('drain into a store');
  await prepare(product, home);
  const calls = await record(product, home, args, input, join(folder.path, 'log'));
  return [...new Set(calls.flatMap(nameOf))].filter((call) => RIGHT.includes(call));
}

/** Undefined for calls on other files. LevelDB has its log alone from its opening on; what it writes there is a commit. */
function nameOf({call, file}: Target): string[] {
  if (/^journal\/.*\.jsonl\.gz$/.test(file) && call !== 'openat') return [`journal ${call}`];
  if (/^db\/\d+\.log$/.test(file) && call !== 'openat') return [`store ${call}`];
  return file.startsWith('inbox/new/ULID.ev') && call.startsWith('unlink') ? ['inbox unlink'] : [];
}

const RIGHT = ['journal pwrite64', 'journal fdatasync', 'store write', 'store fdatasync', 'inbox unlink'];

// A kill does not show it: what was written is seen by the next process, synced or not. A power cut may take what was not.
describe.skipIf(reason !== undefined)('what a drain writes', () => {
  test('is synced in the journal before the store has it, and there before the inbox file goes', async () => {
    const order = await orderOf([]);
    expect(order).toEqual(RIGHT);
  });

  test.each<[string, Patch]>([
    [
      'the commit before the sync of the journal',
      {
        file: 'journal/append-lines.ts',
        from: '    if (sync) await dataSync(file);',
        to: "    if (sync) process.once('exit', () => fdatasyncSync(openSync(path, O_WRONLY)));",
      },
    ],
    [
      'the removal before the commit',
      {
        file: 'operations/access/drain.ts',
        from: '  const outcomes = await store.drain(files, now);',
        to: '  inbox.remove(files.map(({name}) => name), now);\n  const outcomes = await store.drain(files, now);',
      },
    ],
  ])('and a planted fault shows: %s', async (_, patch) => {
    const order = await orderOf([patch]);
    expect(order).not.toEqual(RIGHT);
    expect(order).toEqual(expect.arrayContaining(['journal pwrite64', 'store write', 'inbox unlink']));
  });
});
