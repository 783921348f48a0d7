import type {EpochMs, EventId} from '../../../src/domain/event/event.js';
import type {Fact} from '../../../src/domain/facts/fact.js';
import type {ChildSummary, EventForSummary, SegmentContext, Summary} from '../../../src/domain/toc/summary.js';
import {extractiveSummarizer} from '../../../src/summarizers/extractive/extractive.js';

/** An id that only has to differ from others. */
export function eventId(number: number): EventId {
  return `01J${String(number).padStart(23, '0')}` as EventId;
}

/** What an event without a project, a branch and facts has. */
export const PLAIN = {time: 0 as EpochMs, project: '', branch: '', facts: []} as const;

/** Events of a user and an assistant in turns; a text that begins with "tool: " is a tool's. */
export function eventsOf(...texts: string[]): EventForSummary[] {
  return texts.map((text, at) => {
    const id = eventId(at);
    if (text.startsWith('tool: ')) return {...PLAIN, id, type: 'tool_result', role: 'tool', text: text.slice(6)};
    const isAsked = at % 2 === 0;
    return {...PLAIN, id, type: isAsked ? 'user_message' : 'assistant_message', role: isAsked ? 'user' : 'assistant', text};
  });
}

export function childOf(label: string, title: string, ...bullets: string[]): ChildSummary {
  return {label, title, keywords: [], facts: [], workstreams: [], bullets: bullets.map((text, at) => ({text, eventIds: [eventId(at)]}))};
}

export function summaryOf(events: readonly EventForSummary[]): Summary {
  const summary = extractiveSummarizer.summarizeEvents(events, {});
  if (summary instanceof Promise) throw new TypeError('the extractive summarizer answers at once');
  return summary;
}

export function summaryOfChildren(tocLevel: 'day' | 'week' | 'month' | 'year', children: readonly ChildSummary[]): Summary {
  const summary = extractiveSummarizer.summarizeChildren(tocLevel, children);
  if (summary instanceof Promise) throw new TypeError('the extractive summarizer answers at once');
  return summary;
}

/** Letters and digits only, lower case, single spaces: how a quotation is compared with its text. */
export function squeezed(text: string): string {
  // `__` is bold type, also behind a word.
  const words = text
    .toLowerCase()
    .replace(/(?:__|[^\p{L}\p{N}_])+/gu, ' ')
    .trim();
  return words === '' ? ' ' : ` ${words} `;
}

/** A bullet's text without the name before it and the mark of a cut behind it. */
export function body(text: string): string {
  return text.replace(/^[^:]{1,60}: /, '').replace(/ ?…$/, '');
}

export function summarized(events: readonly EventForSummary[], context: SegmentContext = {}): Summary {
  const summary = extractiveSummarizer.summarizeEvents(events, context);
  if (summary instanceof Promise) throw new TypeError('the extractive summarizer answers at once');
  return summary;
}

/** A tool's result that tells facts. */
export function told(at: number, ...facts: Omit<Fact, 'eventIds'>[]): EventForSummary {
  const id = eventId(at);
  return {...PLAIN, id, type: 'tool_result', role: 'tool', text: 'ok', facts: facts.map((fact) => ({...fact, eventIds: [id]}))};
}

export const withBranch = (events: readonly EventForSummary[], branch: string) => events.map((event) => ({...event, branch}));
