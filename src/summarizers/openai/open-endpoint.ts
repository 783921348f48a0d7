import {isLoopbackHost} from '../../domain/model/base-url.js';
import {ModelFailure} from '../../domain/model/model-summarizer.js';
import type {KeyPlaces, OpenAiSettings} from '../../domain/model/openai-settings.js';
import {MemError} from '../../errors.js';
import {readKey} from './api-key.js';
import type {ChatReply, SendChat} from './chat.js';
import {redact} from './hide-key.js';
import type {OpenAiPorts} from './openai-ports.js';

/** Prepares for requests. Only here the key is read and the SDK loaded, both once. @throws ModelFailure when no key is set */
export type OpenEndpoint = (signal: AbortSignal) => Promise<SendChat>;

export function endpointOpener(settings: OpenAiSettings, {env}: Pick<OpenAiPorts, 'env'>): OpenEndpoint {
  let opened: SendChat | undefined;
  return async (signal) => {
    if (opened !== undefined) return opened;
    const {baseUrl} = settings;
    if (baseUrl === undefined || settings.model === '') throw notSet(baseUrl === undefined ? 'openai.base_url' : 'openai.model');
    const key = await keyOf(settings.key, baseUrl, env, signal);
    const {openChat} = await import('./openai.js');
    const send = openChat({...settings, baseUrl, key});
    opened = async (request, end) => withoutKey(await send(request, end), key);
    return opened;
  };
}

function notSet(key: string): ModelFailure {
  const message = `the summarizer "openai" needs ${key}`;
  const cause = new MemError('CONFIG_INVALID', message, {hint: 'set it: mem config set summarizer openai --base-url URL --model NAME'});
  return new ModelFailure('refused', 'not-set', message, {cause});
}

async function keyOf(places: KeyPlaces, baseUrl: string, env: OpenAiPorts['env'], signal: AbortSignal): Promise<string | undefined> {
  let key: string | undefined;
  try {
    key = await readKey(places, env, signal);
  } catch (error) {
    if (signal.aborted) throw new ModelFailure('stopped', 'stopped', 'stopped');
    if (!(error instanceof MemError)) throw error;
    throw new ModelFailure('refused', 'no-key', error.message, {cause: error});
  }
  // A server on this machine usually needs no key.
  if (key !== undefined || isLoopbackHost(new URL(baseUrl).hostname)) return key;
  throw new ModelFailure('refused', 'no-key', `the key is missing: the variable ${places.variable} is not set here`);
}

function withoutKey(reply: ChatReply, key: string | undefined): ChatReply {
  if (reply.kind === 'not-an-answer') return {...reply, message: redact(reply.message, key)};
  if (reply.kind !== 'status') return reply;
  const {code, message, location} = reply;
  return {
    ...reply,
    code: redact(code, key),
    message: redact(message, key),
    location: location === undefined ? undefined : redact(location, key),
  };
}
