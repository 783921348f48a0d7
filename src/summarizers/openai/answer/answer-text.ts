import {cutAt} from '../../../language/cut.js';

// From texts: a literal class is built while the bundle is parsed, by every command that loads it. Four of them took 1 ms (Node 20).
const CONTROLS = String.raw`\p{Cc}\p{Co}\p{Cn}\p{Cs}`;
const INVISIBLE = String.raw`\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\u{e0000}-\u{e0fff}`;
// Joiners and the emoji selectors stay: scripts and pictures need them.
const UNWANTED = new RegExp(`[${CONTROLS}${INVISIBLE}]`, 'gu');
const LETTERS = String.raw`\p{L}\p{N}\p{S}`;
const BETWEEN_WORDS = new RegExp(`[^${LETTERS}]+`, 'gu');
const MOST_CHARACTERS = 400;

/** A model's text on one line: single spaces, no control characters, no list mark at its start. */
export function plainLine(text: string): string {
  const single = text
    .toWellFormed()
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(UNWANTED, '');
  return single.replace(/^\s*(?:[-*•–]\s+)+/, '').trim();
}

/** At most `most` words and `mostCharacters` characters; a clipped text ends with "…". */
export function clipWords(text: string, most: number, mostCharacters: number = MOST_CHARACTERS): string {
  const words = text.split(' ');
  const few = words.length <= most ? text : `${words.slice(0, most).join(' ')}…`;
  return few.length <= mostCharacters ? few : `${cutAt(few, mostCharacters).trimEnd()}…`;
}

/** The letters and digits of a bullet: two bullets with the same ones say the same. */
export function sameness(text: string): string {
  return text.toLowerCase().replace(BETWEEN_WORDS, ' ').trim();
}
