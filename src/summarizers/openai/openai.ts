import {APIError, OpenAI} from 'openai';
import type {AnswerFormat} from '../../domain/model/model-check.js';
import {ANSWER_SCHEMA} from './answer/answer-schema.js';
import {type BoundedInit, boundedFetch, WireError} from './bounded-fetch.js';
import type {ChatReply, ChatRequest, ChatTarget, SendChat} from './chat.js';

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
    const {baseUrl, timeoutMs, key} = target;
    const fetch = async (url: unknown, init: BoundedInit = {}): Promise<Response> => {
      const response = await boundedFetch(new URL(String(url)), init, {timeoutMs, signal});
      body = await response.clone().text();
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
      return replyOf(await client.chat.completions.create(bodyOf(target, request)));
    } catch (error) {
      return replyOfError(error, body, target.key === undefined);
    }
  };
}

type Creation = OpenAI.ChatCompletionCreateParamsNonStreaming;

function bodyOf({model, maxAnswerTokens}: ChatTarget, {messages, format, limitName}: ChatRequest): Creation {
  const response = formatOf(format);
  return {model, messages: [...messages], [limitName]: maxAnswerTokens, ...(response !== undefined && {response_format: response})};
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

/** Reads a completion that may be anything: the SDK does not check it. */
function replyOf(completion: unknown): ChatReply {
  const [choice] = listOf(fieldOf(completion, 'choices'));
  const message = fieldOf(choice, 'message');
  const content = fieldOf(message, 'content');
  const finish = fieldOf(choice, 'finish_reason');
  const refusal = fieldOf(message, 'refusal');
  if (typeof message !== 'object' || message === null) return {kind: 'not-an-answer'};
  return {
    kind: 'answer',
    content: typeof content === 'string' ? content : '',
    isCut: finish === 'length',
    isFiltered: finish === 'content_filter' || (typeof refusal === 'string' && refusal !== ''),
    used: usedOf(fieldOf(completion, 'usage')),
  };
}

function usedOf(usage: unknown) {
  const prompt = fieldOf(usage, 'prompt_tokens');
  const completion = fieldOf(usage, 'completion_tokens');
  return isCount(prompt) && isCount(completion) ? {prompt, completion} : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function replyOfError(error: unknown, body: string, isKeyless: boolean): ChatReply {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof WireError) return {kind: 'wire', reason: cause.reason, errno: cause.errno};
  if (error instanceof APIError && typeof error.status === 'number') {
    const {status, code} = error;
    const headers: Headers | undefined = error.headers;
    return {
      kind: 'status',
      status,
      code: typeof code === 'string' ? code : '',
      message: messageIn(body).slice(0, ERROR_CHARACTERS),
      retryAfter: headers?.get('retry-after') ?? undefined,
      location: headers?.get('location') ?? undefined,
      isKeyless,
    };
  }
  // The body claims to be JSON but is not.
  if (error instanceof SyntaxError) return {kind: 'not-an-answer'};
  throw error;
}

/** The text in an error's body: `{"error": {"message": …}}`, `{"error": …}`, `{"message": …}`, `{"detail": …}`, or the body itself. */
function messageIn(body: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body;
  }
  const error = fieldOf(parsed, 'error');
  const texts = [fieldOf(error, 'message'), error, fieldOf(parsed, 'message'), fieldOf(parsed, 'detail')];
  return texts.find((text) => typeof text === 'string') ?? body;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
