import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bucketsOf} from '../../../src/domain/search/index/rows.js';
import {type SearchResult, search} from '../../../src/operations/search/search.js';
import type {SearchRequest} from '../../../src/operations/search/search-request.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const START = Date.parse('2024-01-25T00:00:00Z');
const WORDS = 'gauge tide parser retry queue harbour reading release branch clock offset schema parseQueue 修复登录'.split(' ');
const QUERIES = ['parser queue', '"tide gauge"', 'release -clock', 'harbor monday', '登录', 'nowhere'];

const aLog = fc
  .array(
    fc.record({
      minute: fc.integer({min: 0, max: 14 * 24 * 60}),
      session: fc.constantFrom('a', 'b', 'c'),
      role: fc.constantFrom('user', 'assistant', 'tool'),
      project: fc.constantFrom('acme/api', 'acme/web'),
      words: fc.array(fc.constantFrom(...WORDS), {minLength: 1, maxLength: 12}),
    }),
    {minLength: 1, maxLength: 40},
  )
  .map((specs) =>
    specs.map(
      ({minute, session, role, project, words}, at): LineFields =>
        aLine({
          event_id: `e${at}`,
          session_id: session,
          event_type: role === 'user' ? 'user_message' : role === 'tool' ? 'tool_result' : 'assistant_message',
          timestamp: new Date(START + minute * 60_000).toISOString(),
          project,
          text: words.join(' '),
        }),
    ),
  );

async function answers(rig: HomeRig): Promise<string> {
  const all: unknown[] = [];
  for (const query of QUERIES) {
    const requests: SearchRequest[] = [
      {query, by: 'event', limit: 8},
      {query, by: 'session', limit: 3},
      {query, by: 'day', limit: 3},
      {query, by: 'event', limit: 5, role: 'user', projects: ['api']},
    ];
    for (const request of requests) {
      const result = await search(rig.mem, request).catch((error: unknown) => error);
      if (result instanceof Error) {
        // No event of that project may have been said.
        all.push(result.message);
        continue;
      }
      const {hits, replaced, notSearched} = result as SearchResult;
      all.push(
        hits.map(({event, score}) => [event.id, score]),
        replaced,
        notSearched,
      );
    }
  }
  return JSON.stringify(all);
}

test('a search finds the same, in the same order, whatever arrived first and whatever is merged, waits or is marked', async () => {
  const arrival = aLog.chain((log) =>
    fc.record({
      shuffled: fc.shuffledSubarray([...log], {minLength: log.length, maxLength: log.length}),
      cuts: fc.array(fc.tuple(fc.nat(log.length), fc.boolean()), {maxLength: 4}),
      log: fc.constant(log),
    }),
  );
  await fc.assert(
    fc.asyncProperty(arrival, async ({log, shuffled, cuts}) => {
      await using scratch = new HomeRig();
      await scratch.create('UTC');
      await scratch.ingest(log);
      const counted = await answers(scratch);
      await scratch.rollUp();
      expect(await answers(scratch)).toBe(counted);

      await using rig = new HomeRig();
      await rig.create('UTC');
      let from = 0;
      for (const [to, isRolledUp] of [...cuts].sort(([a], [b]) => a - b)) {
        if (to > from) await rig.ingest(shuffled.slice(from, to));
        from = Math.max(from, to);
        if (isRolledUp) await rig.rollUp();
      }
      if (from < shuffled.length) await rig.ingest(shuffled.slice(from));
      expect(await answers(rig)).toBe(counted);
    }),
    {numRuns: isProofs ? 200 : 4},
  );
});

test('months that are over are merged, and a late event is found beside what is merged', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  await rig.ingest([
    aLine({event_id: 'e1', text: 'the harbour gauge'}),
    aLine({event_id: 'e2', session_id: 'other', text: 'a gauge elsewhere'}),
  ]);
  rig.now = Date.parse('2024-03-01T00:00:00Z') as typeof rig.now;
  await rig.rollUp();
  const merged = await rig.mem.store.use(0, async (store) => [await store.searchRows('p'), await store.searchRows(bucketsOf('2024-01'))]);
  expect(merged[0]).toEqual([]);
  expect(merged[1]?.length).toBeGreaterThan(0);
  const found = async () => (await search(rig.mem, {query: 'gauge', by: 'event', limit: 9})).hits.map(({event}) => event.text).sort();
  expect(await found()).toEqual(['a gauge elsewhere', 'the harbour gauge']);
  await rig.ingest([aLine({event_id: 'e3', timestamp: '2024-01-15T12:01:00Z', text: 'the gauge again'})]);
  expect(await found()).toEqual(['a gauge elsewhere', 'the gauge again', 'the harbour gauge']);
  await rig.rollUp();
  expect(await found()).toEqual(['a gauge elsewhere', 'the gauge again', 'the harbour gauge']);
});

test('an entry that waits is not trusted once its session-day has gone on: each event is found once, also before the next rollup', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  rig.now = Date.parse('2024-01-17T00:00:00Z') as typeof rig.now;
  await rig.ingest([aLine({event_id: 'e1', text: 'the harbour gauge'})]);
  await rig.rollUp();
  expect(await rig.mem.store.use(0, (store) => store.searchRows('p'))).toHaveLength(1);
  await rig.ingest([aLine({event_id: 'e2', timestamp: '2024-01-15T12:01:00Z', text: 'the gauge again'})]);
  const {hits} = await search(rig.mem, {query: 'gauge', by: 'event', limit: 9});
  expect(hits.map(({event}) => event.text).sort()).toEqual(['the gauge again', 'the harbour gauge']);
});
