import type {CallTokens} from '../../domain/model/model-summarizer.js';
import type {ChatReply} from './chat.js';
import {errorIn, fieldOf, isText, wordsIn} from './error-body.js';

/** An error that names no status counts as one of a gateway: it may pass. */
const NO_STATUS = 502;

/** What a whole body of a status of 2xx says beside the completion. */
export interface CompletionContext {
  readonly retryAfter: string | undefined;
  /** No key was sent. */
  readonly isKeyless: boolean;
}

/**
 * Reads a completion that may be anything: the SDK does not check it. An error in the body of a 200 means what its status means: a router
 * sends 200 before it knows what the model's own endpoint answers.
 */
export function readCompletion(completion: unknown, {retryAfter, isKeyless}: CompletionContext): ChatReply {
  const choices = fieldOf(completion, 'choices');
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = fieldOf(choice, 'message');
  const content = fieldOf(message, 'content');
  const finish = fieldOf(choice, 'finish_reason');
  const refusal = fieldOf(message, 'refusal');
  const usage = fieldOf(completion, 'usage');
  const error = finish === 'error' || !isText(content) ? (errorIn(choice) ?? errorIn(completion)) : undefined;
  if (error !== undefined || finish === 'error') {
    const {status = NO_STATUS, code = '', message: said = ''} = error ?? {};
    return {kind: 'status', status, code, message: said, retryAfter, location: undefined, isKeyless, used: usedOf(usage)};
  }
  if (typeof message !== 'object' || message === null) return {kind: 'not-an-answer', message: wordsIn(completion)};
  return {
    kind: 'answer',
    content: isText(content) ? content : '',
    isCut: finish === 'length',
    isFiltered: finish === 'content_filter' || isText(refusal),
    hasThought: isText(fieldOf(message, 'reasoning_content')) || isText(fieldOf(message, 'reasoning')) || countsThought(usage),
    used: usedOf(usage),
  };
}

function usedOf(usage: unknown): CallTokens | undefined {
  const prompt = fieldOf(usage, 'prompt_tokens');
  const completion = fieldOf(usage, 'completion_tokens');
  return isCount(prompt) && isCount(completion) ? {prompt, completion} : undefined;
}

function countsThought(usage: unknown): boolean {
  const tokens = fieldOf(fieldOf(usage, 'completion_tokens_details'), 'reasoning_tokens');
  return isCount(tokens) && tokens > 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
