import {classOf, isUpper, kindAt, LOW, SPACE, UNSPACED, WORD} from './chars.js';

/** An identifier holds letters of both cases, an underscore, or letters and digits; a number holds no letter, or is a hash. */
export type WordShape = 'word' | 'code' | 'number';

/** Where the word ends that begins at `start`. */
export function endOfWord(text: string, start: number, to: number): number {
  let at = start + 1;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === 32) break;
    const kind = kindAt(text, at);
    if (kind === WORD || kind === LOW) at++;
    else if ((code === 39 || code === 0x2019) && at + 1 < to && kindAt(text, at + 1) === WORD) at += 2;
    else break;
  }
  return at;
}

/** Where a run of letters of a script without spaces ends. */
export function endOfRun(text: string, start: number, to: number): number {
  let at = start + 1;
  while (at < to) {
    const kind = kindAt(text, at);
    if (kind !== UNSPACED && kind !== LOW) break;
    at++;
  }
  return at;
}

/** Whether a code unit is a letter of Katakana. */
export function isKatakana(code: number): boolean {
  return code >= 0x30a0 && code <= 0x30ff;
}

/** The shape of the word at [start, end). */
export function shapeOf(text: string, start: number, end: number): WordShape {
  let digits = 0;
  let letters = 0;
  let humps = 0;
  let hexLetters = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 95 && at > start) humps++;
    else {
      letters++;
      if (code >= 97 && code <= 102) hexLetters++;
      else if (at > start + 1 && isUpper(code) && !isUpper(text.charCodeAt(at - 1))) humps++;
    }
  }
  const length = end - start;
  if (length > 40 || letters === 0 || (digits > 0 && length >= 6 && letters === hexLetters)) return 'number';
  return humps > 0 || (digits > 0 && letters > 0) ? 'code' : 'word';
}

const TRAILING = new Set(Array.from('.:!?-/\\=', (character) => character.charCodeAt(0)));
const IN_TOKEN = new Set(Array.from('/._:#@\\=-~$+%&', (character) => character.charCodeAt(0)));

/** Everything between the white space around [start, end): a path with its slashes, a flag with its dashes. */
export function wholeToken(text: string, start: number, end: number): {readonly start: number; readonly end: number} {
  let from = start;
  let to = end;
  while (from > 0 && start - from < 80 && isInToken(text.charCodeAt(from - 1))) from--;
  while (to < text.length && to - end < 80 && isInToken(text.charCodeAt(to))) to++;
  while (to > end && TRAILING.has(text.charCodeAt(to - 1))) to--;
  return {start: from, end: to};
}

function isInToken(code: number): boolean {
  const kind = classOf(code);
  return kind !== SPACE && (kind === WORD || kind === LOW || IN_TOKEN.has(code));
}
