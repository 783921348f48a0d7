import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {eventId, eventsOf} from '../extractive/builders.js';
import {type Answer, contentReply, goodReply, inTurn, ModelServer, type Reply} from './model-server.js';
import {EVENTS, NotedBudget, OpenAiRig} from './openai-rig.js';

const GOOD = {
  title: 'Tide table',
  bullets: [{text: 'The table adds minutes to local midnight.', sources: ['e2']}],
  keywords: ['tide table'],
};
const SUMMARY = {...GOOD, bullets: [{text: 'The table adds minutes to local midnight.', sources: [eventId(1)]}]};

test('an answer becomes a summary that cites the events, with one request and the real tokens', async () => {
  await using server = await ModelServer.start();
  const rig = new OpenAiRig(server);
  expect(await rig.summarize()).toEqual({
    title: 'About The harbour office says that',
    bullets: [
      {text: expect.stringContaining('It was said that The harbour office'), sources: [eventId(0)]},
      {text: expect.stringContaining('It was said that I found it'), sources: [eventId(1)]},
    ],
    keywords: ['The', 'harbour'],
  });
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({path: '/v1/chat/completions', format: 'json_schema'});
  expect(server.requests[0]?.body).toMatchObject({model: 'test-model', max_tokens: 1_500});
  expect(rig.budget.settled).toEqual([{prompt: 100, completion: 20}]);
});

const error = (status: number, headers = {}): Reply => ({kind: 'error', status, message: 'no', headers});
const failed = (reason: string, canPass = false) => ({kind: 'failed', reason, canPass});
const refused = (reason: string) => ({kind: 'refused', reason, canPass: false});
const good = contentReply(GOOD);

test.each<[string, Reply]>([
  ['time-out', {kind: 'hang'}],
  ['slow drip', {kind: 'drip', everyMs: 20}],
])('a %s ends with the time limit of the whole request, and is tried again', async (_, reply) => {
  await using server = await ModelServer.start(inTurn(reply, reply, good));
  const rig = new OpenAiRig(server, {timeoutMs: 1_000});
  expect(await rig.summarize()).toEqual(SUMMARY);
  expect(server.requests).toHaveLength(3);
  // What came of the first two nobody knows: they stay spent.
  expect(rig.budget.settled).toHaveLength(1);
});

test('a time-out that lasts is a failure that can pass', async () => {
  await using server = await ModelServer.start(inTurn({kind: 'hang'}));
  const rig = new OpenAiRig(server, {timeoutMs: 100});
  expect(await rig.failure()).toEqual(failed('timeout', true));
  expect(server.requests).toHaveLength(3);
});

test('an endpoint that is not there is tried three times, at no cost', async () => {
  const server = await ModelServer.start();
  const {baseUrl} = server;
  await server[Symbol.asyncDispose]();
  const rig = new OpenAiRig({baseUrl});
  expect(await rig.failure()).toEqual(failed('connection', true));
  expect(rig.budget.settled).toEqual(Array.from({length: 3}, () => ({prompt: 0, completion: 0})));
});

test('waits as Retry-After asks, in seconds or until a date, else longer each time and never as the others do', async () => {
  const now = Date.parse('2026-03-03T10:00:00Z');
  await using server = await ModelServer.start(
    inTurn(error(429, {'retry-after': '7'}), error(503, {'retry-after': 'Tue, 03 Mar 2026 10:00:20 GMT'}), good),
  );
  const rig = new OpenAiRig(server, {clock: () => now as EpochMs});
  await rig.summarize();
  expect(rig.pauses).toEqual([7_000, 20_000]);
  server.answer = () => error(500);
  await rig.failure();
  const [first = 0, second = 0] = rig.pauses.slice(2);
  expect(first).toBeGreaterThanOrEqual(500);
  expect(first).toBeLessThanOrEqual(1_000);
  expect(second).toBeGreaterThanOrEqual(1_000);
  expect(second).toBeLessThanOrEqual(2_000);
});

test('a used-up budget makes no request, also between the tries', async () => {
  await using server = await ModelServer.start(inTurn(error(500)));
  const rig = new OpenAiRig(server, {budget: new NotedBudget(2)});
  expect(await rig.failure()).toEqual({kind: 'budget', reason: 'budget', canPass: false});
  expect(server.requests).toHaveLength(2);
});

test('a reservation is never less than what the request says', async () => {
  await using server = await ModelServer.start();
  const rig = new OpenAiRig(server);
  await rig.summarize();
  const messages = server.requests[0]?.body['messages'] as readonly {content: string}[];
  const characters = messages.reduce((sum, {content}) => sum + content.length, 0);
  expect(rig.budget.reserved[0]?.prompt).toBeGreaterThan(characters / 3);
  expect(rig.budget.reserved[0]?.completion).toBe(1_500);
  expect(rig.summarizer.estimateEvents(EVENTS, {overlap: []})).toEqual(rig.budget.reserved[0]);
});

test('where the endpoint counts no tokens, or nonsense, what was reserved counts', async () => {
  await using server = await ModelServer.start(
    inTurn(
      {kind: 'content', content: JSON.stringify(GOOD), usage: null},
      {kind: 'content', content: JSON.stringify(GOOD), usage: {prompt_tokens: -1, completion_tokens: 0.5}},
    ),
  );
  const rig = new OpenAiRig(server);
  await rig.summarize();
  await rig.summarize();
  expect(rig.budget.settled).toEqual(rig.budget.reserved);
});

/** Answers the first request at once, the others when it is opened. */
function gatedAnswer(): {readonly answer: Answer; readonly open: () => void} {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const answer: Answer = async (request) => {
    if (request.number > 1) await gate;
    return goodReply(request);
  };
  return {answer, open: () => open()};
}

test('the first call goes alone, the others side by side but no more than allowed', async () => {
  const {answer, open} = gatedAnswer();
  await using server = await ModelServer.start(answer);
  const rig = new OpenAiRig(server);
  const all = Promise.all(Array.from({length: 12}, () => rig.summarize()));
  await server.received(5);
  open();
  expect(await all).toHaveLength(12);
  expect(server.mostOpen).toBe(4);
});

test('a rejected key is worth one request, however many ask', async () => {
  await using server = await ModelServer.start(inTurn(error(401)));
  const rig = new OpenAiRig(server);
  const failures = await Promise.all(Array.from({length: 12}, () => rig.failure()));
  expect(new Set(failures.map(({reason}) => reason))).toEqual(new Set(['http-401']));
  expect(await rig.failure()).toEqual(refused('http-401'));
  expect(server.requests).toHaveLength(1);
});

test('a stop ends a call that is under way, and those that wait', async () => {
  await using server = await ModelServer.start(inTurn({kind: 'hang'}));
  const rig = new OpenAiRig(server);
  const failures = Promise.all([rig.failure(), rig.failure(), rig.failure()]);
  await server.received(1);
  rig.stop.abort();
  expect(new Set((await failures).map(({kind}) => kind))).toEqual(new Set(['stopped']));
  expect(server.requests).toHaveLength(1);
  expect(rig.budget.settled).toEqual([]);
});

test('where the context is too long, half of the records is sent, spread over all of them', async () => {
  const events = eventsOf(...Array.from({length: 40}, (_, at) => `In step ${at} the harbour office asked for ${'tables '.repeat(40)}.`));
  await using server = await ModelServer.start(inTurn({kind: 'error', status: 400, message: 'context length exceeded'}, goodReply));
  const rig = new OpenAiRig(server);
  await rig.summarize(events);
  const [first, second] = server.requests.map(({prompt}) => prompt.lines.map((line) => JSON.stringify(line)).join(''));
  expect(second?.length).toBeGreaterThan((first?.length ?? 0) * 0.4);
  expect(second?.length).toBeLessThan((first?.length ?? 0) * 0.55);
  expect(server.requests[1]?.prompt.citable.at(0)?.text).toContain('step 0');
  expect(server.requests[1]?.prompt.citable.at(-1)?.text).toContain('step 39');
});

test('many calls at once say nothing on stderr', async () => {
  const warnings: string[] = [];
  const note = ({message}: Error) => warnings.push(message);
  process.on('warning', note);
  const {answer, open} = gatedAnswer();
  await using server = await ModelServer.start(answer);
  const rig = new OpenAiRig(server, {concurrency: 64});
  const all = Promise.all(Array.from({length: 100}, () => rig.summarize()));
  await server.received(65);
  open();
  await all;
  await new Promise((resolve) => setImmediate(resolve));
  process.removeListener('warning', note);
  expect(warnings).toEqual([]);
});
