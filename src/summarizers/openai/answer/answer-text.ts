import {cutAt} from '../../../language/cut.js';

// From texts: classes of literals are built while the bundle is parsed, by every command that loads it. Four of them took 1 ms (Node 20).
const CONTROLS = String.raw`\p{Cc}\p{Co}\p{Cn}\p{Cs}`;
const INVISIBLE = String.raw`\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\u{e0000}-\u{e0fff}`;
// Joiners and the selectors of emoji stay: scripts and pictures need them.
const UNWANTED = new RegExp(`[${CONTROLS}${INVISIBLE}]`, 'gu');
const LETTERS = String.raw`\p{L}\p{N}\p{S}`;
const BETWEEN_WORDS = new RegExp(`[^${LETTERS}]+`, 'gu');
const MOST_CHARACTERS = 400;

/** A text that a model wrote, on one line: spaces single, no controls, no mark of a list before it. */
export function plainLine(text: string): string {
  const single = text
    .toWellFormed()
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(UNWANTED, '');
  return single.replace(/^\s*(?:[-*•–]\s+)+/, '').trim();
}

/** At most so many words, and characters, with "…" where it was clipped. */
export function clipWords(text: string, most: number, mostCharacters: number = MOST_CHARACTERS): string {
  const words = text.split(' ');
  const few = words.length <= most ? text : `${words.slice(0, most).join(' ')}…`;
  return few.length <= mostCharacters ? few : `${cutAt(few, mostCharacters).trimEnd()}…`;
}

/** What two bullets have in common that say the same: their letters and digits. */
export function sameness(text: string): string {
  return text.toLowerCase().replace(BETWEEN_WORDS, ' ').trim();
}
