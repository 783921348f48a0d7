import {ModelFailure} from '../../domain/model/model-summarizer.js';
import {plainLine} from './answer/answer-text.js';
import type {ChatReply, WireReason} from './chat.js';

export type FailedReply = Exclude<ChatReply, {kind: 'answer'}>;
type StatusReply = Extract<ChatReply, {kind: 'status'}>;

const SAID_CHARACTERS = 200;

const NAMES_FORMAT = /response_format|json_schema|json_object|json mode|structured output|grammar|guided/i;
const NAMES_LIMIT = /max_(completion_)?tokens/i;
const NAMES_CONTEXT =
  /context[ _-]?(length|window|size)|maximum context|exceeds? (the )?(available )?context|prompt is too long|too many (input )?tokens|input is too long/i;
const NAMES_MODEL = /model.{0,80}(not found|not exist|is unknown|not a valid)|(unknown|no such) model/i;

/** The endpoint does not support the requested answer format. */
export function refusesFormat({status, message, code}: StatusReply): boolean {
  return isRefusal(status) && NAMES_FORMAT.test(`${code} ${message}`);
}

/** The endpoint knows the limit of the answer's length by another name. */
export function refusesLimitName({status, message}: StatusReply): boolean {
  return isRefusal(status) && NAMES_LIMIT.test(message) && !NAMES_CONTEXT.test(message);
}

export function saysTooLong(reply: ChatReply): boolean {
  if (reply.kind !== 'status') return false;
  const {status, code, message} = reply;
  return status === 413 || (isRefusal(status) && (code === 'context_length_exceeded' || NAMES_CONTEXT.test(message)));
}

/** What the model wrote did not fit the requested format, says an endpoint that checks it. Another answer may fit. */
const UNFIT_CODES = ['json_validate_failed', 'output_parse_failed'];

export function saysAnswerUnfit(reply: ChatReply): boolean {
  return reply.kind === 'status' && isRefusal(reply.status) && UNFIT_CODES.includes(reply.code);
}

/** Some servers answer with 500 to a feature that they do not know. */
function isRefusal(status: number): boolean {
  return status === 400 || status === 422 || status === 500 || status === 501;
}

/** A later try may succeed: 408, 429, 5xx, an unfit answer, and failures of a network. Not 501: a missing feature stays missing. */
export function canPass(reply: FailedReply): boolean {
  switch (reply.kind) {
    case 'status':
      if (isOutOfCredit(reply)) return false;
      if (saysAnswerUnfit(reply)) return true;
      return reply.status === 408 || reply.status === 429 || (reply.status >= 500 && reply.status !== 501);
    case 'wire':
      return ['timeout', 'connection', 'dns', 'cut-off'].includes(reply.reason);
    case 'not-an-answer':
      return false;
  }
}

/** The request cost nothing: it was refused, or never arrived. */
export function wasFree(reply: FailedReply): boolean {
  // The model wrote an answer, and so it costs.
  if (saysAnswerUnfit(reply)) return false;
  if (reply.kind === 'status') return reply.status >= 300 && reply.status < 500;
  return reply.kind === 'wire' && (reply.reason === 'dns' || reply.reason === 'tls' || reply.errno === 'ECONNREFUSED');
}

function isOutOfCredit({status, code}: StatusReply): boolean {
  return status === 402 || code === 'insufficient_quota';
}

const WIRE: Readonly<Record<WireReason, string>> = {
  timeout: 'the endpoint did not answer in time',
  connection: 'the endpoint cannot be reached',
  dns: "the endpoint's name is not known",
  tls: 'there is no trusted connection to the endpoint',
  'cut-off': 'the answer was cut off',
  'too-large': 'the answer is too large',
  'not-http': 'the endpoint does not speak HTTP',
  stopped: 'stopped',
};

/** The failure that a reply without an answer means. @param reply already without the key */
export function failureOf(reply: FailedReply): ModelFailure {
  switch (reply.kind) {
    case 'status':
      return statusFailure(reply);
    case 'wire':
      if (reply.reason === 'stopped') return new ModelFailure('stopped', 'stopped', WIRE.stopped);
      return new ModelFailure('failed', reply.reason, WIRE[reply.reason] + (reply.errno === '' ? '' : ` (${reply.errno})`), {
        canPass: canPass(reply),
      });
    case 'not-an-answer':
      return new ModelFailure('failed', 'not-an-answer', 'the endpoint answered, but not as a model does', saidBy(reply.message));
  }
}

function statusFailure(reply: StatusReply): ModelFailure {
  const {status, code, message, location, isKeyless} = reply;
  const said = plainLine(message).slice(0, SAID_CHARACTERS);
  const cause = saidBy(message);
  // Only a failure that ends the run repeats the endpoint's words. Other failures might repeat what was sent.
  const words = said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
  if (isOutOfCredit(reply)) return new ModelFailure('refused', 'no-credit', `the endpoint says that there is no credit left (${words})`);
  if (status === 401 && isKeyless) return new ModelFailure('refused', 'no-key', `the endpoint needs a key, and no key is set (${words})`);
  if (status === 401 || status === 403) return new ModelFailure('refused', `http-${status}`, `the endpoint rejected the key (${words})`);
  if (status === 404 || (status === 400 && (code === 'model_not_found' || NAMES_MODEL.test(message)))) {
    return new ModelFailure('refused', 'unknown-model', `the endpoint does not know the model, or its URL is wrong (${words})`);
  }
  if (status >= 300 && status < 400) {
    const target = location === undefined ? {} : {cause: new Error(plainLine(location).slice(0, SAID_CHARACTERS))};
    return new ModelFailure('failed', 'redirect', `the endpoint redirects (HTTP ${status}), which mem does not follow`, target);
  }
  if (saysAnswerUnfit(reply)) {
    return new ModelFailure('failed', 'not-json', "the endpoint says that the model's answer did not fit the format", {
      canPass: true,
      ...cause,
    });
  }
  if (status === 429)
    return new ModelFailure('failed', 'rate-limited', 'the endpoint asks for fewer requests (HTTP 429)', {canPass: true, ...cause});
  return new ModelFailure('failed', `http-${status}`, `the endpoint failed (HTTP ${status})`, {canPass: canPass(reply), ...cause});
}

/** The endpoint's words as a cause, for callers that ask for it, such as `mem config check`. */
function saidBy(message: string): {readonly cause?: Error} {
  const said = plainLine(message).slice(0, SAID_CHARACTERS);
  return said === '' ? {} : {cause: new Error(said)};
}
