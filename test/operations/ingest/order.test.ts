import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {aLine, HomeRig, type LineFields, MUCH_BUDGET} from '../home-rig.js';
import {ScriptedModel} from '../rollup/scripted-model.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const START = Date.parse('2024-12-27T00:00:00Z');
const MINUTE = 60_000;
const WORDS = 'gauge tide parser retry queue harbour reading release branch clock offset schema worker migration cache index'.split(' ');

/** Ten days over a new year, three sessions, pauses and size cuts, in a zone with an odd offset. */
const aLog = fc
  .array(
    fc.record({
      minute: fc.integer({min: 0, max: 10 * 24 * 60}),
      session: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom('user_message', 'assistant_message', 'tool_result', 'session_end'),
      words: fc.array(fc.constantFrom(...WORDS), {minLength: 0, maxLength: 12}),
      isLong: fc.boolean(),
    }),
    {minLength: 1, maxLength: 40},
  )
  .map((specs) =>
    specs.map(
      ({minute, session, kind, words, isLong}, at): LineFields =>
        aLine({
          event_id: `e${at}`,
          session_id: session,
          event_type: kind,
          timestamp: new Date(START + minute * MINUTE).toISOString(),
          text: `${words.join(' ')}${words.length > 0 ? '.' : ''}${isLong ? ' filler text'.repeat(700) : ''}`,
        }),
    ),
  );

async function rollUpAll(parts: readonly (readonly LineFields[])[], timeZone: string, nows: readonly EpochMs[], model?: ScriptedModel) {
  await using rig = new HomeRig({model, budget: MUCH_BUDGET});
  await rig.create(timeZone);
  for (const [at, part] of parts.entries()) {
    rig.now = nows[at] ?? rig.now;
    await rig.ingest(part);
    await rig.rollUp();
  }
  return await rig.latest();
}

test.each([
  ['extractive', isProofs ? 300 : 10, () => undefined],
  ['a model', isProofs ? 60 : 3, () => new ScriptedModel()],
])('in whatever order and parts events arrive, the latest nodes are those of a rebuild: %s', async (_, runs, model) => {
  const arrival = aLog.chain((log) =>
    fc.record({
      log: fc.constant(log),
      shuffled: fc.shuffledSubarray([...log], {minLength: log.length, maxLength: log.length}),
      cuts: fc.array(fc.nat(log.length), {maxLength: 4}),
      zone: fc.constantFrom('UTC', 'Australia/Lord_Howe'),
    }),
  );
  await fc.assert(
    fc.asyncProperty(arrival, async ({log, shuffled, cuts, zone}) => {
      const edges = [0, ...[...cuts].sort((a, b) => a - b), log.length];
      const parts = edges.slice(1).map((edge, at) => shuffled.slice(edges[at], edge));
      // Rollups in the middle of things see open segments and young days; the last one sees all of them closed, as the rebuild does.
      const last = (START + 400 * 24 * 60 * MINUTE) as EpochMs;
      const nows = parts.map((_, at) => (at === parts.length - 1 ? last : ((START + (at + 1) * 3 * 24 * 60 * MINUTE) as EpochMs)));
      const incremental = await rollUpAll(parts, zone, nows, model());
      expect(incremental).toEqual(await rollUpAll([log], zone, [last], model()));
    }),
    {numRuns: runs, endOnFailure: true},
  );
});

// The example of the tutorial, and any logs that MEM_TEST_LOGS names (paths with a colon between them).
const logs = [
  fileURLToPath(new URL('../../../examples/fortnight.jsonl', import.meta.url)),
  ...(process.env['MEM_TEST_LOGS']?.split(':') ?? []),
];

test.each(logs)('%s: shuffled, in five parts with a rollup after each, gives what all at once gives', async (path) => {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const log: readonly LineFields[] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const now = Date.parse('2040-01-01T00:00:00Z') as EpochMs;
  const rebuilt = await rollUpAll([log], 'UTC', [now]);
  const shuffle = fc.shuffledSubarray([...log], {minLength: log.length, maxLength: log.length});
  for (const shuffled of fc.sample(shuffle, {numRuns: isProofs ? 10 : 1, seed: 42})) {
    const fifth = Math.ceil(log.length / 5);
    const parts = [0, 1, 2, 3, 4].map((n) => shuffled.slice(n * fifth, (n + 1) * fifth));
    expect(await rollUpAll(parts, 'UTC', [now, now, now, now, now])).toEqual(rebuilt);
  }
});

test('a segment that is open again keeps its node until it closes, and then equals a rebuild', async () => {
  const log = [0, 10, 25].map((minute, at) =>
    aLine({
      event_id: `e${at}`,
      timestamp: new Date(START + minute * MINUTE).toISOString(),
      text: `The ${WORDS[at]} was mended in step ${at}.`,
    }),
  );
  await using rig = new HomeRig();
  rig.now = (START + 41 * MINUTE) as EpochMs;
  await rig.ingest(log.slice(0, 2));
  await rig.rollUp();
  const before = await rig.latest();
  await rig.ingest(log.slice(2));
  await rig.rollUp();
  expect(await rig.latest()).toEqual(before);
  rig.now = (START + 56 * MINUTE) as EpochMs;
  await rig.rollUp();
  expect(await rig.latest()).toEqual(await rollUpAll([log], 'UTC', [rig.now]));
});
