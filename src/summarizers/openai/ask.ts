import {type CallContext, type CallTokens, ModelFailure} from '../../domain/model/model-summarizer.js';
import type {Clock} from '../../system/clock.js';
import {type Abilities, looserFormat} from './abilities.js';
import type {ChatReply, ChatRequest, SendChat} from './chat.js';
import {canPass, failureOf, refusesFormat, refusesLimitName, saysAnswerUnfit, saysTooLong, wasFree} from './chat-failure.js';
import type {OpenEndpoint} from './open-endpoint.js';
import type {ChatMessage} from './prompt/prompt-records.js';
import {pauseBeforeTry} from './retry.js';

export type Answer = Extract<ChatReply, {kind: 'answer'}>;

/** The endpoint, and how to ask it. */
export interface Asking {
  readonly open: OpenEndpoint;
  readonly abilities: Abilities;
  readonly clock: Clock;
  /** Resolves after the pause, or when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly maxAnswerTokens: number;
  /** Requests for one answer, with the first. */
  readonly mostTries: number;
}

/** The endpoint says that the prompt is too long for the model. */
export class PromptTooLong extends Error {}

/**
 * Asks until an answer comes or no further try is worth it. Each request is reserved before it is made. If the endpoint does not know a
 * feature (a schema, a name of a limit), later requests leave it out; that does not count as a try.
 * @param promptTokens the most that the messages may take
 * @throws ModelFailure, PromptTooLong
 */
export async function ask(messages: readonly ChatMessage[], promptTokens: number, asking: Asking, call: CallContext): Promise<Answer> {
  const {abilities} = asking;
  // Before anything is reserved: without a key no request is made.
  if (call.signal.aborted) throw stopped();
  const send = await asking.open(call.signal);
  let unfit = 0;
  for (let tried = 1; ; ) {
    const able = abilities.current();
    // After an unfit answer the format is looser, for this one call. The endpoint knows the stricter format, and so it is not remembered.
    const asked = unfit === 0 ? able : {...able, format: looserFormat(able.format, unfit)};
    const reply = await request(send, {messages, ...asked}, {prompt: promptTokens, completion: asking.maxAnswerTokens}, call);
    if (reply.kind === 'answer') {
      abilities.confirm(asked);
      return reply;
    }
    if (call.signal.aborted) throw stopped();
    if (saysTooLong(reply)) throw new PromptTooLong();
    if (saysAnswerUnfit(reply)) unfit++;
    else if (reply.kind === 'status' && asked === able) {
      if (refusesLimitName(reply) && abilities.renameLimit(asked)) continue;
      if (refusesFormat(reply) && abilities.loosenFormat(asked)) continue;
    }
    const failure = failureOf(reply);
    if (!canPass(reply) || tried === asking.mostTries) throw failure;
    const ms = pauseBeforeTry(tried, reply.kind === 'status' ? reply.retryAfter : undefined, asking.clock, Math.random());
    if (ms === undefined) throw failure;
    await asking.pause(ms, call.signal);
    tried++;
  }
}

async function request(send: SendChat, chat: ChatRequest, atMost: CallTokens, {budget, signal}: CallContext): Promise<ChatReply> {
  if (signal.aborted) throw stopped();
  const reservation = await budget.reserve(atMost);
  if (reservation === undefined) throw new ModelFailure('budget', 'budget', 'the budget is used up');
  const reply = await send(chat, signal);
  const used = usedBy(reply, atMost);
  // A reservation stays spent unless the request certainly cost nothing.
  if (used !== undefined) await reservation.settle(used);
  return reply;
}

function usedBy(reply: ChatReply, atMost: CallTokens): CallTokens | undefined {
  if (reply.kind === 'answer') return reply.used ?? atMost;
  if (reply.kind === 'status' && reply.used !== undefined) return reply.used;
  return wasFree(reply) ? {prompt: 0, completion: 0} : undefined;
}

function stopped(): ModelFailure {
  return new ModelFailure('stopped', 'stopped', 'stopped');
}
