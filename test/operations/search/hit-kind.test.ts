import {expect, test} from 'vitest';
import type {HitKind} from '../../../src/domain/search/query/hit-kind.js';
import {search} from '../../../src/operations/search/search.js';
import {aLine, HomeRig} from '../home-rig.js';

/** Two sessions that share a day, with a pause of hours in the first one, and the day after it. */
const LOG = [
  ['a', '2024-01-15T08:00:00Z', 'the tide gauge of the harbour'],
  ['a', '2024-01-15T08:01:00Z', 'a tide gauge at last, as long as this text says it is'],
  ['a', '2024-01-15T20:00:00Z', 'again the tide gauge'],
  ['b', '2024-01-15T08:00:00Z', 'tide gauge'],
  ['a', '2024-01-16T08:00:00Z', 'no gauge without a tide'],
].map(([session_id, timestamp, text], at) => aLine({event_id: `e${at}`, session_id, timestamp, text}));

async function found(rig: HomeRig, by: HitKind): Promise<readonly string[]> {
  const {hits} = await search(rig.mem, {query: 'tide gauge', by, limit: 9});
  return hits
    .map(({event, segment}) => `${event.sessionId} ${new Date(event.time).toISOString().slice(8, 13)} ${segment ? 'in' : '-'}`)
    .sort();
}

test('a hit is an event, or the best one of each session, day or segment', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest(LOG);
  // What has no segment yet counts by its session-day.
  expect(await found(rig, 'segment')).toHaveLength(3);
  await rig.rollUp();
  expect(await found(rig, 'event')).toHaveLength(5);
  expect(await found(rig, 'session')).toHaveLength(2);
  expect((await found(rig, 'day')).map((hit) => hit.slice(2, 4))).toEqual(['15', '16']);
  expect(await found(rig, 'segment')).toEqual(['a 15T08 in', 'a 15T20 in', 'a 16T08 in', 'b 15T08 in']);
});
