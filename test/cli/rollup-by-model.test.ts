import {expect, test} from 'vitest';
import {goodReply, ModelServer} from '../summarizers/openai/model-server.js';
import {nodesOf, statusOf, talks, withModel} from './model-rig.js';

test('a rollup asks the model once per node, and a second one not at all', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  await mem.ingest([...talks(5), {...talks(1)[0], session_id: 'brief', text: 'word '.repeat(19)}]);
  expect((await mem.run(['rollup'])).status).toBe(0);
  const nodes = await nodesOf(mem);
  // Six segments of which one is too short, five days, a week, a month, a year.
  expect(nodes).toHaveLength(14);
  expect(nodes.filter(({summarizer}) => summarizer === 'openai/1 test-model')).toHaveLength(13);
  expect(server.requests).toHaveLength(13);
  expect(await mem.run(['rollup'])).toEqual({status: 0, stdout: '', stderr: ''});
  expect(server.requests).toHaveLength(13);
  // The server says that each took 100 and 20 tokens.
  expect((await statusOf(mem)).budget.spent_today).toMatchObject({calls: 13, prompt_tokens: 1_300, tokens: 1_560});
  expect((await mem.run(['status'])).stdout).toMatch(/^Spent today {3}13 of 500 calls, 1,560 of 2,000,000 tokens$/m);
});

test('a rejected key makes one call, keeps the marks, says so once and exits with 78', async () => {
  await using server = await ModelServer.start(() => ({kind: 'error', status: 401, message: 'no', code: 'invalid_api_key'}));
  await using mem = await withModel(server);
  await mem.ingest(talks(6));
  const {status, stdout, stderr} = await mem.run(['rollup']);
  expect(status).toBe(78);
  expect(server.requests).toHaveLength(1);
  expect(stderr.match(/MODEL_REFUSED/g)).toHaveLength(1);
  expect(stderr).toContain('mem: hint: ');
  expect(stdout.match(/^failed /gm)).toHaveLength(1);
  expect(stdout.match(/^left .*waits-for-model/gm)).toHaveLength(5);
  expect(await nodesOf(mem)).toEqual([]);
  expect((await statusOf(mem)).store.marked).toMatchObject({segment: 6});
  server.answer = goodReply;
  expect((await mem.run(['rollup'])).status).toBe(0);
  expect((await statusOf(mem)).store.marked).toEqual({year: 0, month: 0, week: 0, day: 0, segment: 0});
});

test('of ten calls four go side by side, the newest first; the rest waits and is made later', async () => {
  let [isFull, fill] = [false, (): void => {}];
  const four = new Promise<void>((resolve) => {
    fill = resolve;
  });
  // The first goes alone; those after it are answered once there are four of them.
  await using server = await ModelServer.start(async (request) => {
    if (request.number === 5) fill();
    if (request.number > 1 && !isFull) await four;
    isFull = request.number >= 5;
    return goodReply(request);
  });
  await using mem = await withModel(server);
  await mem.run(['config', 'set', 'budget.max_calls_per_run', '10']);
  await mem.ingest(talks(15));
  const first = await mem.run(['rollup']);
  expect(first.status).toBe(0);
  expect(first.stderr).toMatch(/^mem: 10 made, \d+ left for later, 15 waiting for budget\n$/);
  expect(server.requests).toHaveLength(10);
  expect(server.mostOpen).toBe(4);
  const days = (await nodesOf(mem)).map(({node_id}) => node_id.slice(12, 22)).sort();
  expect(days).toEqual(['06', '07', '08', '09', '10', '11', '12', '13', '14', '15'].map((day) => `2024-01-${day}`));
  for (let runs = 0; (await mem.run(['rollup'])).stdout !== ''; runs++) if (runs > 5) throw new Error('there is no end');
  const nodes = await nodesOf(mem);
  expect(nodes.every(({fallback}) => fallback === undefined || fallback === null)).toBe(true);
  expect(server.requests).toHaveLength(nodes.length);
});

test('what the model fails at is summarized without it, and stderr says how many and why', async () => {
  await using server = await ModelServer.start((request) =>
    request.prompt.citable.some(({text}) => text.startsWith('On 2024-01-02')) ? {kind: 'content', content: 'no JSON'} : goodReply(request),
  );
  await using mem = await withModel(server);
  await mem.ingest(talks(2));
  const {status, stdout, stderr} = await mem.run(['rollup', '--level', 'segment']);
  expect(status).toBe(0);
  expect(stdout).toContain('[fallback: not-json]');
  expect(stderr).toBe('mem: 2 made, 1 summary by the fallback (not-json: 1)\n');
  expect(await nodesOf(mem)).toMatchObject([
    {summarizer: 'openai/1 test-model'},
    {summarizer: expect.stringContaining('extractive/'), fallback: 'not-json'},
  ]);
  server.answer = goodReply;
  expect((await mem.run(['rollup', '--redo', 'fallback', '--level', 'segment'])).stdout).toMatch(/^made +redo +toc:segment:2024-01-02/m);
  expect(await nodesOf(mem)).toMatchObject([{version: 1}, {summarizer: 'openai/1 test-model', version: 2}]);
});

test('a redo while the endpoint is away changes nothing and exits with 69', async () => {
  const server = await ModelServer.start();
  await using mem = await withModel(server);
  await mem.ingest(talks(1));
  await mem.run(['rollup', '--level', 'segment']);
  await server[Symbol.asyncDispose]();
  const before = await nodesOf(mem);
  const {status, stdout} = await mem.run(['rollup', '--redo', 'openai', '--level', 'segment']);
  expect(status).toBe(69);
  expect(stdout).toMatch(/^failed +redo .*\[SERVICE_AWAY\]$/m);
  expect(await nodesOf(mem)).toEqual(before);
  expect((await statusOf(mem)).store.marked).toMatchObject({segment: 0});
});

test('a dry run says what the calls would take at most, and makes none', async () => {
  await using server = await ModelServer.start();
  await using mem = await withModel(server);
  await mem.run(['config', 'set', 'budget.max_calls_per_run', '3']);
  await mem.run(['config', 'set', 'budget.usd_per_million_prompt_tokens', '1']);
  await mem.run(['config', 'set', 'budget.usd_per_million_completion_tokens', '2']);
  await mem.ingest(talks(4));
  const {stdout} = await mem.run(['rollup', '--dry-run']);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^at most 3 calls, [\d,]+ tokens, \$0\.0\d\d\d; 4 nodes would wait for budget$/);
  const lines = (await mem.run(['rollup', '--dry-run', '--json'])).stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines[0]).toMatchObject({reason: 'new', max_prompt_tokens: expect.any(Number), max_completion_tokens: 1_500});
  expect(lines.at(-1)).toEqual({
    summary: {
      at_most: {calls: 3, prompt_tokens: expect.any(Number), completion_tokens: 4_500, tokens: expect.any(Number), usd: expect.any(Number)},
      waiting_for_budget: 4,
    },
  });
  expect(lines.slice(0, -1).every((line) => 'node_id' in line)).toBe(true);
  expect(server.requests).toEqual([]);
});

test('a limit in money is reached and not passed', async () => {
  await using server = await ModelServer.start(
    (request) => ({...goodReply(request), usage: {prompt_tokens: 1_000, completion_tokens: 500}}) as never,
  );
  await using mem = await withModel(server);
  await mem.run(['config', 'set', 'budget.max_usd_per_day', '0.01']);
  await mem.ingest(talks(12));
  expect(await mem.run(['rollup'])).toMatchObject({status: 78, stderr: expect.stringContaining('[CONFIG_INVALID]')});
  await mem.run(['config', 'set', 'budget.usd_per_million_prompt_tokens', '1']);
  await mem.run(['config', 'set', 'budget.usd_per_million_completion_tokens', '2']);
  expect((await mem.run(['rollup'])).status).toBe(0);
  const {calls} = (await statusOf(mem)).budget.spent_today;
  // Each call took $0.002: that of a fifth is there, but not what it could take at most.
  expect(calls).toBe(server.requests.length);
  expect(calls * 0.002).toBeLessThanOrEqual(0.01);
  expect(calls).toBeGreaterThanOrEqual(3);
});
