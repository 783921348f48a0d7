import {cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {instant} from '../../src/domain/time/instant.js';
import {openJournal} from '../../src/journal/folder-journal.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import {asLines, type Patch, Product, temporaryFolder} from './product.js';
import {anEvent, scenario} from './scenarios.js';
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
        bundles: ['ingesting'],
        from: '    if (sync) await dataSync(file);',
        to: "    if (sync) process.once('exit', () => fdatasyncSync(openSync(path, O_WRONLY)));",
      },
    ],
    [
      'the removal before the commit',
      {
        file: 'operations/access/drain.ts',
        bundles: ['ingesting'],
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

/** A home with a store and a journal of two files, the first of which is not appended to any more. */
async function closedJournal(parent: string): Promise<{product: Product; home: string}> {
  const product = Product.copy(parent);
  const home = join(parent, 'home');
  mkdirSync(home);
  await scenario('compaction').prepare(product, home);
  return {product, home};
}

describe.skipIf(reason !== undefined)('what a killed process did not sync', () => {
  test('is synced in the journal before a store that was made from it takes the place', async () => {
    using folder = temporaryFolder();
    const {product, home} = await closedJournal(folder.path);
    const calls = await record(product, home, ['rebuild'], '', join(folder.path, 'log'));
    const names = calls.map(({call, file}) => `${call} ${file.replace(/\d{4}-\d\d-\d+/, 'FILE')}`);
    const taken = names.findIndex((name) => /^rename\w* db$/.test(name));
    expect(taken).toBeGreaterThan(0);
    const before = names.slice(0, taken);
    expect(before.filter((name) => name === 'fdatasync journal/WRITER/FILE.jsonl.gz')).toHaveLength(2);
    expect(before).toEqual(expect.arrayContaining(['fsync journal/WRITER', 'fsync journal']));
  });

  test('is synced before a sweep removes the file that a rename replaces', async () => {
    using folder = temporaryFolder();
    const {product, home} = await closedJournal(folder.path);
    const writer = readdirSync(join(home, 'journal')).find((name) => name !== 'writer') ?? '';
    const [first = ''] = readdirSync(join(home, 'journal', writer)).sort();
    const path = join(home, 'journal', writer, first);
    const bytes = readFileSync(path);
    await product.runWell(home, ['compact']);
    // As a kill between the rename of the sealed file and the removal of this one leaves it.
    writeFileSync(path, bytes);
    const calls = await record(product, home, ['compact'], '', join(folder.path, 'log'));
    const removal = calls.findIndex(({call, file}) => call.startsWith('unlink') && file.endsWith(first));
    expect(removal).toBeGreaterThan(0);
    expect(calls.slice(0, removal)).toContainEqual(expect.objectContaining({call: 'fsync', file: 'journal/WRITER'}));
  });

  test('is synced, with its name, before the store takes over what only the journal has', async () => {
    using folder = temporaryFolder();
    const {product, home} = await closedJournal(folder.path);
    const [db, before] = [join(home, 'db'), join(folder.path, 'db')];
    await openStoreGate(home, {journal: openJournal(home)}).maintenance?.journal?.endFiles(instant(Date.now()));
    cpSync(db, before, {recursive: true});
    const late = asLines([anEvent('In the journal alone.', '2024-01-15T12:30:00Z')]);
    await product.runWell(home, ['ingest', '--drain'], {input: late});
    // As a kill between the journal's new file and the commit leaves it.
    rmSync(db, {recursive: true});
    renameSync(before, db);
    const calls = await record(product, home, ['toc', 'list'], '', join(folder.path, 'log'));
    const synced = calls.findIndex(({call, file}) => call === 'fsync' && file === 'journal/WRITER');
    const commit = calls.findLastIndex(({call, file}) => call === 'fdatasync' && /^db\/\d+\.log$/.test(file));
    expect(commit).toBeGreaterThan(0);
    expect(calls.slice(0, commit)[synced]).toMatchObject({call: 'fsync', file: 'journal/WRITER'});
  });
});
