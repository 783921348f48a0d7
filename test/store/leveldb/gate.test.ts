import {existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openJournal} from '../../../src/journal/folder-journal.js';
import {watchAsked} from '../../../src/store/leveldb/asked.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {PATIENCE_MS} from '../../patience.js';
import {A_HEADER, anEvent, at, buildScript, nextLine, startScript, stored, temporaryHome} from './store-rig.js';

/** Opens the store at argv[2], says so, and holds it until its stdin ends. */
const HOLDER = `
  import {openStoreGate} from './src/store/leveldb/gate.js';
  void openStoreGate(process.argv[2] ?? '').use(5000, async () => {
    console.log('ready');
    await new Promise((resolve) => process.stdin.resume().on('end', resolve));
  });
`;

test('lets a hundred openings in one process come one after the other, also through other gates and spellings', async () => {
  using home = temporaryHome();
  symlinkSync(home.path, join(home.path, 'link'));
  await openStoreGate(home.path).create(A_HEADER);
  const gates = [home.path, `${home.path}/./`, join(home.path, 'link'), `${home.path}/../${home.path.split('/').at(-1)}`].map((path) =>
    openStoreGate(path),
  );
  let inside = 0;
  const commits = await Promise.all(
    Array.from({length: 100}, (_, n) =>
      gates[n % gates.length]?.use(0, async (store) => {
        expect(++inside).toBe(1);
        await store.commit([stored(anEvent({text: `${n}`}))], at(n), {sync: false});
        expect(--inside).toBe(0);
        return store.history?.lastCommit;
      }),
    ),
  );
  expect(commits).toEqual(Array.from({length: 100}, (_, n) => n + 1));
});

test('goes on after work that failed, and closes the store behind it', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  await expect(gate.use(0, () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed');
  expect(await gate.use(0, async (store) => store.history?.lastCommit)).toBe(0);
});

test('says that another process has the store, waits for it as long as it may, and then goes in', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  const holder = startScript(await buildScript(home.path, HOLDER), [home.path]);
  expect(await nextLine(holder)).toBe('ready');
  const read = async () => 'read';
  const isAsked = watchAsked(gate.location);
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_BUSY', exitStatus: 75, message: expect.stringContaining(home.path)});
  expect(isAsked(), 'who does not wait').toBe(false);
  await expect(gate.use(40, read)).rejects.toMatchObject({code: 'STORE_BUSY'});
  expect(isAsked(), 'who waits').toBe(true);
  const waiting = gate.use(PATIENCE_MS, read);
  holder.stdin?.end();
  expect(await waiting).toBe('read');
});

test('has no store where none was made, and makes none by looking', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  expect(gate.exists()).toBe(false);
  await expect(gate.use(0, async () => 1)).rejects.toMatchObject({
    code: 'NO_STORE',
    exitStatus: 66,
    hint: expect.stringContaining('mem init'),
  });
  expect(readdirSync(home.path)).toEqual([]);
});

test.each([
  ['a witness', (home: string) => writeFileSync(join(home, 'witness'), '7\n')],
  ['drained files', (home: string) => mkdirSync(join(home, 'inbox/done/2026-01/x.ev'), {recursive: true})],
  ['a store moved aside', (home: string) => mkdirSync(join(home, 'db.broken-1'))],
])('neither reads nor makes a store where one is gone and left %s', async (_, leave) => {
  using home = temporaryHome();
  leave(home.path);
  const gate = openStoreGate(home.path);
  await expect(gate.use(0, async () => 1)).rejects.toMatchObject({
    code: 'STORE_DAMAGED',
    exitStatus: 74,
    hint: expect.stringContaining('inbox/done'),
  });
  await expect(gate.create(A_HEADER)).rejects.toMatchObject({code: 'STORE_DAMAGED'});
  expect(gate.exists()).toBe(false);
});

test('neither reads nor makes a store where only the journal is left, and says how to make it again', async () => {
  using home = temporaryHome();
  const journal = openJournal(home.path);
  await journal.append('event', ['{}'], {after: undefined, at: at(1), sync: true});
  const gate = openStoreGate(home.path, {journal});
  const gone = {code: 'STORE_DAMAGED', hint: 'run: mem rebuild'};
  await expect(gate.use(0, async () => 1)).rejects.toMatchObject(gone);
  await expect(gate.create(A_HEADER)).rejects.toMatchObject(gone);
  expect(gate.exists()).toBe(false);
  // As a repair leaves it that was cut off between two names: a rebuild would refuse, because the old store may have more.
  mkdirSync(join(home.path, 'db.damaged-20300101T000000Z'));
  await expect(gate.use(0, async () => 1)).rejects.toMatchObject({...gone, hint: 'run: mem repair'});
});

test('makes one store when many want to make it, in private folders', async () => {
  using home = temporaryHome();
  const umask = process.umask(0o077);
  try {
    await Promise.all(Array.from({length: 5}, () => openStoreGate(join(home.path, 'a/b')).create(A_HEADER)));
  } finally {
    process.umask(umask);
  }
  expect(readdirSync(join(home.path, 'a/b'))).toEqual(['db']);
  const modes = ['a', 'a/b', 'a/b/db', 'a/b/db/CURRENT'].map((name) => statSync(join(home.path, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, 0o700, 0o600]);
});

test('leaves the store of a faster process alone', async () => {
  using home = temporaryHome();
  const script = `
    import {openStoreGate} from './src/store/leveldb/gate.js';
    const home = process.argv[2] ?? '';
    void openStoreGate(home).create({timeZone: 'UTC', rulesVersion: 1, createdAt: 0 as never, alarm: ''}).then(() => console.log('made'));
  `;
  const path = await buildScript(home.path, script);
  const makers = Array.from({length: 6}, () => startScript(path, [join(home.path, 'home')]));
  expect(await Promise.all(makers.map(nextLine))).toEqual(makers.map(() => 'made'));
  expect(readdirSync(join(home.path, 'home'))).toEqual(['db']);
});

test('sweeps what a killed creation left and makes the store, but leaves a living one alone', async () => {
  using home = temporaryHome();
  const child = startScript(await buildScript(home.path, 'console.log(process.pid)'), []);
  const dead = await nextLine(child);
  await new Promise((resolve) => child.once('close', resolve));
  const half = (pid: string | number): string => join(home.path, `db.tmp-${pid}-0123456789ab`);
  for (const pid of [dead, process.ppid]) {
    mkdirSync(half(pid));
    writeFileSync(join(half(pid), 'MANIFEST-000001'), 'half');
  }
  const gate = openStoreGate(home.path);
  expect(gate.exists()).toBe(false);
  await gate.create(A_HEADER);
  expect(gate.exists()).toBe(true);
  expect(existsSync(half(dead))).toBe(false);
  expect(existsSync(half(process.ppid))).toBe(true);
});

test.each([0, 1, 2, 4, 8, 16, 32])('has a whole store or none when its maker is killed %i turns after it began', async (turns) => {
  using home = temporaryHome();
  const script = `
    import {openStoreGate} from './src/store/leveldb/gate.js';
    void openStoreGate(process.argv[2] ?? '').create({timeZone: 'UTC', rulesVersion: 1, createdAt: 0 as never, alarm: ''});
    let left = ${turns};
    const turn = (): void => void (left-- === 0 ? process.kill(process.pid, 'SIGKILL') : setImmediate(turn));
    turn();
  `;
  const maker = startScript(await buildScript(home.path, script), [join(home.path, 'home')]);
  await new Promise((resolve) => maker.once('close', resolve));
  const gate = openStoreGate(join(home.path, 'home'));
  if (!gate.exists()) await gate.create(A_HEADER);
  expect(await gate.use(0, async (store) => store.history?.lastCommit)).toBe(0);
  expect(readdirSync(join(home.path, 'home'))).toEqual(['db']);
});

test('adds up what was read and written in all its openings', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  for (const n of [1, 2]) await gate.use(0, (store) => store.commit([stored(anEvent({text: `${n}`}))], at(n), {sync: false}));
  // Each opening reads the header and the counters; each commit writes its event, counters, record and high key.
  expect(gate.work).toEqual({valuesRead: 4, keysWritten: 8});
});
