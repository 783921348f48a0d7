import type {EventId} from '../../../src/domain/event/event.js';
import type {ChildSummary, EventForSummary, Summary} from '../../../src/domain/toc/summary.js';
import {extractiveSummarizer} from '../../../src/summarizers/extractive/extractive.js';

/** An id that only has to differ from others. */
export function eventId(number: number): EventId {
  return `01J${String(number).padStart(23, '0')}` as EventId;
}

/** Events of a user and an assistant in turns; a text that begins with "tool: " is a tool's. */
export function eventsOf(...texts: string[]): EventForSummary[] {
  return texts.map((text, at) => {
    const id = eventId(at);
    if (text.startsWith('tool: ')) return {id, type: 'tool_result', role: 'tool', text: text.slice(6)};
    return at % 2 === 0 ? {id, type: 'user_message', role: 'user', text} : {id, type: 'assistant_message', role: 'assistant', text};
  });
}

export function childOf(label: string, title: string, ...bullets: string[]): ChildSummary {
  return {label, title, keywords: [], bullets: bullets.map((text, at) => ({text, eventIds: [eventId(at)]}))};
}

export function summaryOf(events: readonly EventForSummary[]): Summary {
  const summary = extractiveSummarizer.summarizeEvents(events);
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
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim()} `;
}

/** A bullet's text without the name before it and the mark of a cut behind it. */
export function body(text: string): string {
  return text.replace(/^[^:]{1,60}: /, '').replace(/ ?…$/, '');
}
