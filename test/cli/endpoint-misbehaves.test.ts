import {expect, test} from 'vitest';
import {contentReply, goodReply, inTurn, type ModelRequest, ModelServer, type Reply} from '../summarizers/openai/model-server.js';
import {nodesOf, statusOf, talks, withModel} from './model-rig.js';

/** What an endpoint does about one segment, and what a user sees of it. */
interface Case {
  readonly what: string;
  readonly replies: readonly (Reply | ((request: ModelRequest) => Reply))[];
  readonly calls: number;
  /** Why the fallback is stored; undefined where the model's summary is, null where nothing is. */
  readonly fallback?: string | null;
  readonly waitsForRetry?: boolean;
  readonly bullets?: number;
  readonly status?: number;
  readonly stderr?: string;
  readonly timeout?: string;
}

const error = (status: number, message: string, more: {code?: string; headers?: Record<string, string>} = {}): Reply => ({
  kind: 'error',
  status,
  message,
  ...more,
});
const fellBack = (reason: string): string => `mem: 1 made, 1 summary by the fallback (${reason}: 1)\n`;
const bullets = (count: number, id: string): Reply =>
  contentReply({title: 'T', bullets: Array.from({length: count}, (_, at) => ({text: `Bullet ${at}.`, sources: [id]})), keywords: []});

const CASES: readonly Case[] = [
  {what: 'a good answer', replies: [goodReply], calls: 1},
  {what: '429 with Retry-After, then good', replies: [error(429, 'slow', {headers: {'retry-after': '1'}}), goodReply], calls: 2},
  {what: '429 without Retry-After, then good', replies: [error(429, 'slow'), goodReply], calls: 2},
  {what: '429 that lasts', replies: [error(429, 'slow')], calls: 3, fallback: 'rate-limited', waitsForRetry: true},
  {
    what: '429 that asks for an hour',
    replies: [error(429, 'slow', {headers: {'retry-after': '3600'}})],
    calls: 1,
    fallback: 'rate-limited',
    waitsForRetry: true,
  },
  {
    what: '429 in a 200 that lasts',
    replies: [{kind: 'raw', status: 200, body: '{"error": {"code": 429, "message": "slow"}}'}],
    calls: 3,
    fallback: 'rate-limited',
    waitsForRetry: true,
  },
  {what: '500, then good', replies: [error(500, 'oops'), goodReply], calls: 2},
  {
    what: '401',
    replies: [error(401, 'Incorrect API key')],
    calls: 1,
    fallback: null,
    status: 78,
    stderr: `mem: 1 failed
mem: error: the endpoint rejected the key (HTTP 401: Incorrect API key) [MODEL_REFUSED]
mem: hint: fix the summarizer's settings and try them with: mem config check; the next mem rollup makes the waiting nodes (1)
`,
  },
  {what: 'no answer', replies: [{kind: 'hang'}], calls: 3, fallback: 'timeout', waitsForRetry: true, timeout: '1s'},
  {what: 'a body cut off', replies: [{kind: 'cut'}], calls: 3, fallback: 'cut-off', waitsForRetry: true},
  {what: 'no JSON', replies: [contentReply('Here you are!')], calls: 2, fallback: 'not-json'},
  {what: 'the wrong shape', replies: [contentReply({summary: 'fine'})], calls: 2, fallback: 'wrong-shape'},
  {what: 'foreign ids alone', replies: [bullets(2, 'e77')], calls: 2, fallback: 'no-sources'},
  {what: 'ten bullets', replies: [bullets(10, 'e1')], calls: 1, bullets: 5},
  {
    what: 'a redirect',
    replies: [{kind: 'raw', status: 307, headers: {location: 'http://127.0.0.1:9/v1/chat/completions'}}],
    calls: 1,
    fallback: 'redirect',
  },
  {what: '10 MB', replies: [{kind: 'huge', bytes: 10_000_000}], calls: 1, fallback: 'too-large'},
  {what: 'a slow drip', replies: [{kind: 'drip', everyMs: 20}], calls: 3, fallback: 'timeout', waitsForRetry: true, timeout: '1s'},
  {what: 'a context too long, then good', replies: [error(400, '', {code: 'context_length_exceeded'}), goodReply], calls: 2},
  {
    what: 'a context too long also for half',
    replies: [error(400, '', {code: 'context_length_exceeded'})],
    calls: 2,
    fallback: 'context-too-long',
  },
];

const isProofs = process.env['MEM_PROOFS'] === '1';

// Side by side: most of the time they wait between two tries.
test.concurrent.each(CASES)('$what', async (one) => {
  const {what, replies, calls, fallback, waitsForRetry = false, bullets: count, status = 0, timeout = '30s'} = one;
  const {stderr = typeof fallback === 'string' ? fellBack(fallback) : ''} = one;
  await using server = await ModelServer.start(inTurn(...replies));
  await using mem = await withModel(server);
  await mem.ingest(talks(1));
  const run = await mem.run(['rollup', '--level', 'segment'], '', {MEM_OPENAI_TIMEOUT: timeout});
  expect({status: run.status, stderr: run.stderr}).toEqual({status, stderr});
  expect(server.requests).toHaveLength(calls);
  const nodes = await nodesOf(mem);
  const summarizer = fallback === undefined ? 'openai/1 test-model' : expect.stringMatching(/^extractive\//);
  expect(nodes).toMatchObject(fallback === null ? [] : [{summarizer, version: 1, ...(fallback && {fallback})}]);
  expect(nodes).toHaveLength(fallback === null ? 0 : 1);
  if (count !== undefined) expect(nodes[0]?.bullets).toHaveLength(count);
  const {budget, retries, store} = await statusOf(mem);
  expect(budget.spent_today.calls).toBe(calls);
  expect(retries.waiting).toBe(waitsForRetry ? 1 : 0);
  expect(store.marked['segment']).toBe(fallback === null ? 1 : 0);
  if (isProofs) {
    const stored = nodes.map((node) => (node.fallback ? `fallback: ${node.fallback}` : node.summarizer)).join() || 'nothing, mark kept';
    process.stdout.write(`${what} | ${calls} | ${stored}${waitsForRetry ? ', retry' : ''} | ${run.status} | ${run.stderr.trim() || '-'}\n`);
  }
});
