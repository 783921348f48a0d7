import {copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {check} from '../../../src/operations/care/check/check.js';
import {forget, planForgetting} from '../../../src/operations/forget/forget.js';
import {openHomeFiles} from '../../../src/sync/home-files.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';
import {exported, Folder} from './sync-rig.js';

const SIGNAL = new AbortController().signal;

const said = (hour: number, text = `The parser of the tide table, part ${hour}.`): LineFields =>
  aLine({timestamp: `2024-01-${10 + (hour % 15)}T12:00:00Z`, session_id: `s${hour % 3}`, text});

test('three homes with overlapping events have equal events and nodes, and a second round carries nothing', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await using c = new HomeRig();
  const homes = [a, b, c];
  for (const [n, rig] of homes.entries()) {
    await rig.create('Europe/Berlin');
    rig.now = (rig.now + n * 1_000) as typeof rig.now;
    await rig.ingest(Array.from({length: 12}, (_, at) => said(at + n * 6)));
  }
  for (const rig of [...homes, ...homes, ...homes]) await folder.sync(rig);
  for (const rig of homes) await rig.rollUp();
  const events = await exported(a);
  expect(events).toHaveLength(24);
  expect(await exported(b)).toEqual(events);
  expect(await exported(c)).toEqual(events);
  const nodes = await a.latest();
  for (const rig of [b, c]) {
    expect(await rig.latest()).toEqual(nodes);
    expect((await check(rig.mem, {depth: 'full'})).cure).toBeUndefined();
  }
  for (const rig of homes)
    expect(await folder.sync(rig)).toMatchObject({received: {files: 0, bytes: 0}, sent: {files: 0, bytes: 0}, refused: []});
});

test('a new home takes zone and key from the folder, and a memory in another zone is refused', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using fresh = new HomeRig();
  await using other = new HomeRig();
  await a.create('Europe/Berlin');
  await a.ingest([said(1)]);
  await other.create('America/Los_Angeles');
  await other.ingest([said(2)]);
  await folder.sync(a);
  expect(await folder.sync(fresh)).toMatchObject({adopted: 'here', received: {events: 1}});
  expect(await fresh.mem.store.use(0, async ({header}) => header.timeZone)).toBe('Europe/Berlin');
  expect(readFileSync(join(fresh.home, 'redact-key'))).toEqual(readFileSync(join(a.home, 'redact-key')));
  await expect(folder.sync(other)).rejects.toMatchObject({
    code: 'STORE_REFUSED',
    hint: 'give both one zone, for example here: mem config set time_zone Europe/Berlin',
  });
});

test('two names of one zone are one zone, and a memory with a key of its own is exchanged with, too', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  await a.create('UTC');
  await b.create('Etc/UTC');
  await a.ingest([said(1), said(2)]);
  await b.ingest([said(2), said(3)]);
  // Each made a key of its own when it took its first events in.
  for (const {home} of [a, b]) openHomeFiles(home).key();
  expect(await folder.sync(a)).toMatchObject({adopted: 'there', hasTwoKeys: false});
  expect(await folder.sync(b)).toMatchObject({adopted: undefined, hasTwoKeys: true, received: {events: 1}, sent: {files: 1}});
  await folder.sync(a);
  expect(await exported(b)).toEqual(await exported(a));
  expect(readFileSync(join(b.home, 'redact-key'))).not.toEqual(readFileSync(join(a.home, 'redact-key')));
  // By its id, which has no key in it, what is forgotten on one goes from the other.
  const {events} = await planForgetting(b.mem, {query: '"part 2"'});
  expect(events).toHaveLength(1);
  await forget(b.mem, {kind: 'events', events}, {signal: SIGNAL});
  for (const rig of [b, a]) await folder.sync(rig);
  expect(await exported(a)).toHaveLength(2);
  expect(await exported(b)).toEqual(await exported(a));
});

test('an event that was forked into another session is of one session in all homes, with the same nodes', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  const forked = (session: string): LineFields => ({...said(1), event_id: 'e1', session_id: session});
  await a.ingest([forked('before'), said(2)]);
  b.now = (b.now + 1_000) as typeof b.now;
  await b.ingest([forked('after')]);
  for (const rig of [a, b]) await rig.rollUp();
  for (const rig of [a, b, a]) await folder.sync(rig);
  for (const rig of [a, b]) await rig.rollUp();
  expect(await exported(b)).toEqual(await exported(a));
  // It was counted for the other session, and had a segment there.
  expect(await b.latest()).toEqual(await a.latest());
  expect((await check(b.mem, {depth: 'full'})).cure).toBeUndefined();
});

test('what one home forgets goes from all others, and from the folder, and no older copy of the folder brings it back', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([said(1), said(2, 'A secret plan of the harbour in the north.')]);
  await folder.sync(a);
  await folder.sync(b);
  const [name = ''] = folder.files();
  const kept = join(folder.path, '.kept');
  copyFileSync(join(folder.path, name), kept);
  // As a machine leaves it that is killed while it writes into the folder.
  const half = join(folder.path, dirname(name), `.${basename(name)}.part`);
  copyFileSync(kept, half);
  const {events} = await planForgetting(b.mem, {query: 'harbour'});
  expect(events).toHaveLength(1);
  await forget(b.mem, {kind: 'events', events}, {signal: SIGNAL});
  for (const rig of [b, a, b, a]) await folder.sync(rig);
  // A tool that carries folders may bring an old state back.
  copyFileSync(kept, join(folder.path, name));
  for (const rig of [a, b]) await folder.sync(rig);
  for (const rig of [a, b]) {
    expect(await exported(rig)).toHaveLength(1);
    expect((await check(rig.mem, {depth: 'full'})).cure).toBeUndefined();
    expect(await folder.sync(rig)).toMatchObject({received: {files: 0}, sent: {files: 0}});
  }
  expect(folder.files()).not.toContain(name);
  expect(existsSync(half)).toBe(false);
});

test('what a home forgot stays out of its files, too, when it comes from another for the first time', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) {
    await rig.create('UTC');
    await rig.ingest([said(1), said(2, 'The parrot is called Hieronymus.')]);
  }
  const {events} = await planForgetting(b.mem, {query: 'Hieronymus'});
  expect((await forget(b.mem, {kind: 'events', events}, {signal: SIGNAL})).events).toBe(1);
  await folder.sync(a);
  await folder.sync(b);
  const lines = b.mem.journal
    .list()
    .files.flatMap((file) => [...b.mem.journal.read(file)].flatMap((part) => (part.kind === 'member' ? [part.lines.toString()] : [])));
  expect(lines.join('')).toContain('part 1');
  expect(lines.join('')).not.toContain('Hieronymus');
});

test('what is not whole, not of mem, or made to harm is refused by name and left alone', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([said(1)]);
  await folder.sync(a);
  const [name = ''] = folder.files();
  const writer = join(folder.path, 'abcdefgh1234');
  mkdirSync(writer);
  const whole = readFileSync(join(folder.path, name));
  const put = (file: string, bytes: Buffer) => writeFileSync(join(writer, file), bytes);
  put('2024-01-001.jsonl.gz', gzipSync(Buffer.alloc(64 * 1024 * 1024)));
  put('2024-01-002.1.00000000000000000000000000000000.jsonl.gz', whole);
  put('notes.txt', Buffer.from('of somebody else'));
  put('2024-01-003.jsonl.gz', Buffer.alloc(0));
  truncateSync(join(writer, '2024-01-003.jsonl.gz'), 65 * 1024 * 1024);
  symlinkSync('/etc/passwd', join(writer, '2024-01-004.jsonl.gz'));
  symlinkSync(a.home, join(folder.path, 'abcdefgh9999'));
  const before = folder.files();
  const report = await folder.sync(b);
  expect(report.received.events).toBe(1);
  expect(report.refused.map(({path, reason}) => `${path.slice(folder.path.length + 1)}: ${reason}`).sort()).toEqual([
    'abcdefgh1234/2024-01-001.jsonl.gz: it is damaged at byte 0',
    'abcdefgh1234/2024-01-002.1.00000000000000000000000000000000.jsonl.gz: its lines do not have the hash in its name',
    'abcdefgh1234/2024-01-003.jsonl.gz: it is larger than 64 MiB',
    'abcdefgh1234/2024-01-004.jsonl.gz: it is not a plain file',
    'abcdefgh1234/notes.txt: its name is not that of a file of the journal',
    'abcdefgh9999: it is not a folder',
  ]);
  expect(folder.files()).toEqual(before);
  expect(b.mem.journal.list().refused).toEqual([]);
});

test('of a file that is on its way what is whole is taken, and the rest the next time', async () => {
  using folder = new Folder();
  await using a = new HomeRig();
  await using b = new HomeRig();
  for (const rig of [a, b]) await rig.create('UTC');
  await a.ingest([said(1)]);
  await a.ingest([said(2)]);
  await folder.sync(a);
  const path = join(folder.path, folder.files()[0] ?? '');
  const whole = readFileSync(path);
  truncateSync(path, whole.length - 20);
  expect((await folder.sync(b)).received.events).toBe(1);
  writeFileSync(path, whole);
  expect((await folder.sync(b)).received.events).toBe(1);
  expect(await exported(b)).toEqual(await exported(a));
});
