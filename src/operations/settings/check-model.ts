import type {FailureReason} from '../../domain/model/failure-reason.js';
import type {AnswerFormat, ModelChecker} from '../../domain/model/model-check.js';
import {type CallBudget, type CallContext, ModelFailure} from '../../domain/model/model-summarizer.js';
import {Calendar} from '../../domain/time/period.js';
import {MemError} from '../../errors.js';
import {holdOnce} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {RunBudget} from '../rollup/make/run-budget.js';

export interface ModelCheckReport {
  readonly baseUrl: string;
  readonly model: string;
  /** The request format that the endpoint accepts. */
  readonly format: AnswerFormat;
  readonly requests: number;
  /** The sum over all requests. */
  readonly tookMs: number;
}

/** For a home without a store, and so without a ledger: a check is one small summary. */
const FREE_BUDGET: CallBudget = {reserve: async () => ({settle: async () => {}})};

type CheckMem = Pick<Mem, 'store' | 'clock' | 'ticks' | 'budget'>;

/**
 * Asks the model for one small summary of an invented text. If a store exists, the requests count against the budget, as a run of their own.
 * @returns undefined when it was stopped
 * @throws MemError SERVICE_AWAY when the endpoint is unavailable or the budget is used up; CONFIG_INVALID when its URL, the key or the model
 * is wrong, or the budget lacks prices; STORE_BUSY
 */
export async function checkModel(mem: CheckMem, checker: ModelChecker, signal: AbortSignal): Promise<ModelCheckReport | undefined> {
  const budget = mem.store.exists() ? await openBudget(mem) : undefined;
  try {
    return await check(mem, checker, {budget: budget?.forCall(0) ?? FREE_BUDGET, signal});
  } finally {
    await budget?.close();
  }
}

async function openBudget(mem: CheckMem): Promise<RunBudget> {
  const timeZone = await mem.store.use(JOB_PATIENCE_MS, async (store) => store.header.timeZone);
  return new RunBudget(mem, new Calendar(timeZone), (work) => holdOnce(mem, work));
}

async function check({ticks}: CheckMem, checker: ModelChecker, {budget, signal}: CallContext): Promise<ModelCheckReport | undefined> {
  const start = ticks();
  try {
    const {format, requests} = await checker.check({budget, signal});
    return {baseUrl: checker.baseUrl ?? '', model: checker.model, format, requests, tookMs: Math.round(ticks() - start)};
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
  const endpointWords = cause instanceof Error ? `: ${cause.message}` : '';
  const message = `${failure.message}${endpointWords} (${baseUrl}, model ${model})`;
  const isAway = kind === 'budget' || reason === 'no-credit' || failure.canPass;
  return new MemError(isAway ? 'SERVICE_AWAY' : 'CONFIG_INVALID', message, {hint: hintFor(reason), cause: failure});
}

const RIGHT_URL = 'check openai.base_url: most endpoints want /v1 at its end';
const OTHER_MODEL = 'choose another model: mem config set openai.model NAME';

const SEE_LOGS = 'see what the endpoint logs, and try again';

/** What to do about a failure, by its reason. */
const HINTS: Readonly<Record<Exclude<FailureReason, `http-${number}`>, string>> = {
  'no-key': 'set its variable, or name another place, which a scheduler needs: mem config set summarizer openai --api-key-file PATH',
  budget: 'see mem status for what was spent today; the limits are the budget settings in: mem config',
  'no-credit': 'check your account at the endpoint',
  'unknown-model': `check openai.model, and openai.base_url: most endpoints want /v1 at its end`,
  timeout: 'is the model loaded? a slow one may need more time: mem config set openai.timeout 10m',
  connection: 'is the server running? check openai.base_url',
  dns: 'check openai.base_url, and the network',
  tls: 'check openai.base_url; put your own certificate authority into NODE_EXTRA_CA_CERTS',
  redirect: 'set openai.base_url to the real address',
  'not-an-answer': RIGHT_URL,
  'not-http': 'check openai.base_url: the scheme or the port is wrong',
  'too-large': RIGHT_URL,
  'rate-limited': 'try again later',
  'answer-cut': 'give it more room: mem config set openai.max_answer_tokens 4000',
  'only-thought':
    'give it more room: mem config set openai.max_answer_tokens 8000; or let it think less: mem config set openai.reasoning_effort low',
  'context-too-long': 'the model must accept at least openai.max_prompt_tokens',
  'not-json': OTHER_MODEL,
  'wrong-shape': OTHER_MODEL,
  'no-sources': OTHER_MODEL,
  filtered: OTHER_MODEL,
  'cut-off': SEE_LOGS,
  'too-long': SEE_LOGS,
  'not-set': SEE_LOGS,
  stopped: SEE_LOGS,
  other: SEE_LOGS,
};

const STATUS_HINTS: Readonly<Record<`http-${number}`, string>> = {
  'http-401': 'check the key, and that it belongs to this endpoint',
  'http-403': 'check the key, and that it may use this model',
};

function hintFor(reason: FailureReason): string {
  return isStatus(reason) ? (STATUS_HINTS[reason] ?? SEE_LOGS) : HINTS[reason];
}

function isStatus(reason: FailureReason): reason is `http-${number}` {
  return reason.startsWith('http-');
}
