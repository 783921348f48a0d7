import {expect, test} from 'vitest';
import {arrivalOf} from '../../../src/domain/event/arrival.js';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {IngestRig} from '../ingest/ingest-rig.js';

/** Records of an older mem: with an id of its source and a time, with such an id alone, with a time alone. */
const OLD = [
  'ASIBnK39iQAAAAAAAAAAADAxS0pQWlYyODAzOVhRVllDODZTTVkyQzUzR0NOOFlSWlhXSjBOWlBTNyAgICAgICAgICAgICAgICB7InNlc3Npb25faWQiOiJzMSIsImFnZW50IjoiYSIsInNvdXJjZV9ldmVudF9pZCI6InV1aWQtMSIsInRleHQiOiJoZWxsbyJ9',
  'AaIBnLD+lAAAAAAAAAAAADAxS0pSRlg1MDBISzMwRFZLVkNQRTY4UDMwR0NOOFlSWlhXSjBOWlBTNzQ0WDdKSFZKNTlGNTRDQkd7InNlc3Npb25faWQiOiJzMSIsImFnZW50IjoiYSIsInNvdXJjZV9ldmVudF9pZCI6InByb21wdC0xIiwidGV4dCI6ImhlbGxvIiwibm9fdGltZSI6dHJ1ZX0=',
  'ASIBnK40d4AAAAAAAAAAADAxS0pRMzhYVzBaS1JBWVpUN0ZIMjJORkRCR0NOOFlSWlhXSjBOWlBTNyAgICAgICAgICAgICAgICB7InNlc3Npb25faWQiOiJzMSIsImFnZW50IjoiYSIsInRleHQiOiJoZWxsbyJ9',
].map((base64) => Buffer.from(base64, 'base64'));
const LINE = {session_id: 's1', role: 'user', text: 'hello', agent: 'a'};
const AGAIN = [
  {...LINE, event_id: 'uuid-1', timestamp: '2026-03-02T10:00:00Z'},
  {...LINE, event_id: 'prompt-1', timestamp: '2026-03-02T10:30:00Z'},
  {...LINE, timestamp: '2026-03-02T11:00:00Z'},
];
const lines = (list: readonly object[]): string => list.map((line) => JSON.stringify(line)).join('\n');

test('what an older mem stored is known again under its new identity', async () => {
  using rig = new IngestRig();
  rig.now = Date.parse('2026-03-05T00:00:00Z') as EpochMs;
  rig.mem.inbox.write(OLD, (rig.now - 1) as EpochMs);
  expect(await rig.ingest(lines(AGAIN), {drain: true})).toMatchObject({accepted: 3, stored: 0, duplicates: 3});
  expect(await rig.ingest(lines(AGAIN), {drain: true})).toMatchObject({accepted: 3, stored: 0, duplicates: 3});
  await rig.mem.store.use(3_000, async (store) => {
    expect(store.header).toMatchObject({formatVersion: 3, holdsFormerIds: true});
    expect((await store.counters()).events).toBe(3);
  });
});

test('a fork of a session that an older mem stored is another event: its session was part of the id then', async () => {
  using rig = new IngestRig();
  rig.now = Date.parse('2026-03-05T00:00:00Z') as EpochMs;
  rig.mem.inbox.write(OLD, (rig.now - 1) as EpochMs);
  const fork = AGAIN.map((line) => ({...line, session_id: 'fork'}));
  expect(await rig.ingest(lines(fork), {drain: true})).toMatchObject({stored: 3, duplicates: 0});
});

test('a store that holds nothing older looks nothing up, and keeps when each event arrived', async () => {
  using rig = new IngestRig();
  rig.now = Date.parse('2026-03-05T00:00:00Z') as EpochMs;
  await rig.ingest(lines(AGAIN), {drain: true});
  await rig.mem.store.use(3_000, async (store) => {
    expect(store.header.holdsFormerIds).toBe(false);
    const {events} = await store.events(0 as never, (2 ** 47) as never);
    const arrivals = events.map(({record}) => arrivalOf(record));
    expect(arrivals.map((arrival) => arrival?.place)).toEqual([0, 1, 2]);
    expect(new Set(arrivals.map((arrival) => arrival?.file)).size).toBe(1);
    expect(arrivals[0]?.file).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});
