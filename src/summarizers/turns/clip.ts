import {kindAt, UNSPACED} from '../../language/chars.js';
import {cutAt} from '../../language/cut.js';

/** A bullet's text, at most. */
const MOST_CHARACTERS = 400;
/** In a script without spaces two characters are about a word. */
const UNSPACED_WORD = 2;
/** Where a reader can stop: the rest explains, adds or compares. */
const BORDER =
  /[,;:](?=\s)|\s(?=[(—–-]\s?)|\s(?=(?:because|since|so|which|where|when|while|instead|rather|by|via|to avoid|and|but|weil|damit|parce que|porque|чтобы|потому)\s)|[、，；：](?=.)/giu;
const CLOSERS: Readonly<Record<string, string>> = {'(': ')', '[': ']', '{': '}', '“': '”', '„': '“', '«': '»'};
/** What is left of a text that is cut has at least so many words, and this share of the words that it may have. */
const LEAST_WORDS = 4;
const LEAST_SHARE = 0.5;
/** A text without a border may be this much longer before it is cut between words. */
const TOLERANCE = 1.4;

const LINK = /!?\[([^\]\n]{1,200})\]\((?:https?:|\/|#)[^)\s]{0,600}\)/g;

/** A program's mark around what was said: "<summary>The crane …". */
const ENCLOSING = /^\s*<[a-z]{1,30}>(?=\p{Lu})|<\/[a-z]{1,30}>\s*$/gu;

/** Text as a bullet shows it: white space single, marks of lists, headings, links and bold type dropped, and tags around it. What is nothing but marks stays. */
export function tidy(text: string): string {
  const bare = withoutMarks(text);
  return bare.trim() === '' ? text.replace(/\s+/g, ' ').trim() : bare;
}

function withoutMarks(text: string): string {
  const untagged = text.includes('<') ? text.replace(ENCLOSING, '') : text;
  const single = (untagged.includes('](') ? untagged.replace(LINK, '$1') : untagged)
    .replace(/\s+/g, ' ')
    .replace(/^[*|#>\s]+(?=\S)/, '')
    .replace(/[*|#>\s]+$/, '');
  return single.includes('**') || single.includes('__') ? withoutBold(single) : single;
}

/** Drops the marks of bold type around words, also unpaired ones at a cut; `**` in paths and code stays. */
function withoutBold(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(^|[\s("'[])(?:\*\*|__)(?=\S)|(?:\*\*|__)(?=$|[\s.,:;!?)"'\]])/g, '$1')))
    .join('`');
}

/** How many words a reader reads: what stands between white space; in a script without spaces, a word for two characters. */
export function countWords(text: string): number {
  let words = 0;
  let unspaced = 0;
  let isInWord = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x0e00 && kindAt(text, at) === UNSPACED) {
      unspaced++;
      isInWord = false;
    } else if (code <= 32 || code === 0xa0) {
      isInWord = false;
    } else if (!isInWord) {
      isInWord = true;
      words++;
    }
  }
  return words + Math.ceil(unspaced / UNSPACED_WORD);
}

/** At most `mostWords` words of a text, cut at a clause's border and marked with "…"; a little more where it has no border. */
export function clipped(text: string, mostWords: number): string {
  if (countWords(text) <= mostWords) return shortened(text);
  const least = Math.max(LEAST_WORDS, mostWords * LEAST_SHARE);
  let best = '';
  for (const {index} of text.matchAll(BORDER)) {
    if (!isOutside(text, index)) continue;
    const head = text.slice(0, index);
    if (countWords(head) > mostWords) break;
    if (countWords(head) >= least) best = head;
  }
  if (best !== '') return marked(best);
  return countWords(text) <= mostWords * TOLERANCE ? shortened(text) : marked(headOf(text, mostWords));
}

/** A word may be as long as a text. */
function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : marked(text);
}

/** The parts of a text between semicolons that stand in no brackets and no quotation. */
export function splitParts(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('; '); at >= 0; at = text.indexOf('; ', at + 2)) {
    if (!isOutside(text, at, from)) continue;
    parts.push(text.slice(from, at));
    from = at + 2;
  }
  parts.push(text.slice(from));
  return parts;
}

function marked(head: string): string {
  const kept = cutAt(head, MOST_CHARACTERS);
  const space = kept.length < head.length ? kept.lastIndexOf(' ') : -1;
  return `${(space > MOST_CHARACTERS / 2 ? kept.slice(0, space) : kept).replace(/[\s,;:(—–-]+$/u, '')} …`;
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
    if (isOutside(text, open)) whole = open;
  }
  if (open === 0) return text.slice(0, mostWords * 2);
  return text.slice(0, whole < text.length && countWords(text.slice(0, whole)) >= LEAST_WORDS ? whole : open);
}

/** Whether no bracket, backtick or quotation is open at a place. */
function isOutside(text: string, end: number, from = 0): boolean {
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

/** The name before a bullet. */
export function nameOf({speaker, role}: {readonly speaker?: string; readonly role: string}): string {
  return (
    cutAt((speaker ?? role).slice(0, 120), 60)
      .replace(/\s+/g, ' ')
      .trim() || role
  );
}
