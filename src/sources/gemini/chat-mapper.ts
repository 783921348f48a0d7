import type {JsonValue} from '../../domain/event/event.js';
import {anyJson} from '../../domain/event/json/exact-json.js';
import {asKept, asList, asObject, asText, type Fields, hashId, parseKept, toKeep} from '../reading/fields.js';
import type {LineMapper} from '../reading/lines.js';
import type {SourceEvent} from '../source.js';
import {type Chat, eventsOf, startOf} from './messages.js';

const HELD_LENGTH = 64 * 1024;

interface Held {
  readonly message: Fields;
  readonly line: number;
}

/**
 * Makes events of the lines of a chat. A message's line comes again when the message has more: it is held until another stands behind it.
 * What is rewound was said all the same.
 */
export class ChatMapper implements LineMapper {
  #chat: Chat;
  #held: Held | undefined;
  /** The hash of what each record said last, in this reading: snapshots repeat all of them. */
  readonly #given = new Map<string, string>();
  #state: JsonValue | undefined;

  /** @param chat what the path says of it */
  constructor(chat: Chat, state: JsonValue | undefined) {
    const kept = asObject(state);
    this.#chat = kept === undefined ? chat : {...chat, sessionId: asText(kept['sessionId']) ?? chat.sessionId};
    const held = asText(kept?.['held']);
    if (held !== undefined) this.#held = asKept<Held>(parseKept(held));
  }

  hasInput(): boolean {
    return true;
  }

  take(record: Fields, line: number): readonly SourceEvent[] {
    if (record['sessionId'] !== undefined && record['type'] === undefined) return this.#head(record, line);
    const messages = asObject(record['$set'])?.['messages'];
    if (messages !== undefined) {
      const all = asList(messages).map((value) => asObject(value) ?? {});
      const ids = new Set(all.map((message) => message['id']));
      const before = this.#held !== undefined && ids.has(this.#held.message['id']) ? this.#drop() : this.#release();
      return [...before, ...all.flatMap((message) => this.#give(message, line))];
    }
    if (asText(record['type']) === undefined) return [];
    const before = this.#held?.message['id'] === record['id'] && record['id'] !== undefined ? this.#drop() : this.#release();
    // Only the agent's messages grow.
    if (record['type'] !== 'gemini') return [...before, ...this.#give(record, line)];
    this.#held = {message: record, line};
    this.#state = undefined;
    return before;
  }

  finish(): readonly SourceEvent[] {
    return this.#release();
  }

  state(): JsonValue | undefined {
    if (this.#state === undefined) {
      const held = this.#held === undefined ? '' : anyJson(toKeep(this.#held));
      // A longer one is read again instead: cursors are small.
      if (held.length > HELD_LENGTH) return undefined;
      this.#state = {sessionId: this.#chat.sessionId, held};
    }
    return this.#state;
  }

  #head(record: Fields, line: number): readonly SourceEvent[] {
    const before = this.#release();
    const id = asText(record['sessionId']);
    if (id !== undefined && this.#chat.agentId === undefined) this.#chat = {...this.#chat, sessionId: id};
    this.#state = undefined;
    const messages = asList(record['messages']).map((value) => asObject(value) ?? {});
    return [...before, ...startOf(record, this.#chat, line), ...messages.flatMap((message) => this.#give(message, line))];
  }

  #drop(): readonly SourceEvent[] {
    this.#held = undefined;
    this.#state = undefined;
    return [];
  }

  #release(): readonly SourceEvent[] {
    const held = this.#held;
    this.#held = undefined;
    this.#state = undefined;
    return held === undefined ? [] : this.#give(held.message, held.line);
  }

  /** Events that were not given in this reading as they are. */
  #give(message: Fields, line: number): readonly SourceEvent[] {
    return eventsOf(message, this.#chat, line).filter(({eventId, text}) => {
      const said = hashId(text);
      if (this.#given.get(eventId) === said) return false;
      this.#given.set(eventId, said);
      return true;
    });
  }
}
