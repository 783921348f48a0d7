import {createHmac} from 'node:crypto';
import type {AgentEvent, EventType} from '../event.js';
import {sessionKeyOf} from './event-id.js';

/**
 * Stands for the words of an event in its session: the session's key, then 32 hexadecimal digits of an HMAC-SHA256 (RFC 2104) over agent,
 * session, type and text. Nobody without the key of the memory can try out what was said.
 */
export type WordsMark = string & {readonly __brand: 'WordsMark'};

/** What of an event its words are known by. */
export type SpokenWords = Pick<AgentEvent, 'agent' | 'sessionId' | 'type' | 'text'>;

/** A shorter text is said too often to be known again: `yes`, `go on`. */
const LEAST_CHARACTERS = 20;
const DIGITS = 32;

/** Whether a text is long enough to be known again by itself. White space at its ends does not count. */
export function isTelling(text: string): boolean {
  const words = text.trim();
  // A character takes one or two UTF-16 units.
  return words.length >= 2 * LEAST_CHARACTERS || [...words].length >= LEAST_CHARACTERS;
}

/** The mark of an event's words, whatever their length. @param key of the memory */
export function wordsMark(key: Buffer, {agent, sessionId, type, text}: SpokenWords): WordsMark {
  const parts = ['mem-words-1', agent, sessionId, type, text.trim()];
  const hmac = createHmac('sha256', key);
  // Each part follows its length, so that no two lists look alike.
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
  return markOf(sessionKeyOf(agent, sessionId) + hmac.digest('hex').slice(0, DIGITS));
}

/** Brands a text that was stored or made as a mark. */
export function markOf(text: string): WordsMark {
  return text as WordsMark;
}

/** The types under which the words of an event may come in: a subagent's last message is also the result of the tool that ran it. */
export function typesOfWords({type, metadata}: Pick<AgentEvent, 'type' | 'metadata'>): readonly EventType[] {
  if (type === 'tool_result') return [type, 'assistant_message'];
  if (type === 'assistant_message' && metadata['agent_id'] !== undefined) return [type, 'tool_result'];
  return [type];
}
