import {ExactNumber} from '../domain/event/json/exact-number.js';

/** What JSON.stringify writes for half of a surrogate pair, or of an `ExactNumber`: the only texts that need care. */
const NEEDS_CARE = /\\ud[89a-f]|"digits":/;
/** Names the texts of an object that were no Unicode. */
const MARK = 'not_unicode';

/**
 * `value` as JSON (RFC 8259) that every reader takes. A lone half of a surrogate pair, which strict readers such as jq refuse, becomes
 * U+FFFD, and the object that holds the text names it in `not_unicode`. Exact numbers keep their digits.
 * @param value what JSON.stringify takes, without methods @param indent spaces a step; 0 for one line
 */
export function strictJson(value: unknown, indent = 0): string {
  const json = JSON.stringify(value, null, indent);
  return NEEDS_CARE.test(json) ? write(value, indent, '\n') : json;
}

/** @param newline begins a line of the value's own depth */
function write(value: unknown, indent: number, newline: string): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof ExactNumber) return value.digits;
  const inner = indent === 0 ? '' : newline + ' '.repeat(indent);
  const isList = Array.isArray(value);
  const members = isList ? value.map((item) => write(item ?? null, indent, inner)) : membersOf(value, indent, inner);
  const [open, close] = isList ? '[]' : '{}';
  if (members.length === 0) return `${open}${close}`;
  return `${open}${inner}${members.join(`,${inner}`)}${indent === 0 ? '' : newline}${close}`;
}

function membersOf(object: object, indent: number, inner: string): string[] {
  const colon = indent === 0 ? ':' : ': ';
  const entries = Object.entries(object).filter(([, member]) => member !== undefined);
  const marked = entries.flatMap(([name, member]) => (isUnicode(name) && isUnicode(member) ? [] : [name]));
  const all = marked.length === 0 ? entries : [...entries, [MARK, marked] as const];
  return all.map(([name, member]) => `${JSON.stringify(name.toWellFormed())}${colon}${write(member, indent, inner)}`);
}

function isUnicode(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'string' || item.isWellFormed());
  return typeof value !== 'string' || value.isWellFormed();
}
