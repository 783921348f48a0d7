import {expect, test} from 'vitest';
import type {MemRig} from '../cli/mem-rig.js';
import {nodesOf, statusOf, talks, withModel} from '../cli/model-rig.js';
import {type Answer, goodReply, ModelServer} from '../summarizers/openai/model-server.js';

const isProofs = process.env['MEM_PROOFS'] === '1';

/** Answers up to a request, and holds the others until it is let go. */
function holdAfter(last: number): {readonly answer: Answer; letGo(): void} {
  let letGo = (): void => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const answer: Answer = async (request) => {
    if (request.number > last) await released;
    return goodReply(request);
  };
  return {answer, letGo: () => letGo()};
}

/** How often the model was asked for the segment of each day. */
function askedFor(server: ModelServer): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const {prompt} of server.requests) {
    const day = /^On (\d{4}-\d\d-\d\d): /.exec(prompt.citable[0]?.text ?? '')?.[1];
    if (day !== undefined) times.set(day, (times.get(day) ?? 0) + 1);
  }
  return times;
}

/** The latest nodes without what tells of the way to them. */
async function contents(mem: MemRig): Promise<readonly unknown[]> {
  return (await nodesOf(mem)).map((node) => {
    const {created_at: _, version: __, ...rest} = node as unknown as Record<string, unknown>;
    return rest;
  });
}

test('while a call is under way another process ingests, reads and compacts, and waits for nothing', async () => {
  const {answer, letGo} = holdAfter(1);
  await using server = await ModelServer.start(answer);
  await using mem = await withModel(server);
  await mem.ingest(talks(6));
  const rollup = mem.start(['rollup']);
  await server.received(4);
  const took: string[] = [];
  const late = {...talks(1)[0], session_id: 'late'};
  for (const [args, input] of [
    [['ingest', '--drain', '--json'], `${JSON.stringify(late)}\n`],
    [['toc', 'show', '2024-01'], ''],
    [['status'], ''],
    [['compact'], ''],
    [['rollup', '--dry-run'], ''],
  ] as const) {
    const since = performance.now();
    const {status, stderr} = await mem.run(args, input);
    took.push(`${args[0]} ${Math.round(performance.now() - since)} ms`);
    expect({args, status, stderr}).toEqual({args, status: 0, stderr: ''});
  }
  // All of them were over before any of these calls was answered.
  expect(server.requests).toHaveLength(5);
  expect(server.open).toBe(4);
  if (isProofs) process.stdout.write(`during four calls: ${took.join(', ')}\n`);
  letGo();
  expect((await rollup.ended).status).toBe(0);
  expect((await mem.run(['rollup'])).status).toBe(0);
  expect((await statusOf(mem)).store.marked).toEqual({year: 0, month: 0, week: 0, day: 0, segment: 0});
});

test('a rollup that is killed during calls leaves whole nodes, asks again once for what it lost, and its reservations stay spent', async () => {
  const {answer} = holdAfter(2);
  await using server = await ModelServer.start(answer);
  await using mem = await withModel(server);
  await mem.ingest(talks(8));
  const rollup = mem.start(['rollup']);
  // The first, alone; then four, of which one is answered and the next begins.
  await server.received(6);
  rollup.kill('SIGKILL');
  await rollup.ended;
  const {calls, tokens} = (await statusOf(mem)).budget.spent_today;
  expect(calls).toBe(6);
  const kept = await nodesOf(mem);
  expect(kept.length).toBeGreaterThanOrEqual(1);
  expect(kept.length).toBeLessThanOrEqual(2);
  expect(kept.every(({summarizer}) => summarizer === 'openai/1 test-model')).toBe(true);

  server.answer = goodReply;
  expect((await mem.run(['rollup'])).status).toBe(0);
  const asked = [...askedFor(server).values()];
  expect(asked.filter((times) => times === 2)).toHaveLength(6 - kept.length);
  expect(asked.filter((times) => times > 2)).toEqual([]);
  const after = (await statusOf(mem)).budget.spent_today;
  expect(after.calls).toBe(server.requests.length);
  // What was made since has its real figures, 120 tokens a call; what was reserved is there as it was.
  expect(after.tokens - tokens).toBe(120 * (after.calls - calls));
  expect(tokens).toBeGreaterThan(4 * 1_500);
  expect((await nodesOf(mem)).every(({version}) => version === 1)).toBe(true);
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)('%s drops the calls under way, keeps what was committed and exits with %d', async (signal, status) => {
  const {answer} = holdAfter(1);
  await using server = await ModelServer.start(answer);
  await using mem = await withModel(server);
  await mem.ingest(talks(6));
  const rollup = mem.start(['rollup']);
  await server.received(5);
  rollup.kill(signal);
  expect(await rollup.ended).toMatchObject({status});
  expect(await nodesOf(mem)).toMatchObject([
    {node_id: expect.stringContaining('toc:segment:2024-01-06'), summarizer: 'openai/1 test-model'},
  ]);
  expect((await statusOf(mem)).store.marked).toMatchObject({segment: 5});
  server.answer = goodReply;
  expect((await mem.run(['rollup'])).status).toBe(0);
  expect(await nodesOf(mem)).toHaveLength(6 + 6 + 1 + 1 + 1);
});

test('kills at random moments cost no node and hide no call', async () => {
  await using server = await ModelServer.start();
  await using alone = await withModel(server);
  const log = talks(isProofs ? 20 : 6);
  await alone.ingest(log);
  await alone.rollUp();
  const before = server.requests.length;
  await using mem = await withModel(server);
  await mem.ingest(log);
  let kills = 0;
  for (let round = 1; round <= (isProofs ? 60 : 6); round++) {
    const rollup = mem.start(['rollup']);
    // After so many more requests: the kill falls before, into and behind a commit as it happens.
    const kill = server.received(server.requests.length + 1 + (round % 4)).then(() => rollup.kill('SIGKILL'));
    const {status} = await Promise.race([rollup.ended, kill.then(() => rollup.ended)]);
    if (status === null) kills++;
    const {calls} = (await statusOf(mem)).budget.spent_today;
    expect(calls).toBeGreaterThanOrEqual(server.requests.length - before);
    if (status === 0) break;
  }
  expect(await mem.run(['rollup'])).toMatchObject({status: 0});
  expect(await contents(mem)).toEqual(await contents(alone));
  expect(kills).toBeGreaterThan(0);
  if (isProofs) process.stdout.write(`${kills} kills, ${server.requests.length - before} requests instead of ${before}\n`);
});
