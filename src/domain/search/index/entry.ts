import {type AgentEvent, compareEvents, type EpochMs, type EventId, type Role, type SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import {firstCodePoints} from '../../toc/tokens.js';
import type {SearchTokenizer} from '../words/tokenizer.js';
import {factTermsOf} from './fact-terms.js';
import {TermCounts} from './term-counts.js';

/** So many characters of a tool's output are searched. */
const TOOL_OUTPUT_CHARACTERS = 1_000;
/** So many characters of a tool's input are searched. */
const TOOL_INPUT_CHARACTERS = 300;

const IN_WORD = /^[\p{L}\p{N}_]/u;
/** Not more than a word may have: a run without end is base64. */
const LAST_WORD = /[\p{L}\p{N}_]{1,40}$/u;

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
  return searchedParts(event).join('\n\n');
}

function searchedParts(event: AgentEvent): readonly string[] {
  const {speaker, tool_input: input} = event.metadata;
  const text = event.type === 'tool_result' ? firstWords(event.text, TOOL_OUTPUT_CHARACTERS) : event.text;
  const parts = [text];
  if (typeof speaker === 'string') parts.push(speaker);
  if (input !== undefined) parts.push(firstWords(typeof input === 'string' ? input : JSON.stringify(input), TOOL_INPUT_CHARACTERS));
  return parts;
}

/** The beginning of a text without a word that its end cuts: a part of a word would be taken for one. */
function firstWords(text: string, characters: number): string {
  const first = firstCodePoints(text, characters);
  if (first.length === text.length || !IN_WORD.test(text.slice(first.length, first.length + 2))) return first;
  return first.replace(LAST_WORD, '');
}

/** What is counted of a session-day beside its terms. */
export type CountedEvents = Pick<SessionDayEntry, 'sessionId' | 'agent' | 'events'>;

/** Counts the terms of session-days, one after the other; the words that it met it knows again. */
export class SessionDayCounter {
  readonly #tokenizer: SearchTokenizer;
  readonly #counts = new TermCounts();

  constructor(tokenizer: SearchTokenizer) {
    this.#tokenizer = tokenizer;
  }

  /** @param events without those that are superseded, in any order */
  entryOf(sessionDay: Pick<SessionDayEntry, 'date' | 'sessionKey'>, events: readonly AgentEvent[]): SessionDayEntry {
    const counted = this.count(events);
    const postings = new Map<string, Postings>();
    for (const term of this.#counts.terms) postings.set(this.termOf(term), this.#counts.postingsOf(term));
    return {...sessionDay, ...counted, postings};
  }

  /** Counts the events. The terms are those of `terms` until the next session-day. */
  count(events: readonly AgentEvent[]): CountedEvents {
    const [tokenizer, counts] = [this.#tokenizer, this.#counts];
    tokenizer.forget();
    counts.begin();
    const sorted = [...events].sort(compareEvents);
    const indexed = sorted.map((event, number): IndexedEvent => {
      let length = 0;
      const count = (term: number): void => {
        length++;
        counts.add(term, number);
      };
      for (const part of searchedParts(event)) tokenizer.visit(part, count);
      for (const term of factTermsOf(event)) counts.add(tokenizer.numberOf(term), number);
      const {git_branch: branch} = event.metadata;
      const {id, time, role, project} = event;
      return {id, time, role, length, project, branch: typeof branch === 'string' ? branch : ''};
    });
    const [first] = sorted;
    return {sessionId: first?.sessionId ?? '', agent: first?.agent ?? '', events: indexed};
  }

  /** What was counted, by the numbers of terms. */
  get counts(): Pick<TermCounts, 'terms' | 'writePostings'> {
    return this.#counts;
  }

  termOf(number: number): string {
    return this.#tokenizer.numbered[number] ?? '';
  }
}
