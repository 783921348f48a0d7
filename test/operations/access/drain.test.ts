import {copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {crc32} from 'node:zlib';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {withDrainedStore} from '../../../src/operations/access/drained-store.js';
import {aRecord} from '../../inbox/inbox-rig.js';
import {aLine, IngestRig} from '../ingest/ingest-rig.js';

const drained = (rig: IngestRig) => withDrainedStore(rig.mem, {patienceMs: 3_000, drainMs: 60_000}, async (_, report) => ({...report}));
const waiting = (rig: IngestRig) => join(rig.home, 'inbox', 'new');

test('nothing to drain and no store is NO_STORE, and none is made', async () => {
  using rig = new IngestRig();
  await expect(drained(rig)).rejects.toMatchObject({code: 'NO_STORE'});
  expect(readdirSync(rig.home)).toEqual([]);
});

test("a writer's zone that is none makes a store in UTC that says so", async () => {
  using rig = new IngestRig('CET-1CEST');
  await rig.ingest(aLine());
  await drained(rig);
  const header = await rig.mem.store.use(0, async (store) => store.header);
  expect(header.timeZone).toBe('UTC');
  expect(header.alarm).toBe(
    'time zone "CET-1CEST" of the first events is not an IANA time zone: days follow UTC; set the zone with: mem config set time_zone ZONE',
  );
});

test("session-days are those of the store's zone, each with its bounds, its count and a mark", async () => {
  using rig = new IngestRig('Asia/Tokyo');
  await rig.ingest(
    [
      aLine({timestamp: '2024-01-15T14:59:59.999Z', agent: 'Codex'}),
      aLine({timestamp: '2024-01-15T15:00:00Z', agent: 'codex'}),
      aLine({timestamp: '2024-01-15T13:00:00Z', agent: 'codex'}),
      aLine({timestamp: '2024-01-15T13:00:00Z', session_id: 's2'}),
    ].join(''),
  );
  await drained(rig);
  await rig.ingest(aLine({timestamp: '2024-01-15T14:00:00Z', agent: 'codex'}) + aLine({timestamp: '2024-01-15T15:00:00Z', agent: 'codex'}));
  const {days, marks, counters} = await withDrainedStore(rig.mem, {patienceMs: 3_000, drainMs: 60_000}, async (store) => ({
    days: await store.sessionDays({}),
    marks: await store.sessionDayMarks({}),
    counters: await store.counters(),
  }));
  const rows = days.map(({date, agent, sessionId, first, last, count}) => [
    date,
    agent,
    sessionId,
    new Date(first).toISOString().slice(11, 16),
    new Date(last).toISOString().slice(11, 16),
    count,
  ]);
  expect(rows.sort()).toEqual([
    ['2024-01-15', '', 's2', '13:00', '13:00', 1],
    ['2024-01-15', 'codex', 's1', '13:00', '14:59', 3],
    ['2024-01-16', 'codex', 's1', '15:00', '15:00', 1],
  ]);
  expect(marks.map(({date, token}) => [date, token !== '']).sort()).toEqual([
    ['2024-01-15', true],
    ['2024-01-15', true],
    ['2024-01-16', true],
  ]);
  expect(counters).toMatchObject({events: 5, duplicates: 1, lastIngestAt: rig.now});
});

test('a file that comes back after its commit, as after a kill, changes nothing', async () => {
  using rig = new IngestRig();
  await rig.ingest(aLine({text: 'a'}) + aLine({text: 'b', timestamp: undefined}) + aLine({text: 'c', timestamp: undefined, event_id: 'x'}));
  const [{name} = {name: ''}] = rig.mem.inbox.list();
  copyFileSync(join(waiting(rig), name), join(rig.home, 'kept'));
  expect(await drained(rig)).toMatchObject({files: 1, stored: 3, duplicates: 0});
  mkdirSync(waiting(rig), {recursive: true});
  copyFileSync(join(rig.home, 'kept'), join(waiting(rig), name));
  expect(await drained(rig)).toMatchObject({files: 1, stored: 0, duplicates: 3});
  expect((await rig.texts()).length).toBe(3);
  expect(rig.mem.inbox.list()).toEqual([]);
});

test('the same event twice in one batch is stored once, whatever its kind of id', async () => {
  using rig = new IngestRig();
  const lines = [
    aLine({text: 'a'}),
    aLine({text: 'b', event_id: 'x', timestamp: undefined}),
    aLine({text: 'c', event_id: '01HM5TZZ00ABCDEFGHJKMNPQRS'}),
  ].join('');
  await rig.ingest(lines);
  rig.now = (rig.now + 10) as EpochMs;
  await rig.ingest(lines);
  expect(await drained(rig)).toMatchObject({files: 2, stored: 3, duplicates: 3, bad: 0});
});

test('the same source id with another text is another event', async () => {
  using rig = new IngestRig();
  await rig.ingest(aLine({text: 'draft', event_id: 'x'}) + aLine({text: 'final', event_id: 'x'}));
  expect([...(await rig.texts())].sort()).toEqual(['draft', 'final']);
});

test('a damaged record goes to bad/, and its neighbours are stored', async () => {
  using rig = new IngestRig();
  await rig.ingest(['one', 'two', 'three'].map((text, seq) => aLine({text, seq})).join(''));
  const path = join(waiting(rig), rig.mem.inbox.list()[0]?.name ?? '');
  const bytes = readFileSync(path);
  bytes[bytes.indexOf('"two"') + 1] = 0x54;
  writeFileSync(path, bytes);
  expect(await drained(rig)).toMatchObject({files: 1, stored: 2, bad: 1});
  expect(await rig.texts()).toEqual(['one', 'three']);
  expect(rig.mem.inbox.facts()).toMatchObject({badLines: 1, waitingFiles: 0});
});

/** Writes a file as a newer mem would. */
function writeNewer(rig: IngestRig): void {
  const name = rig.mem.inbox.write([aRecord('newer')], rig.now);
  const bytes = readFileSync(join(waiting(rig), name));
  bytes.writeUInt16BE(3, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 28)), 28);
  writeFileSync(join(waiting(rig), name), bytes);
}

test('a file of a newer format stays where it is and stops nothing', async () => {
  using rig = new IngestRig();
  writeNewer(rig);
  await rig.ingest(aLine({text: 'ours'}));
  expect(await drained(rig)).toEqual({files: 1, stored: 1, duplicates: 0, bad: 0, hasMore: false});
  expect(rig.mem.inbox.list().length).toBe(1);
});

test('a batch is of at most 500 files, and a budget that is used up leaves the rest', async () => {
  using rig = new IngestRig();
  for (let at = 0; at < 501; at++) rig.mem.inbox.write([aRecord(String(at))], (rig.now + at) as EpochMs);
  const report = await withDrainedStore(rig.mem, {patienceMs: 0, drainMs: 0}, async (_, first) => ({...first}));
  expect(report).toEqual({files: 500, stored: 500, duplicates: 0, bad: 0, hasMore: true});
  expect(rig.mem.inbox.list().length).toBe(1);
});

test('a batch is of at most 2 MiB, or of one file', async () => {
  using rig = new IngestRig();
  for (let at = 0; at < 6; at++) rig.mem.inbox.write([aRecord(`${at}${'x'.repeat(1_000_000)}`)], (rig.now + at) as EpochMs);
  const report = await withDrainedStore(rig.mem, {patienceMs: 0, drainMs: 0}, async (_, first) => ({...first}));
  expect(report).toMatchObject({files: 2, hasMore: true});
});

test('work is called once, after the whole inbox was drained in stretches', async () => {
  using rig = new IngestRig();
  // A clock that goes on by 150 ms each time it is looked at: the store is let go of again and again.
  let ticks = 0;
  const mem = {...rig.mem, ticks: () => (ticks += 150)};
  for (let at = 0; at < 5; at++) mem.inbox.write([aRecord(`${at}${'x'.repeat(5_000_000)}`)], (rig.now + at) as EpochMs);
  let calls = 0;
  const report = await withDrainedStore(mem, {patienceMs: 3_000, drainMs: 60_000}, async (store, all) => {
    calls++;
    return {...all, events: (await store.counters()).events};
  });
  expect([calls, report]).toEqual([1, {files: 5, stored: 5, duplicates: 0, bad: 0, hasMore: false, events: 5}]);
});

test.each([
  ['stands still', 0, 150, true],
  ['jumps by an hour at each look', 3_600_000, 0, false],
] as const)('a clock on the wall that %s neither prolongs nor cuts the draining', async (_, jumpMs, tickMs, hasMore) => {
  // A clock that stood still had a reader drain the whole inbox, and one that jumped had it drain one batch.
  using rig = new IngestRig();
  let ticks = 0;
  const mem = {...rig.mem, clock: () => (rig.now = (rig.now + jumpMs) as EpochMs), ticks: () => (ticks += tickMs)};
  for (let at = 0; at < 5; at++) mem.inbox.write([aRecord(`${at}${'x'.repeat(5_000_000)}`)], (rig.now + at) as EpochMs);
  const report = await withDrainedStore(mem, {patienceMs: 3_000, drainMs: 300}, async (__, all) => ({...all}));
  expect(report.hasMore).toBe(hasMore);
});

test('a file with a record of an unknown format stays, is counted, and stops nothing', async () => {
  using rig = new IngestRig();
  const newer = Buffer.from(aRecord('newer'));
  newer[0] = 3;
  const name = rig.mem.inbox.write([aRecord('beside it'), newer], rig.now);
  await rig.ingest(aLine({text: 'ours'}));
  expect(await drained(rig)).toEqual({files: 1, stored: 1, duplicates: 0, bad: 0, hasMore: false});
  expect(rig.mem.inbox.list().map((file) => file.name)).toEqual([name]);
  expect(rig.mem.inbox.facts().newerFormatFiles).toBe(1);
});

test("no store is made while only files of a newer format wait: its zone would be nobody's", async () => {
  using rig = new IngestRig('Asia/Tokyo');
  writeNewer(rig);
  await expect(drained(rig)).rejects.toMatchObject({code: 'NO_STORE'});
  expect(readdirSync(rig.home)).toEqual(['inbox']);
  await rig.ingest(aLine());
  await drained(rig);
  expect(await rig.mem.store.use(0, async (store) => store.header.timeZone)).toBe('Asia/Tokyo');
});

test('a store that is made from files whose heads are damaged is in UTC and says so', async () => {
  using rig = new IngestRig('Asia/Tokyo');
  await rig.ingest(aLine());
  const path = join(waiting(rig), rig.mem.inbox.list()[0]?.name ?? '');
  const bytes = readFileSync(path);
  bytes[20] = 99;
  writeFileSync(path, bytes);
  expect(await drained(rig)).toMatchObject({stored: 1});
  const header = await rig.mem.store.use(0, async (store) => store.header);
  expect([header.timeZone, header.alarm !== '']).toEqual(['UTC', true]);
});

test('the last ingest is the last one again after a clock that was ahead for months', async () => {
  using rig = new IngestRig();
  const today = rig.now;
  const lastIngestAt = () => rig.mem.store.use(0, async (store) => (await store.counters()).lastIngestAt);
  rig.now = (today + 90 * 86_400_000) as EpochMs;
  await rig.ingest(aLine({text: 'ahead'}));
  await drained(rig);
  rig.now = (today + 60_000) as EpochMs;
  await rig.ingest(aLine({text: 'right again'}));
  await drained(rig);
  expect(await lastIngestAt()).toBe(rig.now);
  // A delivery of what is known stores nothing, and says nothing of when the last event came in.
  const last = rig.now;
  rig.now = (last + 60_000) as EpochMs;
  await rig.ingest(aLine({text: 'right again'}));
  await drained(rig);
  expect(await lastIngestAt()).toBe(last);
});

test('the last ingest is when an event came in, not when it was drained', async () => {
  using rig = new IngestRig();
  const cameAt = rig.now;
  const lastIngestAt = () => rig.mem.store.use(0, async (store) => (await store.counters()).lastIngestAt);
  await rig.ingest(aLine({text: 'a'}));
  rig.now = (rig.now + 3_600_000) as EpochMs;
  await drained(rig);
  expect(await lastIngestAt()).toBe(cameAt);
  // An older file that comes late, and one of a clock that went ahead.
  rig.mem.inbox.write([aRecord('late')], (cameAt - 1_000) as EpochMs);
  await drained(rig);
  expect(await lastIngestAt()).toBe(cameAt);
  rig.mem.inbox.write([aRecord('ahead')], (rig.now + 1_000) as EpochMs);
  await drained(rig);
  expect(await lastIngestAt()).toBe(rig.now);
});
