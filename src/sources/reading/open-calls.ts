import type {JsonObject, JsonValue} from '../../domain/event/event.js';
import {ExactNumber} from '../../domain/event/json/exact-number.js';
import {boundToolInput} from '../../domain/event/parse/tool-input.js';
import type {SourceEvent} from '../source.js';
import {asJson, asKept, asObject, toKeep} from './fields.js';

/** More calls without a result than any session has. The oldest is given as interrupted then. */
const MOST_CALLS = 512;

interface OpenCall {
  readonly id: string;
  /** What is said of it should no result come. */
  readonly event: SourceEvent;
  /** It was given as interrupted: should its result come after all, the tool's name is known. */
  readonly isGiven: boolean;
}

/** The uses of tools whose results have not come, in their order. A list is never changed: cursors hold it. */
export class OpenCalls {
  #calls: readonly OpenCall[];

  /** @param kept what `kept` gave, from a cursor */
  constructor(kept?: unknown) {
    this.#calls = Array.isArray(kept) ? (asKept<readonly OpenCall[]>(kept) ?? []) : [];
  }

  get kept(): JsonValue {
    return toKeep(this.#calls);
  }

  /**
   * @param call the event of the use, without a result: `tool_name` and `tool_input` in its metadata
   * @returns what gets no result any more: it has no room, or another use has its id
   */
  open(id: string, call: SourceEvent): readonly SourceEvent[] {
    const event = {...call, metadata: {...call.metadata, interrupted: true}};
    const oldest = this.#calls.find((open) => open.id === id) ?? (this.#calls.length < MOST_CALLS ? undefined : this.#calls[0]);
    this.#calls = [...this.#calls.filter((open) => open !== oldest), {id, event, isGiven: false}];
    return oldest === undefined || oldest.isGiven ? [] : [oldest.event];
  }

  /** The tool's name and input; neither where the call is not known. */
  close(id: string): {readonly tool_name?: JsonValue; readonly tool_input?: JsonValue} {
    const call = this.#calls.find((open) => open.id === id);
    if (call === undefined) return {};
    this.#calls = this.#calls.filter((open) => open !== call);
    const {tool_name: name, tool_input: input} = call.event.metadata;
    return {...(name === undefined ? {} : {tool_name: name}), ...(input === undefined ? {} : {tool_input: input})};
  }

  /** Those that never got a result, once each. */
  interruptAll(): readonly SourceEvent[] {
    const events = this.#calls.filter(({isGiven}) => !isGiven).map(({event}) => event);
    if (events.length > 0) this.#calls = this.#calls.map((call) => ({...call, isGiven: true}));
    return events;
  }
}

/**
 * What a tool was given, with its long texts cut.
 * @param contents members that hold what a file is to hold: only their size is kept, as `bytes`
 * @param beside what is kept with it, e.g. the heading of what is not kept
 */
export function boundInput(given: unknown, contents: ReadonlySet<string>, beside: JsonObject = {}): JsonValue | undefined {
  if (given === undefined || given === null) return undefined;
  const input = given instanceof ExactNumber ? undefined : asObject(given);
  if (input === undefined) return boundToolInput({tool_input: asJson(given)})['tool_input'];
  const kept: Record<string, JsonValue> = {};
  for (const [member, value] of Object.entries(input)) {
    if (contents.has(member) && typeof value === 'string') kept['bytes'] = Buffer.byteLength(value);
    else kept[member] = asJson(value);
  }
  return boundToolInput({tool_input: {...kept, ...beside}})['tool_input'];
}
