/** A word in lower case before a colon, such as "fix: " or "docs(api): ". */
const PREFIX = /^[a-z]+(?:\([^)]*\))?!?: (?=\S)/;
/** What the prefix says, the verb behind it says again; "fix: " and "revert: " may stand before a mere name of what was broken. */
const CHANGE = /^(?!(?:fix|revert)\b)[a-z]+(?:\([^)]*\))?!?: (?=\p{Ll}+ )/u;

export function isCommitPrefix(label: string): boolean {
  return PREFIX.test(`${label}: …`);
}

/** A commit's subject without its prefix. */
export function withoutPrefix(subject: string): string {
  return subject.replace(PREFIX, '');
}

/** A commit's subject without a prefix that only says of which kind it is. */
export function withoutKind(subject: string): string {
  return subject.replace(CHANGE, '');
}
