import {appendFileSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {checkFiles, scrub} from '../../../src/store/leveldb/files/check-files.js';
import {crc32c} from '../../../src/store/leveldb/files/crc32c.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import type {StoreGate} from '../../../src/store/port/store.js';
import {A_HEADER, anEvent, at, stored, temporaryHome} from './store-rig.js';

const read = async (): Promise<string> => 'read';
const event = (n: number) => stored(anEvent({time: at(1000 + n), text: `event ${n} `.repeat(20)}));

/** A store with events in tables and, in a log that is not in tables yet, some more. */
async function aStoreIn(home: string): Promise<StoreGate> {
  const gate = openStoreGate(home);
  await gate.create(A_HEADER);
  await gate.use(0, (store) =>
    store.commit(
      Array.from({length: 300}, (_, n) => event(n)),
      at(1),
      {sync: true},
    ),
  );
  await gate.use(0, (store) => store.commit([event(400)], at(2), {sync: true}));
  await gate.use(0, async (store) => {
    for (const n of [500, 501]) await store.commit([event(n)], at(3), {sync: true});
  });
  return gate;
}

const filesIn = (home: string, kind: RegExp): string[] =>
  readdirSync(join(home, 'db'))
    .filter((name) => kind.test(name))
    .map((name) => join(home, 'db', name));

/** The largest file of a kind. */
const sole = (home: string, kind: RegExp): string => filesIn(home, kind).sort((a, b) => statSync(b).size - statSync(a).size)[0] ?? '';

const flip = (path: string, byte: number, bit: number): void => {
  const bytes = readFileSync(path);
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
  writeFileSync(path, bytes);
};

test('takes checksums as RFC 3720 has them, at any length', () => {
  expect(crc32c(Buffer.alloc(32), 0, 32)).toBe(0x8a9136aa);
  expect(crc32c(Buffer.alloc(32, 255), 0, 32)).toBe(0x62a8ab43);
  expect(crc32c(Buffer.from('123456789'), 0, 9)).toBe(0xe3069283);
});

test.each([
  ['a table', /\.ldb$/, 'checksum|index|footer'],
  ['the log', /\.log$/, 'checksum|length'],
  ['the MANIFEST', /^MANIFEST/, 'checksum|length'],
  ['CURRENT', /^CURRENT$/, 'CURRENT'],
])('refuses every flipped bit in %s before LevelDB opens anything', async (_, kind, says) => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const path = sole(home.path, kind);
  const whole = readFileSync(path);
  const before = () => readdirSync(join(home.path, 'db')).filter((name) => name !== 'checked');
  const names = before();
  // A table's footer has zeros that nothing reads.
  const size = kind.source.includes('ldb') ? whole.length - 48 : whole.length;
  for (let n = 0; n < 150; n++) {
    const byte = (n * 7919) % size;
    flip(path, byte, n % 8);
    const opened = await gate.use(0, read).catch((error: unknown) => error);
    expect(opened, `byte ${byte}`).toMatchObject({code: 'STORE_DAMAGED', message: expect.stringMatching(says)});
    expect(before()).toEqual(names);
    writeFileSync(path, whole);
  }
});

test.each([0, 100, -1])('calls a table that is cut to %d bytes damaged, not the disk', async (bytes) => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const path = sole(home.path, /\.ldb$/);
  truncateSync(path, bytes < 0 ? statSync(path).size + bytes : bytes);
  await expect(gate.use(0, read)).rejects.toMatchObject({
    code: 'STORE_DAMAGED',
    message: expect.stringContaining('cut short'),
    hint: 'run: mem repair',
  });
});

test('opens a store whose log ends as a kill or a power cut leaves it', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const log = sole(home.path, /\.log$/);
  const whole = readFileSync(log);
  const folder = join(home.path, 'db');
  for (const size of [whole.length - 1, whole.length - 200, 3, 0]) {
    writeFileSync(log, whole.subarray(0, size));
    expect(() => checkFiles(folder), `${size} bytes`).not.toThrow();
  }
  const second = Math.ceil(whole.length / 1024) * 512;
  writeFileSync(log, Buffer.concat([whole.subarray(0, second), Buffer.alloc(whole.length - second)]));
  checkFiles(folder);
  writeFileSync(log, whole);
  appendFileSync(log, whole.subarray(0, 100));
  checkFiles(folder);
  expect(await gate.use(0, read)).toBe('read');
});

test('reads a table once, and again when it was written since, were it with its old time', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  await gate.use(0, read);
  const noted = readFileSync(join(home.path, 'db', 'checked'), 'utf8');
  const live = filesIn(home.path, /\.ldb$/);
  expect(noted.trim().split('\n')).toHaveLength(live.length);
  const path = sole(home.path, /\.ldb$/);
  const {atime, mtime} = statSync(path);
  flip(path, 100, 3);
  utimesSync(path, atime, mtime);
  await expect(gate.use(0, read)).rejects.toMatchObject({code: 'STORE_DAMAGED'});
});

test('finds in a scrub what a disk has lost by itself', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const path = sole(home.path, /\.ldb$/);
  flip(path, 100, 3);
  // As if it had been looked at in this state.
  const {size, mtimeMs, ctimeMs, ino} = statSync(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const lines = readFileSync(join(home.path, 'db', 'checked'), 'utf8').split('\n');
  const state = `${name} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  writeFileSync(join(home.path, 'db', 'checked'), lines.map((line) => (line.startsWith(name) ? state : line)).join('\n'));
  expect(() => checkFiles(join(home.path, 'db'))).not.toThrow();
  expect(() => [...scrub(join(home.path, 'db'))]).toThrow('wrong checksum');
  await expect(gate.maintenance?.compact()).rejects.toMatchObject({code: 'STORE_DAMAGED'});
});

test('does not take a store for damaged whose files another handle writes meanwhile', async () => {
  using home = temporaryHome();
  const gate = await aStoreIn(home.path);
  const folder = join(home.path, 'db');
  let isDone = false;
  let looks = 0;
  const writing = (async () => {
    // Until it was looked often enough, however busy the machine is.
    for (let n = 0; n < 60 || (looks < 10 && n < 6_000); n++)
      await gate.use(0, (store) => store.commit([event(600 + n)], at(n), {sync: true}), 'after');
    isDone = true;
  })();
  while (!isDone) {
    checkFiles(folder);
    looks++;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await writing;
  expect(looks).toBeGreaterThanOrEqual(10);
});
