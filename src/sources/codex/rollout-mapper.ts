import type {EpochMs, EventType, JsonObject, JsonValue, Role} from '../../domain/event/event.js';
import {THINKING} from '../../domain/event/thinking.js';
import {instant} from '../../domain/time/instant.js';
import {asKept, asList, asObject, asText, asTime, type Fields, hashId, metadataOf, toKeep} from '../reading/fields.js';
import type {LineMapper} from '../reading/lines.js';
import {OpenCalls} from '../reading/open-calls.js';
import type {SourceEvent} from '../source.js';
import {answersOf, imagesIn, inputOf, outputOf, textsOf} from './content.js';
import {type Session, sessionOf} from './session.js';
import {PLACES, type Speaker, TextsOnce} from './texts-once.js';
import {wordsOf} from './user-words.js';

/** They repeat whole conversations with their images: nine tenths of a large file. Looked for in the first 200 bytes of a line. */
const SKIPPED = /^\{(?:"timestamp":"[^"]*",)?(?:"ordinal":\d+,)?"type":"(?:compacted|world_state)"/;
const SKIP_BYTES = 200;
const IMAGE = '[image]';
/** Parts of one record stand in their order. */
const PARTS = 16;
const NONE: readonly SourceEvent[] = [];

interface Said {
  readonly type: EventType;
  readonly role: Role;
  readonly text: string;
  readonly eventId: string;
  readonly part?: number;
  readonly metadata?: JsonObject;
}

/** Makes events of the lines of a rollout, those that a fork copied too. */
export class RolloutMapper implements LineMapper {
  readonly #calls: OpenCalls;
  readonly #texts: TextsOnce;
  #session: Session;
  #turn: string;
  /** How many records of the turn were given an id. */
  #inTurn: number;
  #model: string | undefined;
  #lastTime: EpochMs | undefined;
  #line = 0;
  #time: EpochMs | undefined;
  #isGuessed = false;
  #state: JsonValue | undefined;

  constructor(path: string, state: JsonValue | undefined) {
    const kept = asObject(state);
    this.#calls = new OpenCalls(kept?.['calls']);
    this.#texts = new TextsOnce(asList(kept?.['texts']));
    this.#session = asKept<Session>(kept?.['session']) ?? sessionOf(undefined, path);
    this.#turn = asText(kept?.['turn']) ?? '';
    this.#inTurn = typeof kept?.['inTurn'] === 'number' ? kept['inTurn'] : 0;
    this.#model = asText(kept?.['model']);
    this.#lastTime = typeof kept?.['lastTime'] === 'number' ? instant(kept['lastTime']) : undefined;
  }

  skips(head: string): boolean {
    return SKIPPED.test(head.slice(0, SKIP_BYTES));
  }

  take(record: Fields, line: number): readonly SourceEvent[] {
    const time = asTime(record['timestamp']);
    this.#line = line;
    this.#isGuessed = time === undefined;
    this.#time = time ?? this.#lastTime;
    this.#lastTime = this.#time;
    this.#state = undefined;
    const payload = asObject(record['payload']);
    if (payload === undefined) return this.#bare(record);
    switch (record['type']) {
      case 'session_meta':
        return this.#meta(payload);
      case 'turn_context':
        return this.#context(payload);
      case 'response_item':
        return this.#item(payload);
      case 'event_msg':
        return this.#message(payload);
      default:
        return NONE;
    }
  }

  finish(): readonly SourceEvent[] {
    this.#state = undefined;
    return [...this.#texts.rest, ...this.#calls.interruptAll()];
  }

  state(): JsonValue | undefined {
    const texts = this.#texts.kept;
    if (texts === undefined) return undefined;
    this.#state ??= {
      calls: this.#calls.kept,
      texts: [...texts],
      session: toKeep(this.#session),
      turn: this.#turn,
      inTurn: this.#inTurn,
      model: this.#model ?? null,
      lastTime: this.#lastTime ?? null,
    };
    return this.#state;
  }

  /** Up to 0.3x the items stood without a wrapper and a time, behind a line about the session. */
  #bare(record: Fields): readonly SourceEvent[] {
    if (asText(record['type']) !== undefined) return this.#item(record);
    return asText(record['id']) !== undefined && record['timestamp'] !== undefined ? this.#meta(record) : NONE;
  }

  #meta(payload: Fields): readonly SourceEvent[] {
    // The next ones are those of the session that it was forked from, and of each resumption.
    if (this.#session.isKnown) return NONE;
    this.#session = sessionOf(payload, '');
    const {id, startedAt, facts} = this.#session;
    const event = this.#event({type: 'session_start', role: 'system', text: '', eventId: id, metadata: facts});
    return [startedAt === undefined ? event : {...event, time: startedAt, isTimeGuessed: false}];
  }

  #context(payload: Fields): readonly SourceEvent[] {
    this.#enter(payload['turn_id']);
    this.#model = asText(payload['model']) ?? this.#model;
    const cwd = asText(payload['cwd']);
    if (cwd !== undefined && cwd !== this.#session.cwd) this.#session = {...this.#session, cwd};
    return NONE;
  }

  #enter(given: unknown): void {
    const turn = asText(given);
    if (turn === undefined || turn === this.#turn) return;
    this.#turn = turn;
    this.#inTurn = 0;
  }

  #item(payload: Fields): readonly SourceEvent[] {
    const type = asText(payload['type']) ?? (payload['role'] === undefined ? '' : 'message');
    if (type === 'message') {
      const {role, content} = payload;
      if (role !== 'user' && role !== 'assistant') return NONE;
      return this.#said(role, PLACES.response_item, textsOf(content), imagesIn(content), payload);
    }
    if (type === 'reasoning') return this.#reasoning(payload);
    if (type.endsWith('_output')) return this.#output(payload);
    if (type.endsWith('_call')) return this.#call(type, payload);
    return NONE;
  }

  #message(payload: Fields): readonly SourceEvent[] {
    switch (payload['type']) {
      case 'task_started':
      case 'turn_started':
        this.#enter(payload['turn_id']);
        return NONE;
      case 'user_message':
        return this.#said('user', PLACES.event_msg, textsOf(payload['message']), asList(payload['images']).length, payload);
      case 'agent_message':
        return this.#said('assistant', PLACES.event_msg, textsOf(payload['message']), 0, payload);
      case 'item_completed':
        return this.#completed(asObject(payload['item']) ?? {});
      case 'turn_aborted': {
        const metadata = metadataOf({reason: asText(payload['reason']), interrupted: true});
        return [this.#event({type: 'assistant_stop', role: 'system', text: '', eventId: this.#ownId('aborted'), metadata})];
      }
      case 'error': {
        const text = asText(payload['message']) ?? '';
        return [this.#event({type: 'assistant_stop', role: 'system', text, eventId: this.#ownId('error'), metadata: {is_error: true}})];
      }
      default:
        return NONE;
    }
  }

  #completed(item: Fields): readonly SourceEvent[] {
    const speaker = item['type'] === 'UserMessage' ? 'user' : item['type'] === 'AgentMessage' ? 'assistant' : undefined;
    if (speaker === undefined) return NONE;
    return this.#said(speaker, PLACES.item_completed, textsOf(item['content'] ?? item['text']), 0, item);
  }

  #said(speaker: Speaker, place: number, texts: readonly string[], images: number, payload: Fields): readonly SourceEvent[] {
    const base = this.#ownId(`${speaker}${place}`);
    const parts = texts.map((text) => (speaker === 'user' ? wordsOf(text) : {role: speaker, text}));
    const words = parts.filter((part) => part !== undefined && part.text.trim() !== '');
    if (words.length === 0 && images > 0 && texts.every((text) => wordsOf(text) === undefined)) words.push({role: speaker, text: IMAGE});
    const metadata = metadataOf({images: images > 0 ? images : undefined, phase: asText(payload['phase'])});
    const events = words.flatMap((part, at) => {
      if (part === undefined) return [];
      const {text} = part;
      const eventId = at === 0 ? base : `${base}#${at}`;
      if (speaker === 'assistant') return this.#event({type: 'assistant_message', role: 'assistant', text, eventId, part: at, metadata});
      // A subagent is spoken to by the agent.
      const role = this.#session.agentId === undefined ? part.role : 'system';
      return this.#event({type: 'user_message', role, text, eventId, part: at, metadata});
    });
    return this.#texts.take(speaker, place, events);
  }

  /** Most of it is encrypted. It has an id of its words: the places of the others must not depend on it. */
  #reasoning(payload: Fields): readonly SourceEvent[] {
    const text = [...textsOf(payload['summary']), ...textsOf(payload['content'])].filter((part) => part.trim() !== '').join('\n\n');
    if (text === '') return NONE;
    const eventId = hashId(this.#turn === '' ? this.#session.id : this.#turn, 'reasoning', text);
    return [this.#event({type: 'assistant_message', role: 'assistant', text, eventId, metadata: THINKING})];
  }

  #call(type: string, payload: Fields): readonly SourceEvent[] {
    const id = asText(payload['call_id']);
    const eventId = id ?? asText(payload['id']) ?? this.#ownId(type);
    const name = asText(payload['name']) ?? type.replace(/_call$/, '');
    const metadata = metadataOf({tool_name: name, tool_input: inputOf(payload)});
    const event = this.#event({type: 'tool_result', role: 'tool', text: '', eventId, metadata});
    // A search in the web has no result in the file.
    if (id === undefined || type === 'web_search_call') return [event];
    return this.#calls.open(id, event);
  }

  #output(payload: Fields): readonly SourceEvent[] {
    const id = asText(payload['call_id']) ?? asText(payload['id']) ?? this.#ownId('output');
    const call = this.#calls.close(id);
    const {text, facts} = outputOf(payload['output'] ?? payload['tools']);
    const answers = call.tool_name === 'request_user_input' ? answersOf(call.tool_input, text) : '';
    const metadata = {...call, ...facts};
    if (answers !== '')
      return [this.#event({type: 'user_message', role: 'user', text: answers, eventId: id, metadata: {tool_name: 'request_user_input'}})];
    return [this.#event({type: 'tool_result', role: 'tool', text, eventId: id, metadata})];
  }

  /** Records have no ids: their place in the turn, or in the session where turns have none. */
  #ownId(kind: string): string {
    return hashId(this.#turn === '' ? this.#session.id : this.#turn, kind, this.#inTurn++);
  }

  #event({type, role, text, eventId, part = 0, metadata = {}}: Said): SourceEvent {
    const {id, cwd, gitBranch, agentId, version} = this.#session;
    return {
      sessionId: id,
      type,
      role,
      text,
      eventId,
      time: this.#time,
      isTimeGuessed: this.#isGuessed,
      seq: this.#line * PARTS + Math.min(part, PARTS - 1),
      cwd,
      gitBranch,
      metadata: metadataOf({...metadata, model: this.#model, turn_id: this.#turn, agent_id: agentId, version}),
    };
  }
}
