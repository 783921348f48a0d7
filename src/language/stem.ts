import {lowerOf} from './chars.js';

// Code units of lower-case letters.
const D = 100;
const E = 101;
const G = 103;
const H = 104;
const I = 105;
const L = 108;
const M = 109;
const N = 110;
const O = 111;
const S = 115;
const T = 116;
const U = 117;
const Y = 121;
const Z = 122;
const APOSTROPHE = 39;
const CURLY_APOSTROPHE = 0x2019;
const UNDERSCORE = 95;

const VOWELS = new Uint8Array(65_536);
for (const letter of 'aeiouy') VOWELS[letter.charCodeAt(0)] = 1;

/** Only this many letters of a longer word count. */
const MOST = 64;

/** A letter in lower case. */
function letterAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122 ? code : code === CURLY_APOSTROPHE ? APOSTROPHE : lowerOf(code);
}

/**
 * A hash of the word at [start, end). Its common English forms (test, tests, tested, testing; city, cities) and both cases have the same
 * hash. It makes no string and copies nothing: it runs for every word that mem reads.
 */
export function hashWord(text: string, start: number, end: number): number {
  let from = start;
  let to = end - start > MOST ? start + MOST : end;
  while (from < to - 1 && text.charCodeAt(from) === UNDERSCORE) from++;
  while (to - 1 > from && text.charCodeAt(to - 1) === UNDERSCORE) to--;
  if (to - from > 3) to = endOfStem(text, from, to);
  let hash = 0x811c9dc5;
  for (let at = from; at < to - 1; at++) hash = Math.imul(hash ^ letterAt(text, at), 0x01000193);
  const last = letterAt(text, to - 1);
  hash = Math.imul(hash ^ (last === Y && to - from > 2 ? I : last), 0x01000193);
  return hash ^ (hash >>> 13);
}

/** Where the stem of the word at [from, to) ends. In doubt it leaves the word as it is. */
function endOfStem(text: string, from: number, to: number): number {
  let end = to;
  let last = letterAt(text, end - 1);
  if (last === S) {
    const before = letterAt(text, end - 2);
    if (before === APOSTROPHE) {
      end -= 2;
    } else if (before !== S && before !== U && before !== I) {
      end -= 1;
      if (end - from > 3 && before === E && letterAt(text, end - 2) === I) return end - 1;
    }
    if (end - from < 4) return end;
    last = letterAt(text, end - 1);
  }
  if (last === G && end - from >= 6 && letterAt(text, end - 2) === N && letterAt(text, end - 3) === I)
    end = withoutSuffix(text, from, end, 3);
  else if (last === D && end - from >= 5 && letterAt(text, end - 2) === E && letterAt(text, end - 3) !== E)
    end = withoutSuffix(text, from, end, 2);
  return end - from >= 4 && letterAt(text, end - 1) === E && !isLikeSmallWord(text, from, end) ? end - 1 : end;
}

/** "note" and "theme": without their last letter they would be small words. */
function isLikeSmallWord(text: string, from: number, end: number): boolean {
  const length = end - from;
  if (length > 5) return false;
  const first = letterAt(text, from);
  const second = letterAt(text, from + 1);
  return length === 4
    ? first === N && second === O && letterAt(text, from + 2) === T
    : first === T && second === H && letterAt(text, from + 3) === M;
}

function withoutSuffix(text: string, from: number, end: number, suffix: number): number {
  const cut = end - suffix;
  let hasVowel = false;
  for (let at = from; at < cut && !hasVowel; at++) hasVowel = VOWELS[letterAt(text, at)] === 1;
  if (!hasVowel) return end;
  const last = letterAt(text, cut - 1);
  const isDoubled = cut - from > 3 && last === letterAt(text, cut - 2) && last !== L && last !== S && last !== Z && VOWELS[last] !== 1;
  return isDoubled ? cut - 1 : cut;
}
