import type {AgentEvent, EventId} from '../domain/event/event.js';
import {quoteText} from '../domain/recall/quote.js';
import {Calendar} from '../domain/time/period.js';
import type {Mem} from '../operations/mem.js';
import {readAround} from '../operations/toc/read-around.js';
import {escapeText} from '../text/escape.js';
import {type Answer, answer, frame} from './answer.js';

/** Of a long event so many characters at once. */
const MOST_EVENT_CHARACTERS = 6_000;

export interface EventRequest {
  /** Neighbours on either side. */
  readonly around: number;
  /** UTF-16 code units of the event to leave out. Behind the first it stands alone. */
  readonly offset: number;
}

/** An event with its neighbours, and in which session and on which branch it was. @throws MemError NO_NODE */
export async function readEvent(mem: Mem, id: EventId, {around, offset}: EventRequest): Promise<Answer> {
  const {events, timeZone, isFirst, isLast} = await readAround(mem, id, offset === 0 ? around : 0);
  const calendar = new Calendar(timeZone);
  const lines: string[] = [];
  let branch: string | undefined;
  for (const [at, event] of events.entries()) {
    const now = branchOf(event);
    if (at === 0) lines.push(sessionLine(event));
    else if (now !== branch && now !== undefined) lines.push(`On branch ${quoteText(now, escapeText)}:`);
    branch = now ?? branch;
    lines.push(...eventLines(event, calendar, event.id === id ? offset : 0));
  }
  const ends = [...(isFirst ? ['before'] : []), ...(isLast ? ['behind'] : [])];
  if (ends.length > 0) lines.push(`No more of this session within a day ${ends.join(' or ')}.`);
  return answer([frame(timeZone), ...lines]);
}

/** The branch that was checked out, where that is known. */
export function branchOf({metadata: {git_branch: branch}}: Pick<AgentEvent, 'metadata'>): string | undefined {
  return typeof branch === 'string' && branch !== '' ? branch : undefined;
}

function sessionLine(event: AgentEvent): string {
  const {sessionId, agent, project} = event;
  const named = Object.entries({Session: sessionId, agent, project, branch: branchOf(event) ?? ''}).filter(([, name]) => name !== '');
  return `${named.map(([what, name]) => `${what} ${quoteText(name, escapeText)}`).join(', ')}:`;
}

/** Each line of what was said stands behind a `>`, so nothing in it begins a line of the answer. */
function eventLines({id, role, time, text}: AgentEvent, calendar: Calendar, offset: number): readonly string[] {
  const from = offset > 0 && isLowSurrogate(text, offset) ? offset + 1 : offset;
  const end = isLowSurrogate(text, from + MOST_EVENT_CHARACTERS) ? from + MOST_EVENT_CHARACTERS - 1 : from + MOST_EVENT_CHARACTERS;
  const part = text.slice(from, end);
  const rest = end < text.length ? [`(${text.length - end} characters more: offset ${end})`] : [];
  const said = escapeText(part, {multiline: true}).trimEnd().split('\n');
  return [`${calendar.format(time).slice(0, 16).replace('T', ' ')} ${role} [${id}]`, ...said.map((line) => `> ${line}`), ...rest];
}

/** Whether a cut here would part a character in two. */
function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
