import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {search} from '../../../src/operations/search/search.js';
import {aLine, HomeRig} from '../home-rig.js';

const START = Date.parse('2024-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const DAYS = 80;
const FILLER = ['', 'again', 'again and later', 'again and later when it was quiet'];

test('a filter by time changes no score, also where more events have both words than are read for their nearness', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest(
    Array.from({length: 2 * DAYS}, (_, n) =>
      aLine({
        event_id: `e${n}`,
        session_id: `s${Math.floor(n / 2)}`,
        timestamp: new Date(START + Math.floor(n / 2) * DAY_MS + n * 1_000).toISOString(),
        text: `the harbour ${FILLER[n % 4]} gauge ${n % 3 === 0 ? 'harbour gauge' : 'stood'} ${FILLER[(n >> 2) % 4]}`,
      }),
    ),
  );
  rig.now = Date.parse('2024-06-01T00:00:00Z') as typeof rig.now;
  await rig.rollUp();
  const request = {query: 'harbour gauge', by: 'event', limit: 1_000} as const;
  const scoresOf = async (range: {readonly from?: EpochMs; readonly to?: EpochMs}) =>
    (await search(rig.mem, {...request, ...range})).hits.map(({event, score}) => ({time: event.time, score}));
  const all = await scoresOf({});
  expect(all).toHaveLength(2 * DAYS);
  for (const [first, last] of [
    [0, 5],
    [30, 61],
    [70, 80],
  ] as const) {
    const [from, to] = [(START + first * DAY_MS) as EpochMs, (START + last * DAY_MS) as EpochMs];
    expect(await scoresOf({from, to})).toEqual(all.filter(({time}) => time >= from && time < to));
  }
});
