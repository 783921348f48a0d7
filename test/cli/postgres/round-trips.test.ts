import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {postgresPrograms} from '../../store/postgres/cluster.js';
import {Relay} from '../../store/postgres/relay.js';
import {anEvent} from '../mem-rig.js';
import {FORTNIGHT, useCluster} from './postgres-rig.js';

/** At most so many messages that a command waits for, the one that connects included. A network takes as long for each as it is far. */
const TRIPS: readonly (readonly [most: number, ...args: string[]])[] = [
  [3, 'toc', 'show', '2026-03'],
  [3, 'toc', 'show'],
  [3, 'toc', 'show', 'toc:day:2026-03-03'],
  [11, 'toc', 'list'],
  [13, 'search', 'idempotency key'],
  [10, 'recall', 'idempotency key'],
  [5, 'events'],
  [5, 'status'],
  [15, 'stats'],
  [7, 'report'],
  [4, 'export'],
  [3, 'schedule', 'status'],
  [3, 'ingest', '--drain', '/dev/null'],
];

describe.skipIf(postgresPrograms() === undefined)('round trips to a database', () => {
  const {cluster, onDatabase} = useCluster();
  let relay: Relay;
  beforeAll(async () => {
    relay = await Relay.start(cluster());
  });
  afterAll(() => relay[Symbol.asyncDispose]());

  test('are few, and no more than they were', async () => {
    await using mem = await onDatabase(relay.url(cluster().newLogin()));
    const counted: unknown[] = [];
    for (const args of [['ingest', '--drain', FORTNIGHT], ['rollup'], ...TRIPS.map(([, ...args]) => args)]) {
      relay.letGo();
      const {status, stderr} = await mem.run(args);
      expect({args, status, stderr}).toEqual({args, status: 0, stderr: ''});
      counted.push([relay.trips, ...args]);
    }
    const [ingest, rollup, ...reads] = counted.map((row) => row as [number, ...string[]]);
    const most = new Map(TRIPS.map(([trips, ...args]) => [args.join(' '), trips]));
    const tooMany = reads.filter(([trips, ...args]) => trips > (most.get(args.join(' ')) ?? 0));
    expect({tooMany, isIngestFew: Number(ingest?.[0]) <= 20, isRollupFew: Number(rollup?.[0]) <= 160}, JSON.stringify(counted)).toEqual({
      tooMany: [],
      isIngestFew: true,
      isRollupFew: true,
    });
    process.stderr.write(`round trips: ${counted.map((row) => String(row).replaceAll(',', ' ')).join('; ')}\n`);
  });

  test('none of them is waited for by a hook, and a slow network delays a command by so many', async () => {
    await using mem = await onDatabase(relay.url(cluster().newLogin()));
    relay.letGo();
    relay.delayMs = 200;
    try {
      const line = `${JSON.stringify(anEvent({at: '2024-01-10T09:00:00Z', text: 'from a hook'}))}\n`;
      expect(await mem.run(['ingest'], line)).toEqual({status: 0, stdout: '', stderr: ''});
      expect(relay.trips).toBe(0);
      const shown = await mem.run(['toc', 'show', '2024-01']);
      expect({status: shown.status, stderr: shown.stderr}).toEqual({status: 0, stderr: ''});
      expect(shown.stdout).toContain('from a hook');
    } finally {
      relay.delayMs = 0;
    }
  });
});
