import {APIError, OpenAI} from 'openai';
import type {AnswerFormat} from '../../domain/model/model-check.js';
import {ANSWER_SCHEMA} from './answer/answer-schema.js';
import {type BoundedInit, boundedFetch, WireError} from './bounded-fetch.js';
import type {ChatReply, ChatRequest, ChatTarget, SendChat} from './chat.js';
import {readCompletion} from './completion.js';
import {type BodyError, errorIn, fieldOf, isText, wordsIn} from './error-body.js';

/** How much of an error's text is used. */
const ERROR_CHARACTERS = 4_096;
// Our own timer ends a request. The SDK's timer must not come first.
const SDK_SLACK_MS = 60_000;
const NO_KEY = 'there is no key';

/**
 * Requests by the client of the `openai` package, over a `fetch` of our own. Everything that it would read from the environment or do by
 * itself is decided here: the URL, the key, organization and project, logging, tries.
 */
export function openChat(target: ChatTarget): SendChat {
  return async (request, signal) => {
    let body = '';
    let retryAfter: string | undefined;
    const {baseUrl, timeoutMs, key} = target;
    const fetch = async (url: unknown, init: BoundedInit = {}): Promise<Response> => {
      const response = await boundedFetch(new URL(String(url)), init, {timeoutMs, signal});
      body = await response.clone().text();
      retryAfter = response.headers.get('retry-after') ?? undefined;
      return response;
    };
    const client = new OpenAI({
      baseURL: baseUrl,
      // The client requires a key. Without a key, the header is left out.
      apiKey: key ?? NO_KEY,
      defaultHeaders: key === undefined ? {authorization: null} : {},
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: timeoutMs + SDK_SLACK_MS,
      fetch: fetch as typeof globalThis.fetch,
    });
    try {
      return readCompletion(await client.chat.completions.create(bodyOf(target, request)), {retryAfter, isKeyless: key === undefined});
    } catch (error) {
      return replyOfError(error, body, key === undefined);
    }
  };
}

type Creation = OpenAI.ChatCompletionCreateParamsNonStreaming;

function bodyOf({model, maxAnswerTokens, reasoningEffort}: ChatTarget, {messages, format, limitName}: ChatRequest): Creation {
  const response = formatOf(format);
  return {
    model,
    messages: [...messages],
    [limitName]: maxAnswerTokens,
    ...(response !== undefined && {response_format: response}),
    ...(reasoningEffort !== undefined && {reasoning_effort: reasoningEffort}),
  };
}

function formatOf(format: AnswerFormat): Creation['response_format'] {
  switch (format) {
    case 'schema':
      return {type: 'json_schema', json_schema: {name: 'summary', strict: true, schema: ANSWER_SCHEMA}};
    case 'json':
      return {type: 'json_object'};
    case 'text':
      return undefined;
  }
}

function replyOfError(error: unknown, body: string, isKeyless: boolean): ChatReply {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof WireError) return {kind: 'wire', reason: cause.reason, errno: cause.errno};
  if (error instanceof APIError && typeof error.status === 'number') {
    const {status} = error;
    const headers: Headers | undefined = error.headers;
    const {code, message} = errorInText(body);
    return {
      kind: 'status',
      status,
      code,
      message: message.slice(0, ERROR_CHARACTERS),
      retryAfter: headers?.get('retry-after') ?? undefined,
      location: headers?.get('location') ?? undefined,
      isKeyless,
      used: undefined,
    };
  }
  // The body claims to be JSON but is not.
  if (error instanceof SyntaxError) return {kind: 'not-an-answer', message: ''};
  throw error;
}

/** The error in the body of a status; the words are those of the body when it is not JSON, or says something else. */
function errorInText(body: string): BodyError {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return {status: undefined, code: '', message: body};
  }
  const {code = '', message = ''} = errorIn(parsed) ?? {};
  const topCode = fieldOf(parsed, 'code');
  return {
    status: undefined,
    code: code === '' && isText(topCode) ? topCode : code,
    message: [message, wordsIn(parsed), body].find(isText) ?? '',
  };
}
