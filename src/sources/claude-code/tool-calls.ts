import type {JsonObject, JsonValue} from '../../domain/event/event.js';
import {planHeading} from '../../domain/facts/plans.js';
import {asKept, asObject, asText, type Fields} from '../reading/fields.js';
import {boundInput} from '../reading/open-calls.js';
import type {SourceEvent} from '../source.js';
import {eventIn, type Frame} from './frame.js';

/** More calls without a result than any session has. The oldest is given as interrupted then. */
const MOST_CALLS = 512;
const NO_CONTENTS: ReadonlySet<string> = new Set();
/** By tool, what holds a file's content. A plan stands as the agent's own words. */
const CONTENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Write', new Set(['content'])],
  ['NotebookEdit', new Set(['new_source'])],
  ['ExitPlanMode', new Set(['plan'])],
]);

/** A tool's use whose result has not come. It is kept between readings, as JSON. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: JsonValue;
  readonly frame: Frame;
  readonly block: number;
  /** It was given as interrupted: should its result come after all, the tool's name is known. */
  readonly isGiven: boolean;
  /** The hash of the plan that it showed, which is an event of its own. */
  readonly plan?: string;
}

/** The calls of a file, in their order. A list is never changed: cursors hold it. */
export class ToolCalls {
  #calls: readonly ToolCall[];

  constructor(calls: readonly ToolCall[]) {
    this.#calls = calls;
  }

  get all(): readonly ToolCall[] {
    return this.#calls;
  }

  /** @returns what has no room any more */
  open(call: ToolCall): readonly SourceEvent[] {
    this.#calls = [...this.#calls.filter(({id}) => id !== call.id), call];
    if (this.#calls.length <= MOST_CALLS) return [];
    const [oldest] = this.#calls;
    this.#calls = this.#calls.slice(1);
    return oldest === undefined || oldest.isGiven ? [] : [interrupted(oldest)];
  }

  /** The call that a result is of; undefined where it is not known. */
  close(id: string): ToolCall | undefined {
    const call = this.#calls.find((open) => open.id === id);
    if (call !== undefined) this.#calls = this.#calls.filter((open) => open !== call);
    return call;
  }

  /** Those that never got a result, once each. */
  interruptAll(): readonly SourceEvent[] {
    const events = this.#calls.filter(({isGiven}) => !isGiven).map(interrupted);
    if (events.length > 0) this.#calls = this.#calls.map((call) => ({...call, isGiven: true}));
    return events;
  }
}

function interrupted({id, name, input, frame, block}: ToolCall): SourceEvent {
  const metadata = {tool_name: name, tool_input: input, interrupted: true};
  return eventIn(frame, {type: 'tool_result', role: 'tool', text: '', eventId: id, block, metadata});
}

/** What a tool was given, with its long texts cut; of a file that was written, its path and size; of a plan, its heading and size. */
export function inputOf(name: string, given: unknown): JsonValue {
  const plan = name === 'ExitPlanMode' ? asObject(given)?.['plan'] : undefined;
  const beside = typeof plan === 'string' ? {plan: planHeading(plan)} : {};
  return boundInput(given, CONTENTS.get(name) ?? NO_CONTENTS, beside) ?? null;
}

/** Calls from a cursor's state. */
export function callsFrom(value: JsonValue | undefined): readonly ToolCall[] {
  return Array.isArray(value) ? (asKept<readonly ToolCall[]>(value) ?? []) : [];
}

/** What a result says beside its text. */
export function resultFacts(text: string, isError: boolean, result: Fields | undefined): JsonObject {
  const code = isError ? /^(?:Error: )?Exit code (\d+)/.exec(text)?.[1] : undefined;
  const wasInterrupted = result?.['interrupted'] === true || /^(Exit code \d+\n)?\[Request interrupted by user/.test(text);
  const subagent = asText(result?.['agentId']);
  return {
    ...(isError ? {is_error: true} : {}),
    ...(code === undefined ? {} : {exit_code: Number(code)}),
    ...(wasInterrupted ? {interrupted: true} : {}),
    ...(subagent === undefined ? {} : {subagent_id: subagent}),
  };
}
