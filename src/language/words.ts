import {classOf, kindAt, LOW, SPACE, UNSPACED, WORD} from './chars.js';
import {Ints} from './numbers.js';
import {hashWord} from './stem.js';
import {Terms} from './terms.js';

/** How a word is joined to the one before: not at all, by a hyphen, or as parts of a path or an identifier. */
export const APART = 0;
export const HYPHENED = 1;
export const CODE_JOINED = 2;

const HYPHEN = 45;
const CODE_JOINTS = new Set(Array.from('/._:#@\\=', (character) => character.charCodeAt(0)));

let segmenter: Intl.Segmenter | undefined;

/** The words of one input in sequence: the place and the term of each. Used again for the next input. */
export class Words {
  readonly terms = new Terms();
  readonly start = new Ints();
  readonly end = new Ints();
  readonly term = new Ints();
  readonly joint = new Ints();
  count = 0;

  clear(): void {
    this.terms.clear();
    this.count = 0;
  }

  /**
   * Adds the words of `text` within [from, to). Linear in their length. @param group the event or child that they count for
   * @param weight how much an occurrence counts, 0 to 1
   */
  scan(text: string, from: number, to: number, group: number, weight: number): void {
    // A single letter is a word: without spaces, one may follow the other.
    const most = this.count + to - from + 1;
    this.start.reserve(most);
    this.end.reserve(most);
    this.term.reserve(most);
    this.joint.reserve(most);
    let previousEnd = -2;
    let at = from;
    while (at < to) {
      const kind = kindAt(text, at);
      if (kind === WORD) {
        const end = endOfWord(text, at, to);
        this.#push(text, at, end, jointBetween(text, previousEnd, at), group, weight);
        previousEnd = end;
        at = end;
      } else if (kind === UNSPACED) {
        const end = endOfRun(text, at, to);
        this.#pushRun(text, at, end, group, weight);
        at = end;
      } else {
        at++;
      }
    }
  }

  #push(text: string, start: number, end: number, joint: number, group: number, weight: number): void {
    const term = this.terms.intern(hashWord(text, start, end), text, start, end);
    this.terms.seen(term, group, weight);
    const word = this.count++;
    this.start.values[word] = start;
    this.end.values[word] = end;
    this.term.values[word] = term;
    this.joint.values[word] = joint;
  }

  #pushRun(text: string, from: number, to: number, group: number, weight: number): void {
    segmenter ??= new Intl.Segmenter('en', {granularity: 'word'});
    // The segmenter splits words that it does not know. A word in Katakana goes on until other letters begin.
    let katakana = -1;
    for (const {index, segment, isWordLike} of segmenter.segment(text.slice(from, to))) {
      const start = from + index;
      if (isWordLike && isKatakana(text, start)) {
        if (katakana < 0) katakana = start;
        continue;
      }
      if (katakana >= 0) this.#push(text, katakana, start, APART, group, weight);
      katakana = -1;
      if (isWordLike) this.#push(text, start, start + segment.length, APART, group, weight);
    }
    if (katakana >= 0) this.#push(text, katakana, to, APART, group, weight);
  }
}

function endOfWord(text: string, start: number, to: number): number {
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

function endOfRun(text: string, start: number, to: number): number {
  let at = start + 1;
  while (at < to) {
    const kind = kindAt(text, at);
    if (kind !== UNSPACED && kind !== LOW) break;
    at++;
  }
  return at;
}

function isKatakana(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30a0 && code <= 0x30ff;
}

function jointBetween(text: string, previousEnd: number, start: number): number {
  if (start !== previousEnd + 1) return APART;
  const code = text.charCodeAt(previousEnd);
  if (code === 32) return APART;
  if (code === HYPHEN) return HYPHENED;
  return CODE_JOINTS.has(code) ? CODE_JOINED : APART;
}

/** Everything between the white space around [start, end): a path with its slashes, a flag with its dashes. */
export function wholeToken(text: string, start: number, end: number): {start: number; end: number} {
  let from = start;
  let to = end;
  while (from > 0 && start - from < 80 && isInToken(text.charCodeAt(from - 1))) from--;
  while (to < text.length && to - end < 80 && isInToken(text.charCodeAt(to))) to++;
  while (to > end && TRAILING.has(text.charCodeAt(to - 1))) to--;
  return {start: from, end: to};
}

const TRAILING = new Set(Array.from('.:!?-/\\=', (character) => character.charCodeAt(0)));
const IN_TOKEN = new Set(Array.from('/._:#@\\=-~$+%&', (character) => character.charCodeAt(0)));

function isInToken(code: number): boolean {
  const kind = classOf(code);
  return kind !== SPACE && (kind === WORD || kind === LOW || IN_TOKEN.has(code));
}
