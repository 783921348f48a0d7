import type {EpochMs, EventType, JsonObject, JsonValue, Role} from '../../domain/event/event.js';
import {THINKING} from '../../domain/event/thinking.js';
import {instant} from '../../domain/time/instant.js';
import type {SourceEvent} from '../source.js';
import {asKept, asObject, asTime, type Fields, metadataOf, toKeep} from './fields.js';
import type {LineMapper} from './lines.js';
import {OpenCalls} from './open-calls.js';

/** Parts of one record stand in their order. */
const PARTS = 64;

/** What holds for the records of a session until one says otherwise. It is kept between readings, as JSON. */
export interface Setting {
  readonly id: string;
  readonly cwd?: string | undefined;
  readonly gitBranch?: string | undefined;
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly agentId?: string | undefined;
}

interface Said {
  readonly type: EventType;
  readonly role: Role;
  readonly text: string;
  readonly eventId: string;
  /** The part's place in its record. */
  readonly part?: number;
  readonly metadata?: JsonObject;
}

/** What the mappers of most agents have in common: a session with a setting, records with a time, uses of tools that wait for results. */
export abstract class SessionMapper implements LineMapper {
  protected readonly calls: OpenCalls;
  #setting: Setting;
  #lastTime: EpochMs | undefined;
  #time: EpochMs | undefined;
  #isGuessed = false;
  #line = 0;
  #state: JsonValue | undefined;

  constructor(sessionId: string, state: JsonValue | undefined) {
    const kept = asObject(state);
    this.calls = new OpenCalls(kept?.['calls']);
    this.#setting = asKept<Setting>(kept?.['setting']) ?? {id: sessionId};
    this.#lastTime = typeof kept?.['lastTime'] === 'number' ? instant(kept['lastTime']) : undefined;
  }

  /** Any may. */
  hasInput(): boolean {
    return true;
  }

  take(record: Fields, line: number): readonly SourceEvent[] {
    const time = asTime(this.timeOf(record));
    this.#line = line;
    this.#isGuessed = time === undefined;
    this.#time = time ?? this.#lastTime;
    this.#lastTime = this.#time;
    this.#state = undefined;
    return this.record(record);
  }

  finish(): readonly SourceEvent[] {
    this.#state = undefined;
    return this.calls.interruptAll();
  }

  state(): JsonValue | undefined {
    this.#state ??= {calls: this.calls.kept, setting: toKeep(this.#setting), lastTime: this.#lastTime ?? null};
    return this.#state;
  }

  /** What a record says. */
  protected abstract record(record: Fields): readonly SourceEvent[];

  protected timeOf(record: Fields): unknown {
    return record['timestamp'];
  }

  protected get setting(): Setting {
    return this.#setting;
  }

  /** @param members those that are undefined stay as they were */
  protected set(members: {readonly [name in keyof Setting]?: Setting[name] | undefined}): void {
    const said = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    this.#setting = {...this.#setting, ...said};
  }

  protected event({type, role, text, eventId, part = 0, metadata = {}}: Said): SourceEvent {
    const {id, cwd, gitBranch, model, version, agentId} = this.#setting;
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
      metadata: metadataOf({model, agent_id: agentId, version, ...metadata}),
    };
  }

  /** A prompt; what an agent says to a subagent is not the user's. */
  protected prompt(text: string, eventId: string, metadata: JsonObject = {}): SourceEvent {
    const role = this.#setting.agentId === undefined ? 'user' : 'system';
    return this.event({type: 'user_message', role, text, eventId, metadata});
  }

  protected answer(text: string, eventId: string, metadata: JsonObject = {}, part = 0): SourceEvent {
    return this.event({type: 'assistant_message', role: 'assistant', text, eventId, part, metadata});
  }

  /** @param part without it, before all that the record says */
  protected thought(text: string, eventId: string, metadata: JsonObject = {}, part = -1): SourceEvent {
    return this.answer(text, eventId, {...metadata, ...THINKING}, part);
  }

  protected toolResult(text: string, eventId: string, metadata: JsonObject, part = 0): SourceEvent {
    return this.event({type: 'tool_result', role: 'tool', text, eventId, part, metadata});
  }

  /** A tool's use begins: it is given once its result comes, or as interrupted at the end. */
  protected call(id: string, name: string, input: JsonValue | undefined, part = 0): readonly SourceEvent[] {
    return this.calls.open(id, this.toolResult('', id, metadataOf({tool_name: name, tool_input: input}), part));
  }
}
