import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {openPostgresGate} from '../../../src/store/postgres/gate.js';
import {loginAt, postgresPrograms} from '../../store/postgres/cluster.js';
import {anEvent, MemRig} from '../mem-rig.js';
import {exportedFrom, FORTNIGHT, useCluster, versionsIn} from './postgres-rig.js';

describe.skipIf(postgresPrograms() === undefined)('mem rebuild', () => {
  const {newUrl, onDatabase} = useCluster();

  const rolledUp = async (): Promise<MemRig> => {
    const mem = await MemRig.create();
    await mem.ingest(readFileSync(FORTNIGHT, 'utf8'));
    await mem.rollUp();
    await mem.ingest([anEvent({at: '2024-01-10T09:00:00Z', text: 'this is to be forgotten'})]);
    expect((await mem.run(['forget', '"this is to be forgotten"', '--yes'])).status).toBe(0);
    await mem.ingest([anEvent({at: '2024-01-11T09:00:00Z', text: 'and this stays, though it was late'})]);
    await mem.rollUp();
    return mem;
  };

  test('takes a memory into a database and back, with every event, every version of every node and what was forgotten', async () => {
    await using mem = await rolledUp();
    const url = newUrl();
    const [events, nodes] = [await exportedFrom(mem), await versionsIn(openStoreGate(mem.home))];
    const into = await mem.run(['rebuild', '--into', url, '--json']);
    expect({status: into.status, stderr: into.stderr}).toEqual({status: 0, stderr: ''});
    expect(JSON.parse(into.stdout)).toMatchObject({store: {events: 231, events_from_journal: 231, lost_events: 0, kept_at: null}});
    expect(await versionsIn(openPostgresGate(loginAt(url)))).toEqual(nodes);
    await mem.ingest([anEvent({at: '2024-01-12T09:00:00Z', text: 'came in at home before the memory moved'})]);
    const moved = await exportedFrom(mem);
    expect((await mem.run(['init', '--store-url', url])).status).toBe(0);
    expect((await mem.run(['export'])).stdout).toBe(moved);
    expect(moved.length).toBeGreaterThan(events.length);
    expect((await mem.run(['rollup'])).status).toBe(0);
    const [after, searched] = [await versionsIn(openPostgresGate(loginAt(url))), await mem.run(['search', 'idempotency key'])];
    expect(searched.status).toBe(0);

    await using other = await MemRig.create();
    const from = await other.run(['rebuild', '--from', url, '--json']);
    expect({status: from.status, stderr: from.stderr}).toEqual({status: 0, stderr: ''});
    expect(await exportedFrom(other)).toBe(moved);
    expect(await versionsIn(openStoreGate(other.home))).toEqual(after);
    expect((await other.run(['search', 'idempotency key'])).stdout).toBe(searched.stdout);
    expect((await other.run(['check', '--full'])).status).toBe(0);
    rmSync(join(other.home, 'db'), {recursive: true});
    expect((await other.run(['rebuild', '--time-zone', 'Europe/Berlin'])).status).toBe(0);
    expect(await exportedFrom(other)).toBe(moved);
    await other.ingest([anEvent({at: '2024-01-10T09:00:00Z', text: 'this is to be forgotten'})]);
    expect(await exportedFrom(other)).toBe(moved);
  });

  test('keeps what a database holds already, and can be run again', async () => {
    await using mem = await MemRig.create();
    await mem.ingest([anEvent({at: '2024-01-12T09:00:00Z', text: 'at home'})]);
    await using shared = await onDatabase();
    await shared.ingest([anEvent({at: '2024-02-02T09:00:00Z', text: 'of another home'})]);
    for (const fresh of [1, 0]) {
      const {stdout, status} = await mem.run(['rebuild', '--into', shared.url, '--json']);
      expect({status, ...JSON.parse(stdout).store}).toMatchObject({status: 0, events: 2, events_from_journal: fresh});
    }
    await shared.rollUp();
    expect((await exportedFrom(shared, shared.url)).split('\n')).toHaveLength(3);
    expect((await shared.run(['search', 'of another home'])).stdout).toContain('of another home');
  });

  test('refuses a memory in another time zone, and leaves it as it is', async () => {
    await using mem = await MemRig.create();
    await mem.ingest([anEvent({at: '2024-01-12T09:00:00Z', text: 'at home'})]);
    const url = newUrl();
    await using there = await onDatabase(url, 'Asia/Tokyo');
    const {status, stderr} = await mem.run(['rebuild', '--into', url]);
    expect(status).toBe(78);
    expect(stderr).toContain('has the time zone Europe/Berlin, the one at');
    expect(await exportedFrom(there, url)).toBe('');
  });
});
