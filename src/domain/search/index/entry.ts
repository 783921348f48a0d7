import {type AgentEvent, compareEvents, type EpochMs, type EventId, type Role, type SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import {firstCodePoints} from '../../toc/tokens.js';
import type {SearchTokenizer} from '../words/tokenizer.js';
import {factTermsOf} from './fact-terms.js';

/** So many characters of a tool's output are searched. */
const TOOL_OUTPUT_CHARACTERS = 1_000;
/** So many characters of a tool's input are searched. */
const TOOL_INPUT_CHARACTERS = 300;

/** An event as the index knows it. */
export interface IndexedEvent {
  readonly id: EventId;
  readonly time: EpochMs;
  readonly role: Role;
  /** How many terms it has. */
  readonly length: number;
  readonly project: string;
  /** `metadata.git_branch`; empty where the source gave none. */
  readonly branch: string;
}

/** Where a term stands in a session-day: an event's number and how often, in turn, by rising number. */
export type Postings = readonly number[];

/** What the index holds about one session-day: a pure function of its events and the tokenizer's version. */
export interface SessionDayEntry {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly sessionId: string;
  readonly agent: string;
  /** In the one order of events. */
  readonly events: readonly IndexedEvent[];
  readonly postings: ReadonlyMap<string, Postings>;
}

/** The text of an event that is searched, its parts apart from each other. */
export function searchedText(event: AgentEvent): string {
  const {speaker, tool_input: input} = event.metadata;
  const text = event.type === 'tool_result' ? firstCodePoints(event.text, TOOL_OUTPUT_CHARACTERS) : event.text;
  const parts = [text];
  if (typeof speaker === 'string') parts.push(speaker);
  if (input !== undefined) parts.push(firstCodePoints(typeof input === 'string' ? input : JSON.stringify(input), TOOL_INPUT_CHARACTERS));
  return parts.join('\n\n');
}

/** Counts the terms of a session-day's events. @param events without those that are superseded, in any order */
export function countSessionDay(
  sessionDay: Pick<SessionDayEntry, 'date' | 'sessionKey'>,
  events: readonly AgentEvent[],
  tokenizer: SearchTokenizer,
): SessionDayEntry {
  const sorted = [...events].sort(compareEvents);
  const indexed: IndexedEvent[] = [];
  const postings = new Map<string, number[]>();
  sorted.forEach((event, number) => {
    let length = 0;
    tokenizer.visit(searchedText(event), (term) => {
      length++;
      const known = postings.get(term);
      if (known === undefined) postings.set(term, [number, 1]);
      else if (known[known.length - 2] === number) known[known.length - 1] = (known[known.length - 1] ?? 0) + 1;
      else known.push(number, 1);
    });
    for (const term of factTermsOf(event)) {
      const known = postings.get(term);
      if (known === undefined) postings.set(term, [number, 1]);
      else known.push(number, 1);
    }
    const {git_branch: branch} = event.metadata;
    const {id, time, role, project} = event;
    indexed.push({id, time, role, length, project, branch: typeof branch === 'string' ? branch : ''});
  });
  const [first] = sorted;
  return {...sessionDay, sessionId: first?.sessionId ?? '', agent: first?.agent ?? '', events: indexed, postings};
}
