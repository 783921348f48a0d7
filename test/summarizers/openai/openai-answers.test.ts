import {expect, test} from 'vitest';
import {eventId} from '../extractive/builders.js';
import {contentReply, inTurn, ModelServer, type Reply} from './model-server.js';
import {OpenAiRig} from './openai-rig.js';

const GOOD = {
  title: 'Tide table',
  bullets: [{text: 'The table adds minutes to local midnight.', sources: ['e2']}],
  keywords: ['tide table'],
};
const SUMMARY = {...GOOD, bullets: [{text: 'The table adds minutes to local midnight.', sources: [eventId(1)]}]};

interface Case {
  readonly what: string;
  readonly replies: readonly Reply[];
  readonly requests: number;
  /** Undefined: there is a summary. */
  readonly failure?: {readonly kind: string; readonly reason: string; readonly canPass: boolean};
  readonly pauses?: number;
}

const error = (status: number, message = 'no', code?: string, headers = {}): Reply => ({
  kind: 'error',
  status,
  message,
  headers,
  ...(code !== undefined && {code}),
});
const failed = (reason: string, canPass = false) => ({kind: 'failed', reason, canPass});
const refused = (reason: string) => ({kind: 'refused', reason, canPass: false});
const good = contentReply(GOOD);

/** A status of 200 with this body. */
const ok = (body: unknown, headers = {}): Reply => ({kind: 'raw', status: 200, headers, body: JSON.stringify(body)});
const choice = (message: unknown, finish_reason: string, more = {}) => ({choices: [{index: 0, message, finish_reason, ...more}]});

const CASES: readonly Case[] = [
  {what: 'a good answer', replies: [good], requests: 1},
  {what: '429 without Retry-After, then good', replies: [error(429), good], requests: 2, pauses: 1},
  {what: '429 with Retry-After, then good', replies: [error(429, '', '', {'retry-after': '7'}), good], requests: 2, pauses: 1},
  {what: '429 that lasts', replies: [error(429)], requests: 3, failure: failed('rate-limited', true), pauses: 2},
  {
    what: '429 that asks for an hour',
    replies: [error(429, '', '', {'retry-after': '3600'})],
    requests: 1,
    failure: failed('rate-limited', true),
  },
  {what: '429 for want of credit', replies: [error(429, 'quota', 'insufficient_quota')], requests: 1, failure: refused('no-credit')},
  {what: '500, then good', replies: [error(500), good], requests: 2, pauses: 1},
  {what: '503 that lasts', replies: [error(503)], requests: 3, failure: failed('http-503', true), pauses: 2},
  {what: '408, then good', replies: [error(408), good], requests: 2, pauses: 1},
  {what: '409', replies: [error(409)], requests: 1, failure: failed('http-409')},
  {what: '400', replies: [error(400)], requests: 1, failure: failed('http-400')},
  {what: '401', replies: [error(401)], requests: 1, failure: refused('http-401')},
  {what: '403', replies: [error(403)], requests: 1, failure: refused('http-403')},
  {what: '404', replies: [error(404)], requests: 1, failure: refused('unknown-model')},
  {
    what: '400 for an unknown model',
    replies: [error(400, 'x/y is not a valid model ID', 'model_not_found')],
    requests: 1,
    failure: refused('unknown-model'),
  },
  {what: '429 in a 200, then good', replies: [ok({error: {code: 429, message: 'slow down'}}), good], requests: 2, pauses: 1},
  {what: '429 in a 200 that lasts', replies: [ok({error: {code: '429'}})], requests: 3, failure: failed('rate-limited', true), pauses: 2},
  {
    what: '429 in a 200 that asks for an hour',
    replies: [ok({error: {type: 'rate_limit_error'}}, {'retry-after': '3600'})],
    requests: 1,
    failure: failed('rate-limited', true),
  },
  {what: '401 in a 200', replies: [ok({error: {code: 'invalid_api_key'}, choices: []})], requests: 1, failure: refused('http-401')},
  {what: 'no credit in a 200', replies: [ok({error: {code: 'insufficient_quota'}})], requests: 1, failure: refused('no-credit')},
  {what: 'an error without a status in a 200, then good', replies: [ok({error: 'upstream failed'}), good], requests: 2, pauses: 1},
  {
    what: 'an error of the choice',
    replies: [ok(choice({role: 'assistant', content: ''}, 'stop', {error: {code: 503, message: 'no'}}))],
    requests: 3,
    failure: failed('http-503', true),
    pauses: 2,
  },
  {
    what: 'half an answer that ended with an error, then good',
    replies: [ok(choice({role: 'assistant', content: '{"title": "Ti'}, 'error')), good],
    requests: 2,
    pauses: 1,
  },
  {
    what: 'a good answer with an empty error',
    replies: [ok({...choice({role: 'assistant', content: JSON.stringify(GOOD)}, 'stop'), error: null})],
    requests: 1,
  },
  {what: 'an unfit answer, then good', replies: [error(400, 'no', 'json_validate_failed'), good], requests: 2, pauses: 1},
  {
    what: 'unfit answers',
    replies: [error(400, 'the request is fine', 'json_validate_failed')],
    requests: 3,
    failure: failed('not-json', true),
    pauses: 2,
  },
  {
    what: 'a thought that used up the answer',
    replies: [ok(choice({role: 'assistant', content: '', reasoning_content: 'Well, the table'}, 'length'))],
    requests: 1,
    failure: failed('only-thought'),
  },
  {
    what: 'a thought in the content that used up the answer',
    replies: [{kind: 'content', content: '<think>Well, the {"table"}', finishReason: 'length'}],
    requests: 1,
    failure: failed('only-thought'),
  },
  {
    what: 'a counted thought that used up the answer',
    replies: [
      ok({
        ...choice({role: 'assistant', content: null}, 'length'),
        usage: {prompt_tokens: 9, completion_tokens: 9, completion_tokens_details: {reasoning_tokens: 9}},
      }),
    ],
    requests: 1,
    failure: failed('only-thought'),
  },
  {
    what: 'a thought alone, then good',
    replies: [ok(choice({role: 'assistant', content: '', reasoning: 'Well.'}, 'stop')), good],
    requests: 2,
  },
  {what: 'a body cut off, then good', replies: [{kind: 'cut'}, good], requests: 2, pauses: 1},
  {what: 'bodies cut off', replies: [{kind: 'cut'}], requests: 3, failure: failed('cut-off', true), pauses: 2},
  {what: 'a connection that is closed, then good', replies: [{kind: 'drop'}, good], requests: 2, pauses: 1},
  {
    what: 'a body that is no JSON',
    replies: [{kind: 'raw', status: 200, headers: {'content-type': 'text/html'}, body: '<html>Welcome</html>'}],
    requests: 1,
    failure: failed('not-an-answer'),
  },
  {what: 'an empty body', replies: [{kind: 'raw', status: 200}], requests: 1, failure: failed('not-an-answer')},
  {
    what: 'a body that is no chat completion',
    replies: [{kind: 'raw', status: 200, body: '{"choices": [7]}'}],
    requests: 1,
    failure: failed('not-an-answer'),
  },
  {what: 'words instead of JSON, then good', replies: [contentReply('Here you are!'), good], requests: 2},
  {what: 'words instead of JSON', replies: [contentReply('Here you are!')], requests: 2, failure: failed('not-json')},
  {what: 'JSON in a fence', replies: [contentReply(`Sure:\n\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\`\n`)], requests: 1},
  {what: 'JSON behind a thought', replies: [contentReply(`<think>{"a": 1}</think>\n${JSON.stringify(GOOD)}`)], requests: 1},
  {what: 'the wrong shape', replies: [contentReply({summary: 'fine'})], requests: 2, failure: failed('wrong-shape')},
  {
    what: 'bullets that are texts',
    replies: [contentReply({title: 'T', bullets: ['fine'], keywords: []})],
    requests: 2,
    failure: failed('wrong-shape'),
  },
  {
    what: 'foreign ids alone',
    replies: [contentReply({title: 'T', bullets: [{text: 'Something.', sources: ['e9', eventId(0), '']}], keywords: []})],
    requests: 2,
    failure: failed('no-sources'),
  },
  {
    what: 'an answer that is cut for its length',
    replies: [{kind: 'content', content: '{"title": "Ti', finishReason: 'length'}],
    requests: 2,
    failure: failed('answer-cut'),
  },
  {
    what: 'an answer that is filtered',
    replies: [{kind: 'content', content: '', finishReason: 'content_filter'}],
    requests: 1,
    failure: failed('filtered'),
  },
  {
    what: 'a redirect',
    replies: [{kind: 'raw', status: 307, headers: {location: 'http://127.0.0.1:9/v1/chat/completions'}}],
    requests: 1,
    failure: failed('redirect'),
  },
  {what: '10 MB', replies: [{kind: 'huge', bytes: 10_000_000}], requests: 1, failure: failed('too-large')},
  {
    what: 'no JSON schema, then good',
    replies: [error(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported"), good],
    requests: 2,
  },
  {what: 'neither schema nor JSON mode', replies: [error(400, 'response_format'), error(400, 'response_format'), good], requests: 3},
  {
    what: 'a limit of another name',
    replies: [error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."), good],
    requests: 2,
  },
  {
    what: 'a context that is still too long',
    replies: [error(400, '', 'context_length_exceeded')],
    requests: 2,
    failure: failed('context-too-long'),
  },
];

test.each(CASES)('$what: $requests request(s)', async ({replies, requests, failure, pauses = 0}) => {
  await using server = await ModelServer.start(inTurn(...replies));
  const rig = new OpenAiRig(server);
  if (failure === undefined) expect(await rig.summarize()).toEqual(SUMMARY);
  else expect(await rig.failure()).toEqual(failure);
  expect(server.requests).toHaveLength(requests);
  // Each one was reserved.
  expect(rig.budget.reserved).toHaveLength(requests);
  expect(rig.pauses).toHaveLength(pauses);
});

test('after an unfit answer the format is looser in that call alone', async () => {
  await using server = await ModelServer.start(inTurn(error(400, 'no', 'json_validate_failed'), good));
  const rig = new OpenAiRig(server);
  await rig.summarize();
  await rig.summarize();
  expect(server.requests.map(({format}) => format)).toEqual(['json_schema', 'json_object', 'json_schema']);
  // The model wrote the unfit answer: it stays spent.
  expect(rig.budget.settled).toHaveLength(2);
});

test.each([
  [
    'an error in a 200',
    ok({error: {code: 429, message: 'Slow down, please', metadata: {raw: 'model is hot'}}}),
    'Slow down, please: model is hot',
  ],
  ['a 200 without a completion', ok({detail: 'route is closed'}), 'route is closed'],
  ['an unfit answer', error(400, 'Failed to validate', 'json_validate_failed'), 'Failed to validate'],
])('the words of %s are the cause of the failure, without the key', async (_, reply, words) => {
  await using server = await ModelServer.start(() => reply);
  const failure = await new OpenAiRig(server).summarize().catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({cause: {message: words}});
  server.answer = () => ok({error: 'no key-of-the-rig', detail: 'no key-of-the-rig'});
  expect(await new OpenAiRig(server).summarize().catch((thrown: unknown) => thrown)).toMatchObject({cause: {message: 'no [key]'}});
});

test('reasoning_effort is sent only where it is set', async () => {
  await using server = await ModelServer.start(() => good);
  await new OpenAiRig(server).summarize();
  await new OpenAiRig(server, {reasoningEffort: 'low'}).summarize();
  expect(server.requests.map(({body}) => body['reasoning_effort'])).toEqual([undefined, 'low']);
});
