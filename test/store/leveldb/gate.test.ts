import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
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
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_BUSY', exitStatus: 75, message: expect.stringContaining(home.path)});
  await expect(gate.use(40, read)).rejects.toMatchObject({code: 'STORE_BUSY'});
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

test('writes the number of synced commits beside the store, and tells of a store that is behind it', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  const witness = (): string => readFileSync(join(home.path, 'witness'), 'utf8');
  await gate.use(0, (store) => store.commit([], at(1), {sync: true}));
  await gate.use(0, (store) => store.commit([], at(2), {sync: false}));
  expect(witness()).toBe('1\n');
  await gate.use(0, (store) => store.commit([], at(3), {sync: true}));
  expect(witness()).toBe('3\n');
  expect(gate.maintenance?.hasHole).toBe(false);
  writeFileSync(join(home.path, 'witness'), '5\n');
  // The number of the next commit lies behind the lost ones: the hole stays to be seen when the witness is right again.
  await gate.use(0, (store) => store.commit([], at(4), {sync: true}));
  expect(gate.maintenance?.hasHole).toBe(true);
  await gate.use(0, async (store) => {
    expect(store.history?.hasHole).toBe(true);
    expect(await store.history?.records()).toMatchObject({first: 1, last: 6, count: 4});
  });
});

test('takes a witness without a number for none', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  writeFileSync(join(home.path, 'witness'), '');
  expect(await gate.use(0, async (store) => store.history?.hasHole)).toBe(false);
});

test('notices a store that was put back as it was before', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  renameSync(join(home.path, 'db'), join(home.path, '..', 'kept'));
  const kept = join(home.path, '..', 'kept');
  try {
    await gate.create(A_HEADER);
    await gate.use(0, (store) => store.commit([], at(1), {sync: true}));
    rmSync(join(home.path, 'db'), {recursive: true});
    renameSync(kept, join(home.path, 'db'));
  } finally {
    rmSync(kept, {recursive: true, force: true});
  }
  expect(await gate.use(0, async (store) => store.history?.hasHole)).toBe(true);
});

test('adds up what was read and written in all its openings', async () => {
  using home = temporaryHome();
  const gate = openStoreGate(home.path);
  await gate.create(A_HEADER);
  for (const n of [1, 2]) await gate.use(0, (store) => store.commit([stored(anEvent({text: `${n}`}))], at(n), {sync: false}));
  // Each opening reads the header and the counters; each commit writes its event, counters, record and high key.
  expect(gate.work).toEqual({valuesRead: 4, keysWritten: 8});
});
