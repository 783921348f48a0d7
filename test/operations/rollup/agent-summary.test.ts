import {expect, test} from 'vitest';
import {aLine, HomeRig} from '../home-rig.js';

const SUMMARY = aLine({event_type: 'summary', timestamp: '2024-01-15T12:01:00Z', text: 'Quixotic digest of all that was said before.'});

test("an agent's summary of its own conversation counts no token and stands in no bullet", async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([
    aLine(),
    SUMMARY,
    aLine({timestamp: '2024-01-15T12:02:00Z', text: 'Then we wrote the release notes of the harbour map.'}),
  ]);
  await rig.rollUp();
  const nodes = await rig.latest();
  expect(nodes.map(({id}) => id?.split(':')[1])).toContain('year');
  expect(JSON.stringify(nodes)).not.toContain('ixotic');
  const [segment] = nodes.filter(({segment}) => segment !== undefined);
  expect(segment?.segment).toMatchObject({eventCount: 3, tokenCount: 24});
});

test("a conversation of which nothing but the agent's summary is left makes no node", async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([SUMMARY]);
  await rig.rollUp();
  expect(await rig.latest()).toEqual([]);
});

test('what an agent thought counts no token and stands in no bullet', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  const thought = {event_type: 'assistant_message', metadata: {thinking: true}, text: 'Quixotic plans for the harbour map come first.'};
  await rig.ingest([
    aLine(),
    aLine({timestamp: '2024-01-15T12:01:00Z', event_type: 'assistant_message', text: 'Wrote the release notes of the harbour map.'}),
    aLine({timestamp: '2024-01-15T12:02:00Z', ...thought}),
  ]);
  await rig.rollUp();
  const nodes = await rig.latest();
  expect(JSON.stringify(nodes)).toContain('release notes');
  expect(JSON.stringify(nodes)).not.toContain('ixotic');
  expect(nodes.find(({segment}) => segment !== undefined)?.segment).toMatchObject({eventCount: 3, tokenCount: 22});
});
