import type {EpochMs, JsonObject} from '../../domain/event/event.js';
import {THINKING} from '../../domain/event/thinking.js';
import {asList, asObject, asText, asTime, type Fields, hashId, metadataOf} from '../reading/fields.js';
import {boundInput} from '../reading/open-calls.js';
import type {SourceEvent} from '../source.js';

export interface Chat {
  readonly sessionId: string;
  readonly cwd: string | undefined;
  readonly agentId: string | undefined;
}

const PARTS = 64;
const CONTENTS = new Set(['content']);
/** What the agent says in the user's place. */
const INJECTED = ['<session_context>', 'This is the Gemini CLI. We are setting up the context'];
/** Files that the user named with `@` stand behind the prompt. */
const REFERENCED = '\n--- Content from referenced files ---';
const FINAL = new Set(['success', 'error', 'cancelled']);

/** Where the session began: the head of a chat. */
export function startOf(head: Fields, chat: Chat, place: number): readonly SourceEvent[] {
  const time = asTime(head['startTime']);
  if (time === undefined) return [];
  const event = {type: 'session_start', role: 'system', text: '', eventId: chat.agentId ?? chat.sessionId} as const;
  return [{...base(chat, time, place, 0), ...event, metadata: metadataOf({agent_id: chat.agentId})}];
}

/**
 * What a message says of which no later state will come: uses of tools without a result were interrupted.
 * @param place of the message, counted from the file's beginning
 */
export function eventsOf(message: Fields, chat: Chat, place: number): readonly SourceEvent[] {
  const time = asTime(message['timestamp']);
  const frame = base(chat, time, place, 0);
  const id = asText(message['id']) ?? hashId(String(message['timestamp']), String(message['type']), textOf(message['content']));
  const facts = metadataOf({model: asText(message['model']), agent_id: chat.agentId});
  if (message['type'] === 'user') {
    const text = typed(message);
    const role = chat.agentId === undefined ? 'user' : 'system';
    return text.trim() === '' ? [] : [{...frame, type: 'user_message', role, text, eventId: id, metadata: facts}];
  }
  if (message['type'] !== 'gemini') return [];
  const text = textOf(message['content']);
  const events = thoughtsOf(message, id, facts, (given) => base(chat, given ?? time, place, -1));
  if (text.trim() !== '') events.push({...frame, type: 'assistant_message', role: 'assistant', text, eventId: id, metadata: facts});
  for (const [at, value] of asList(message['toolCalls']).entries()) {
    const call = asObject(value) ?? {};
    const result = base(chat, asTime(call['timestamp']) ?? time, place, at + 1);
    const eventId = asText(call['id']) ?? `${id}#${at}`;
    events.push({...result, type: 'tool_result', role: 'tool', text: resultOf(call), eventId, metadata: {...facts, ...callFacts(call)}});
  }
  return events;
}

/** What it thought before it said or did something; the state of a message that comes later has all of it. */
function thoughtsOf(
  message: Fields,
  id: string,
  facts: JsonObject,
  frameAt: (time: EpochMs | undefined) => ReturnType<typeof base>,
): SourceEvent[] {
  return asList(message['thoughts']).flatMap((value, at) => {
    const thought = asObject(value) ?? {};
    const text = [asText(thought['subject']), asText(thought['description'])].filter((part) => part !== undefined).join('\n');
    if (text.trim() === '') return [];
    const frame = frameAt(asTime(thought['timestamp']));
    const said = {type: 'assistant_message', role: 'assistant', text, eventId: `${id}#thought${at}`} as const;
    return [{...frame, ...said, metadata: {...facts, ...THINKING}}];
  });
}

function base({sessionId, cwd}: Chat, time: EpochMs | undefined, place: number, part: number) {
  return {sessionId, time, isTimeGuessed: time === undefined, seq: place * PARTS + Math.min(part, PARTS - 1), cwd, gitBranch: undefined};
}

function typed(message: Fields): string {
  // What was typed, where the content is what was made of it.
  const text = textOf(message['displayContent']) || textOf(message['content']);
  if (INJECTED.some((start) => text.trimStart().startsWith(start))) return '';
  const at = text.indexOf(REFERENCED);
  return at < 0 ? text : text.slice(0, at).trimEnd();
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts = Array.isArray(content) ? content : [content];
  return parts.flatMap((part) => (typeof part === 'string' ? part : (asText(asObject(part)?.['text']) ?? []))).join('\n');
}

function resultOf(call: Fields): string {
  const texts = asList(call['result']).flatMap((part) => {
    const response = asObject(asObject(asObject(part)?.['functionResponse'])?.['response']);
    return asText(response?.['output']) ?? asText(response?.['error']) ?? asText(asObject(part)?.['text']) ?? [];
  });
  return texts.length > 0 ? texts.join('\n') : (asText(call['resultDisplay']) ?? '');
}

function callFacts(call: Fields): JsonObject {
  const {status} = call;
  return metadataOf({
    tool_name: asText(call['name']),
    tool_input: boundInput(call['args'], call['name'] === 'write_file' ? CONTENTS : new Set()),
    is_error: status === 'error' ? true : undefined,
    interrupted: status === 'cancelled' || !FINAL.has(String(status)) ? true : undefined,
  });
}
