import {expect, test} from 'vitest';
import {KeptIndex, prepareIndex} from '../../../src/operations/search/kept-index.js';
import {search} from '../../../src/operations/search/search.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

function line(at: string, text: string, project: string): LineFields {
  return aLine({timestamp: at, text, session_id: `s-${at.slice(0, 10)}`, project});
}

const OTHERS = [
  line('2024-01-29T09:00:00Z', 'The harbour gauge was moved.', 'tide/watch'),
  line('2024-01-30T09:00:00Z', 'The gauge rang an alarm for nobody.', 'tide/watch'),
  line('2024-03-06T09:00:00Z', 'A gauge, a gauge, a page of alarms.', 'tide/watch'),
];
const WEB = [
  line('2024-03-05T09:00:00Z', 'A gauge on the page shows the build.', 'acme/web'),
  line('2024-03-07T09:00:00Z', 'The page has no alarm for the build.', 'acme/web'),
];

async function home(lines: readonly LineFields[]): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest(lines);
  return rig;
}

test('in one project a search finds what it would find, as it would, if there were no other', async () => {
  await using all = await home([...OTHERS, ...WEB]);
  await using web = await home(WEB);
  const request = {query: 'gauge alarm page', by: 'event', limit: 9, projects: ['acme/web']} as const;
  const {hits, weights} = await search(all.mem, request);
  expect(hits.map(({event}) => event.text)).toHaveLength(2);
  expect({hits, weights}).toMatchObject(await search(web.mem, request).then((alone) => ({hits: alone.hits, weights: alone.weights})));
});

test('with an index that is kept the same is found as without, whatever came since', async () => {
  await using rig = await home([...OTHERS, ...WEB]);
  const kept = new KeptIndex();
  await prepareIndex(rig.mem, kept, 3_000);
  const check = async (): Promise<number> => {
    for (const request of [
      {query: 'gauge', by: 'event', limit: 9, projects: ['web']},
      {query: 'gauges alarm', by: 'event', limit: 9},
      {query: 'gauge', by: 'event', limit: 9},
    ] as const)
      expect(await search(rig.mem, request, {kept})).toEqual(await search(rig.mem, request));
    return (await search(rig.mem, {query: 'gauge', by: 'event', limit: 9}, {kept})).hits.length;
  };
  expect(await check()).toBe(4);
  await rig.ingest([line('2024-03-08T09:00:00Z', 'A second gauge on the page.', 'acme/web')]);
  expect(await check()).toBe(5);
  await rig.rollUp();
  expect(await check()).toBe(5);
});
