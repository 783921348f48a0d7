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
  const [verb = ''] = bare.replace(/^\p{Ll}+ly /u, '').split(' ', 1);
  return NAMELESS.test(subject) && !REQUEST_VERBS.has(verb) ? subject : bare;
}

/** A subject without the ticket behind it: "Draw the tides (ABC-12)". */
export function withoutTicket(subject: string): string {
  return subject.replace(/\s*\([A-Z]{2,8}-\d+\)$/, '');
}

/** Whether a commit names a version: that says enough, however short it is. */
export function isRelease(subject: string): boolean {
  return /(?<![\w.])v?\d+\.\d+/.test(subject);
}

/** What is new is what a piece of work is about, and its tests and documents are a part of it. */
const WORTH: Readonly<Record<string, number>> = {feat: 1.25, docs: 0.7, test: 0.6, style: 0.4, chore: 0.5, ci: 0.5, build: 0.7};

/** "Add a test mode" adds a mode. */
const TESTS = /^(?:add|create|extend|update|write) (?:[\w-]+ ){0,2}tests?(?=$| (?:for|of|to|that|about|in|with)\b)/i;
const DOCUMENTS =
  /^(?:add|extend|update|write) (?:[\w.-]+ ){0,2}(?:docs|documentation|README|CHANGELOG)(?: documentation)?(?=$| (?:for|of|to|that|about|in|with)\b)/i;

/** How much a commit or a task tells of the work, by the prefix that says of which kind it is, or by what it begins with: a factor. */
export function worthOfPrefix(subject: string): number {
  const [kind = ''] = /^[a-z]+(?=[(:!])/.exec(subject) ?? [];
  if (Object.hasOwn(WORTH, kind)) return WORTH[kind] ?? 1;
  const bare = withoutPrefix(subject);
  return WORTH[TESTS.test(bare) ? 'test' : DOCUMENTS.test(bare) ? 'docs' : ''] ?? 1;
}
