import {REQUEST_VERBS} from '../turns/request-shapes.js';

/** A word in lower case before a colon, such as "fix: " or "docs(api): "; a task's number. */
const PREFIX = /^(?:[a-z]+(?:\([^)]*\))?!?|Fix|(?:Task|Step|Phase) \d+|[A-Z]{2,8}-\d+): (?=\S)/;
/** "fix: " and "revert: " may stand before a mere name of what was broken; any other prefix says what the verb behind it says again. */
const NAMELESS = /^(?:fix|revert)\b/;

/** A commit's subject without its prefix. */
export function withoutPrefix(subject: string): string {
  return subject.replace(PREFIX, '');
}

/** A commit's subject without a prefix that only says of which kind it is. */
export function withoutKind(subject: string): string {
  const bare = withoutPrefix(subject);
  const [verb = ''] = bare.split(' ', 1);
  return NAMELESS.test(subject) && !REQUEST_VERBS.has(verb) ? subject : bare;
}

/** A subject without the ticket behind it: "Draw the tides (ABC-12)". */
export function withoutTicket(subject: string): string {
  return subject.replace(/\s*\([A-Z]{2,8}-\d+\)$/, '');
}
