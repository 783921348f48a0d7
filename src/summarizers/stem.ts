import {lowerOf} from './chars.js';

// Code units of lower-case letters.
const D = 100;
const E = 101;
const G = 103;
const I = 105;
const L = 108;
const N = 110;
const S = 115;
const U = 117;
const Y = 121;
const Z = 122;
const APOSTROPHE = 39;
const CURLY_APOSTROPHE = 0x2019;
const UNDERSCORE = 95;

const VOWELS = new Uint8Array(65_536);
for (const letter of 'aeiouy') VOWELS[letter.charCodeAt(0)] = 1;

/** Of a longer word only so many letters count. */
const MOST = 64;
const letters = new Uint16Array(MOST);

function letterAt(at: number): number {
  return letters[at] ?? 0;
}

/**
 * A hash of the word at [start, end), the same for its common English forms (test, tests, tested, testing; city, cities) and for upper and
 * lower case. No string is made: this runs for every word that mem reads.
 */
export function hashWord(text: string, start: number, end: number): number {
  let from = start;
  let to = end - start > MOST ? start + MOST : end;
  while (from < to - 1 && text.charCodeAt(from) === UNDERSCORE) from++;
  while (to - 1 > from && text.charCodeAt(to - 1) === UNDERSCORE) to--;
  let length = to - from;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(from + at);
    letters[at] = code >= 97 && code <= 122 ? code : code === CURLY_APOSTROPHE ? APOSTROPHE : lowerOf(code);
  }
  if (length > 3) length = stemLength(length);
  if (length > 2 && letterAt(length - 1) === Y) letters[length - 1] = I;
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ letterAt(at), 0x01000193);
  return hash ^ (hash >>> 13);
}

/** How many of the `full` letters are the word's stem. Errs on the side of leaving a word as it is. */
function stemLength(full: number): number {
  let length = full;
  if (letterAt(length - 1) === S) {
    const before = letterAt(length - 2);
    if (before === APOSTROPHE) {
      length -= 2;
    } else if (before !== S && before !== U && before !== I) {
      length -= 1;
      if (length > 3 && before === E && letterAt(length - 2) === I) return length - 1;
    }
    if (length < 4) return length;
  }
  const last = letterAt(length - 1);
  if (last === G && length >= 6 && letterAt(length - 2) === N && letterAt(length - 3) === I) length = withoutSuffix(length, 3);
  else if (last === D && length >= 5 && letterAt(length - 2) === E && letterAt(length - 3) !== E) length = withoutSuffix(length, 2);
  return length >= 4 && letterAt(length - 1) === E ? length - 1 : length;
}

function withoutSuffix(length: number, suffix: number): number {
  const cut = length - suffix;
  let hasVowel = false;
  for (let at = 0; at < cut; at++) if (VOWELS[letterAt(at)] === 1) hasVowel = true;
  if (!hasVowel) return length;
  const last = letterAt(cut - 1);
  const isDoubled = cut > 3 && last === letterAt(cut - 2) && last !== L && last !== S && last !== Z && VOWELS[last] !== 1;
  return isDoubled ? cut - 1 : cut;
}

/** A hash of two words in this order. */
export function hashPair(first: number, second: number): number {
  return Math.imul(first, 0x9e3779b1) ^ second;
}
