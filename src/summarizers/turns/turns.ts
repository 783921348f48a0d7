import type {Fact} from '../../domain/facts/fact.js';
import type {EventForSummary, SegmentContext} from '../../domain/toc/summary.js';
import {readUserMessage, type UserMessage, withoutLabel} from './user-message.js';

/** A user's message and what follows it up to the next one. */
export interface Turn {
  /** Undefined where a segment begins in the middle of a turn and nothing is known of its request. */
  readonly message: UserMessage | undefined;
  /** False of the request in force: it stands before the segment. */
  readonly isCitable: boolean;
  /** The assistant's last message in the turn. */
  readonly report: EventForSummary | undefined;
  /** What the assistant said before it. */
  readonly progress: readonly EventForSummary[];
  /** Of its events, and the document that the report is. */
  readonly facts: readonly Fact[];
  /** The tasks of a plan that subagents were given. */
  readonly delegated: readonly string[];
}

/** Whether an event is a message under the user's name. */
export function isUserMessage({type}: EventForSummary): boolean {
  return type === 'user_message';
}

/** A report that begins with a heading is a document: a plan, a design. */
const HEADING = /^\s*# (?=.*\p{L})(.{4,200})/u;

function documentOf(report: EventForSummary | undefined): Fact[] {
  const heading = HEADING.exec(report?.text ?? '')?.[1];
  return report === undefined || heading === undefined ? [] : [{kind: 'plan', text: withoutLabel(heading), eventIds: [report.id]}];
}

/** "Here is Task 3: Draw the tides", "**Task:** Draw the tides"; to review a task is another one. */
const DELEGATED = /^(?!.{0,40}\breview).{0,60}?\btask(?: \d+)?:[*_]* +(\S.{3,199})/iu;

/** The task that a subagent was given, by the first line that says something; undefined where it was not called one. */
function delegatedIn({type, text}: EventForSummary): string | undefined {
  if (type !== 'subagent_start') return undefined;
  return DELEGATED.exec(/\S[^\r\n]*/.exec(text.slice(0, 1_000))?.[0] ?? '')?.[1];
}

/**
 * A list of tasks that is printed for the first time tells what was done before, too: of its finished ones only the last was finished just now.
 * @param seen tasks that an event before told; what this one tells is added
 */
function withoutDoneBefore(facts: readonly Fact[], seen: Set<string>): readonly Fact[] {
  const tasks = facts.filter(({kind}) => kind === 'task');
  if (tasks.length === 0) return facts;
  const last = tasks.findLast(({state}) => state === 'done');
  const kept = facts.filter((fact) => fact === last || fact.kind !== 'task' || fact.state !== 'done' || seen.has(fact.text));
  for (const {text} of tasks) seen.add(text);
  return kept;
}

/** The turns of a segment, in order. */
export function readTurns(events: readonly EventForSummary[], {request}: SegmentContext): Turn[] {
  const turns: Turn[] = [];
  let message = request === undefined ? undefined : readUserMessage(request);
  let isCitable = false;
  let said: EventForSummary[] = [];
  let facts: Fact[] = [];
  let delegated: string[] = [];
  const close = () => {
    if (message === undefined && said.length + facts.length + delegated.length === 0) return;
    const report = said.at(-1);
    turns.push({message, isCitable, report, progress: said.slice(0, -1), facts: [...facts, ...documentOf(report)], delegated});
  };
  const tasks = new Set<string>();
  for (const event of events) {
    const next = isUserMessage(event) ? readUserMessage(event) : undefined;
    if (next !== undefined) {
      // A request in force that nothing followed up on says nothing of this segment.
      if (isCitable || said.length + facts.length + delegated.length > 0) close();
      message = next;
      isCitable = true;
      said = [];
      facts = [];
      delegated = [];
    }
    if (event.type === 'assistant_message' && event.text.trim() !== '') said.push(event);
    const task = delegatedIn(event);
    if (task !== undefined) delegated.push(task);
    facts.push(...withoutDoneBefore(event.facts, tasks));
  }
  close();
  return turns;
}
