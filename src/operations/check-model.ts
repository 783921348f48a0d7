import type {Clock} from '../clock.js';
import type {AnswerFormat, ModelChecker} from '../domain/model-check.js';
import {type CallBudget, ModelFailure} from '../domain/model-summarizer.js';
import {MemError} from '../errors.js';

export interface ModelCheckReport {
  readonly baseUrl: string;
  readonly model: string;
  /** How it can be told to write its answer. */
  readonly format: AnswerFormat;
  readonly requests: number;
  /** Of all requests together. */
  readonly tookMs: number;
}

/** For a check by hand: it is one small request. */
export const FREE_BUDGET: CallBudget = {reserve: async () => ({settle: async () => {}})};

/**
 * Asks the model for one small summary of made-up text.
 * @returns undefined when it was stopped
 * @throws MemError SERVICE_AWAY when the endpoint is away, CONFIG_INVALID when its URL, the key or the model is wrong
 */
export async function checkModel(
  checker: ModelChecker,
  {clock, budget}: {readonly clock: Clock; readonly budget: CallBudget},
  signal: AbortSignal,
): Promise<ModelCheckReport | undefined> {
  const start = clock();
  try {
    const {format, requests} = await checker.check({budget, signal});
    return {baseUrl: checker.baseUrl ?? '', model: checker.model, format, requests, tookMs: clock() - start};
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    if (error.kind === 'stopped') return undefined;
    throw asMemError(error, checker);
  }
}

/** What is wrong, and what to do about it. */
function asMemError(failure: ModelFailure, {baseUrl = '', model}: ModelChecker): MemError {
  const {cause, reason, kind} = failure;
  if (cause instanceof MemError) return cause;
  const told = cause instanceof Error ? `: ${cause.message}` : '';
  const message = `${failure.message}${told} (${baseUrl}, model ${model})`;
  const isAway = kind === 'budget' || reason === 'no-credit' || failure.canPass;
  return new MemError(isAway ? 'SERVICE_AWAY' : 'CONFIG_INVALID', message, {hint: hintFor(reason), cause: failure});
}

const RIGHT_URL = 'check openai.base_url: most endpoints want /v1 at its end';
const OTHER_MODEL = 'choose another model: mem config set openai.model NAME';

const HINTS: Readonly<Record<string, string>> = {
  'no-key': 'set the variable, or name another place: mem config set summarizer openai --api-key-file PATH (see mem config set --help)',
  'no-credit': 'see to your account at the endpoint',
  'http-401': 'check the key, and that it belongs to this endpoint',
  'http-403': 'check the key, and that it may use this model',
  'unknown-model': `check openai.model, and openai.base_url: most endpoints want /v1 at its end`,
  timeout: 'is the model loaded? a slow one may need more time: mem config set openai.timeout 10m',
  connection: 'is the server running? check openai.base_url',
  dns: 'check openai.base_url, and the network',
  tls: 'check openai.base_url; an authority of your own goes into NODE_EXTRA_CA_CERTS',
  redirect: 'set openai.base_url to where it really is',
  'not-an-answer': RIGHT_URL,
  'not-http': 'check openai.base_url: the scheme or the port is wrong',
  'too-large': RIGHT_URL,
  'rate-limited': 'try again later',
  'answer-cut': 'give it more room: mem config set openai.max_answer_tokens 4000',
  'context-too-long': 'the model must take in at least openai.max_prompt_tokens',
  'not-json': OTHER_MODEL,
  'wrong-shape': OTHER_MODEL,
  'no-sources': OTHER_MODEL,
  filtered: OTHER_MODEL,
};

function hintFor(reason: string): string {
  return HINTS[reason] ?? 'see what the endpoint logs, and try again';
}
