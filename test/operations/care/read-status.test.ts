import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {crc32} from 'node:zlib';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {readStatus} from '../../../src/operations/care/read-status.js';
import {rollUp} from '../../../src/operations/rollup/roll-up.js';
import {aLine, HomeRig} from '../home-rig.js';

test('a store that is gone is the first alarm, not "none yet"', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  rmSync(join(rig.home, 'db'), {recursive: true});
  const {alarms, store} = await readStatus(rig.mem);
  expect(store).toBeUndefined();
  expect(alarms[0]).toContain('is gone');
  expect(alarms[0]).toContain('mem rebuild');
});

test('a home that was never used has no alarm', async () => {
  await using rig = new HomeRig();
  expect(await readStatus(rig.mem)).toMatchObject({alarms: [], store: undefined, runningRollup: undefined});
});

test('what a rollup found superseded is not counted', async () => {
  await using rig = new HomeRig();
  const said = {session_id: 's', agent: 'claude-code', text: 'We measured the tide at Vlieland twice.'};
  await rig.ingest([
    aLine({...said, timestamp: '2024-02-01T09:00:07Z', source: 'hook'}),
    aLine({...said, timestamp: '2024-02-01T09:00:06Z', source: 'transcript'}),
  ]);
  expect((await readStatus(rig.mem)).store?.counters.events).toBe(2);
  await rig.rollUp();
  expect((await readStatus(rig.mem)).store?.counters.events).toBe(1);
});

test('events that wait for more than a day are an alarm, here because a newer mem wrote them', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine()]);
  const path = join(rig.home, 'inbox', 'new', rig.mem.inbox.write([Buffer.alloc(0)], rig.now));
  const bytes = readFileSync(path);
  bytes.writeUInt16BE(99, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 28)), 28);
  writeFileSync(path, bytes);
  expect((await readStatus(rig.mem)).alarms).toEqual([expect.stringContaining('newer mem')]);
  rig.now = (rig.now + 25 * 3_600_000) as EpochMs;
  expect((await readStatus(rig.mem)).alarms).toEqual([
    expect.stringContaining('for more than a day'),
    expect.stringContaining('newer mem'),
  ]);
});

test('a rollup that runs is named, and one that was cut short is closed by the next', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine(), aLine({timestamp: '2024-02-15T12:00:00Z'})]);
  for await (const _ of rollUp(rig.mem, {}, new AbortController().signal)) {
    expect((await readStatus(rig.mem)).runningRollup).toMatchObject({pid: process.pid, trigger: 'hand'});
    break;
  }
  expect((await readStatus(rig.mem)).store?.lastRollup?.finishedAt).toBeUndefined();
  await rig.rollUp();
  expect((await readStatus(rig.mem)).store?.lastRollup?.finishedAt).toBe(rig.now);
  expect((await readStatus(rig.mem)).runningRollup).toBeUndefined();
});
