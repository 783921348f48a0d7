import type {JsonObject} from '../../domain/event/event.js';
import {THINKING} from '../../domain/event/thinking.js';
import {asObject, asText, asTime, type Fields, metadataOf} from '../reading/fields.js';
import {boundInput} from '../reading/open-calls.js';
import type {SourceEvent} from '../source.js';

/** A part of a message, with what is around it. */
export interface PartRow {
  readonly id: string;
  readonly sessionId: string;
  /** Of the session that a subagent's one belongs to. */
  readonly parentId: string | undefined;
  readonly cwd: string | undefined;
  readonly seq: number;
  readonly message: Fields;
  readonly messageTime: unknown;
  readonly part: Fields;
}

const CONTENTS = new Set(['content']);

/** Whether nothing of the part will change any more. */
export function isFinal({message, part}: PartRow): boolean {
  if (message['role'] === 'user' || asTime(asObject(message['time'])?.['completed']) !== undefined) return true;
  if (part['type'] === 'text' || part['type'] === 'reasoning') return asTime(asObject(part['time'])?.['end']) !== undefined;
  const status = asObject(part['state'])?.['status'];
  return part['type'] !== 'tool' || status === 'completed' || status === 'error';
}

/** What a part says. */
export function eventOf(row: PartRow): SourceEvent | undefined {
  const {id, sessionId, parentId, cwd, seq, message, part} = row;
  const state = asObject(part['state']);
  const created = asTime(asObject(message['time'])?.['created']) ?? asTime(row.messageTime);
  const time = asTime(asObject(state?.['time'] ?? part['time'])?.['start']) ?? created;
  const common = {
    sessionId: parentId ?? sessionId,
    time,
    isTimeGuessed: time === undefined,
    seq,
    cwd,
    gitBranch: undefined,
  } as const;
  const facts = metadataOf({model: modelOf(message), agent_id: parentId === undefined ? undefined : sessionId});
  if (part['type'] === 'tool') return {...common, type: 'tool_result', role: 'tool', ...toolOf(part, state, id, facts)};
  const text = asText(part['text']) ?? '';
  if (part['type'] === 'reasoning' && text.trim() !== '' && message['role'] === 'assistant') {
    return {...common, type: 'assistant_message', role: 'assistant', text, eventId: id, metadata: {...facts, ...THINKING}};
  }
  if (part['type'] !== 'text' || text.trim() === '' || part['synthetic'] === true || part['ignored'] === true) return undefined;
  if (message['role'] === 'assistant') {
    // It writes a summary of the conversation so far as a message of its own.
    if (message['summary'] === true) return {...common, type: 'summary', role: 'system', text, eventId: id, metadata: facts};
    return {...common, type: 'assistant_message', role: 'assistant', text, eventId: id, metadata: facts};
  }
  if (message['role'] !== 'user') return undefined;
  const role = parentId === undefined ? 'user' : 'system';
  return {...common, type: 'user_message', role, text, eventId: id, metadata: facts};
}

function toolOf(part: Fields, state: Fields | undefined, id: string, facts: JsonObject) {
  const name = asText(part['tool']) ?? '';
  const status = state?.['status'];
  const code = asObject(state?.['metadata'])?.['exit'];
  const exitCode = typeof code === 'number' ? code : undefined;
  const isError = status === 'error' || name === 'invalid' || (exitCode !== undefined && exitCode !== 0);
  const metadata = metadataOf({
    ...facts,
    tool_name: name,
    tool_input: boundInput(state?.['input'], name === 'write' ? CONTENTS : new Set()),
    exit_code: exitCode,
    is_error: isError ? true : undefined,
    interrupted: status === 'completed' || status === 'error' ? undefined : true,
  });
  return {text: asText(state?.['output']) ?? asText(state?.['error']) ?? '', eventId: asText(part['callID']) ?? id, metadata};
}

function modelOf(message: Fields): string | undefined {
  return asText(message['modelID']) ?? asText(asObject(message['model'])?.['modelID']);
}
