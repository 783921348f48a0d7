import {countWords, termsOf} from './terms.js';

/** Where a reader can stop: the rest explains, adds or compares. */
const BORDER =
  /[,;:](?=\s)|\s(?=[(—–-]\s?)|\s(?=(?:because|since|so|which|where|when|while|instead|rather|by|via|to avoid|and|but|weil|damit|parce que|porque|чтобы|потому)\s)|[、，；：](?=.)/giu;
const CLOSERS: Readonly<Record<string, string>> = {'(': ')', '[': ']', '{': '}', '“': '”', '„': '“', '«': '»'};
/** What is left of a text that is cut has at least so many words, and this share of the words that it may have. */
const LEAST_WORDS = 4;
const LEAST_SHARE = 0.5;
/** A text without a border may be this much longer before it is cut between words. */
const TOLERANCE = 1.4;

export interface CutText {
  readonly text: string;
  /** Something of it is left out. */
  readonly isCut: boolean;
}

/** At most `mostWords` words of a text, cut at a clause's border and marked with "…"; a little more where it has no border. */
export function cutClause(text: string, mostWords: number): CutText {
  if (countWords(text) <= mostWords) return {text, isCut: false};
  const least = Math.max(LEAST_WORDS, mostWords * LEAST_SHARE);
  let best = '';
  for (const {index} of text.matchAll(BORDER)) {
    if (!isOpen(text, index)) continue;
    const head = text.slice(0, index);
    if (countWords(head) > mostWords) break;
    if (countWords(head) >= least && termsOf(head).length >= 2) best = head;
  }
  if (best !== '') return {text: marked(best), isCut: true};
  if (countWords(text) <= mostWords * TOLERANCE) return {text, isCut: false};
  return {text: marked(headOf(text, mostWords)), isCut: true};
}

/** The parts of a text between semicolons that stand in no brackets and no quotation. */
export function splitParts(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('; '); at >= 0; at = text.indexOf('; ', at + 2)) {
    if (!isOpen(text, at, from)) continue;
    parts.push(text.slice(from, at));
    from = at + 2;
  }
  parts.push(text.slice(from));
  return parts;
}

function marked(head: string): string {
  return `${head.replace(/[\s,;:(—–-]+$/u, '')} …`;
}

/** The first words of a text, so many that no quotation is left open if that can be. */
function headOf(text: string, mostWords: number): string {
  let words = 0;
  let whole = text.length;
  let open = 0;
  for (const {index, 0: word} of text.matchAll(/\S+/g)) {
    words += countWords(word);
    if (words > mostWords) break;
    open = index + word.length;
    if (isOpen(text, open)) whole = open;
  }
  if (open === 0) return text.slice(0, mostWords * 2);
  return text.slice(0, whole < text.length && countWords(text.slice(0, whole)) >= LEAST_WORDS ? whole : open);
}

/** Whether no bracket, backtick or quotation is open at a place. */
function isOpen(text: string, end: number, from = 0): boolean {
  const closers: string[] = [];
  for (let at = from; at < end; at++) {
    const character = text.charAt(at);
    if (character === closers.at(-1)) {
      closers.pop();
    } else if (closers.at(-1) !== '`') {
      if (character === '`' || (character === '"' && isOpening(text, at))) closers.push(character);
      else if (CLOSERS[character] !== undefined) closers.push(CLOSERS[character] ?? '');
    }
  }
  return closers.length === 0;
}

/** A straight quotation mark opens after white space or a bracket. */
function isOpening(text: string, at: number): boolean {
  return at === 0 || /[\s([{]/.test(text.charAt(at - 1));
}
