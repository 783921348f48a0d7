import {expect, test} from 'vitest';
import {INDEX_VERSION} from '../../../src/domain/search/index/index-version.js';
import {HEADERS, PENDING, VERSION_KEY, WORDS} from '../../../src/domain/search/index/rows.js';
import {decodeWords} from '../../../src/domain/search/index/words-row.js';
import {search} from '../../../src/operations/search/search.js';
import {aLine, HomeRig} from '../home-rig.js';

/** Some session-days of a month that is over, merged. */
async function mergedHome(): Promise<HomeRig> {
  const rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([
    aLine({event_id: 'e1', text: 'the harbour gauge'}),
    aLine({event_id: 'e2', session_id: 'other', text: 'a gauge elsewhere'}),
  ]);
  rig.now = Date.parse('2024-03-01T00:00:00Z') as typeof rig.now;
  await rig.rollUp();
  return rig;
}

const rowsOf = (rig: HomeRig, prefix: string) => rig.mem.store.use(0, (store) => store.searchRows(prefix));

test('an index of another version counts as not there, and a rollup that has nothing else to do makes all of it again', async () => {
  await using rig = await mergedHome();
  const answer = async () => {
    const {hits, replaced, notSearched} = await search(rig.mem, {query: 'harbor gauge', by: 'event', limit: 9});
    return {hits: hits.map(({event, score}) => [event.id, score]), replaced, notSearched};
  };
  const before = await answer();
  expect(before).toMatchObject({replaced: [{word: 'harbor', by: ['harbour']}], notSearched: 0});
  const headers = await rowsOf(rig, HEADERS);
  const older = headers.map(({key, row}) => ({
    kind: 'search-row' as const,
    key,
    row: Buffer.concat([Buffer.of(INDEX_VERSION - 1), row.subarray(1)]),
  }));
  await rig.mem.store.use(0, (store) =>
    store.commit([...older, {kind: 'search-row', key: VERSION_KEY, row: Buffer.from(String(INDEX_VERSION - 1))}], rig.now, {sync: false}),
  );
  expect(await answer()).toEqual(before);
  await rig.rollUp();
  expect(await answer()).toEqual(before);
  expect((await rowsOf(rig, HEADERS)).map(({row}) => row[0])).toEqual([INDEX_VERSION]);
  expect((await rowsOf(rig, VERSION_KEY)).map(({row}) => row.toString())).toEqual([String(INDEX_VERSION)]);
  expect(await rowsOf(rig, PENDING)).toEqual([]);
});

test('the words of a month stand beside its buckets once, also after a later merge', async () => {
  await using rig = await mergedHome();
  const words = async () => (await rowsOf(rig, WORDS)).map(({row}) => decodeWords(row));
  expect(await words()).toEqual([['elsewher', 'gaug', 'harbour']]);
  await rig.ingest([aLine({event_id: 'e3', timestamp: '2024-01-15T12:01:00Z', text: 'a late gauge'})]);
  await rig.rollUp();
  expect(await words()).toEqual([['elsewher', 'gaug', 'harbour', 'late']]);
});
