import {expect, test} from 'vitest';
import {changeTimeZone} from '../../../src/operations/settings/change-time-zone.js';
import {aLine, HomeRig} from '../home-rig.js';

const LOG = [
  aLine({event_id: 'a', timestamp: '2024-01-15T12:00:00Z', text: 'The parser of the tide table was mended.'}),
  aLine({event_id: 'b', timestamp: '2024-01-15T23:30:00Z', text: 'Late in the evening the queue was emptied.'}),
  aLine({event_id: 'c', timestamp: '2024-01-16T00:10:00Z', text: 'After midnight the release was tagged.'}),
  aLine({event_id: 'd', timestamp: '2024-01-31T15:00:00Z', text: 'The month ended with a review of the schema.'}),
];

test.each(['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kathmandu'])(
  'to %s gives, after a rollup, the nodes of a store that had it from the start',
  async (zone) => {
    await using rig = new HomeRig();
    await rig.ingest(LOG);
    await rig.rollUp();
    const report = await changeTimeZone(rig.mem, zone, {dryRun: false});
    expect(report).toMatchObject({from: 'UTC', to: zone, events: 4});
    await rig.rollUp();
    await using fresh = new HomeRig();
    await fresh.create(zone);
    await fresh.ingest(LOG);
    await fresh.rollUp();
    expect(await rig.latest()).toEqual(await fresh.latest());
    expect(await rig.marks()).toBe(0);
  },
);

test('as a dry run says what it costs and changes nothing', async () => {
  await using rig = new HomeRig();
  await rig.ingest(LOG);
  await rig.rollUp();
  const before = {nodes: await rig.latest(), marks: await rig.marks()};
  const report = await changeTimeZone(rig.mem, 'Pacific/Auckland', {dryRun: true});
  expect(report).toEqual({from: 'UTC', to: 'Pacific/Auckland', events: 4, sessionDays: 4, nodes: before.nodes.length});
  expect({nodes: await rig.latest(), marks: await rig.marks()}).toEqual(before);
  expect(await rig.mem.store.use(3_000, async (store) => store.header.timeZone)).toBe('UTC');
});
