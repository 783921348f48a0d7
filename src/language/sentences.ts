import {classOf, SPACE, UNSPACED, WORD} from './chars.js';
import {classifyLine} from './lines.js';

/**
 * The kind of a sentence. A `headline` is a heading of the first rank, an `item` stands in a list, a `thought` was not said aloud, an `aside`
 * is a note in brackets or quoted, a `topic` is a whole part of a title.
 */
export type SentenceKind = 'prose' | 'item' | 'headline' | 'heading' | 'topic' | 'thought' | 'aside' | 'code';

/** The sentence text[from, to). Those of one block stand in one paragraph. */
export interface RawSentence {
  readonly from: number;
  readonly to: number;
  readonly block: number;
  readonly kind: SentenceKind;
}

/** Tags around text that a program inserted: nobody said what is inside. */
const MACHINE_TAG = /<([a-z]{1,30}-[a-z-]{1,40})(?:\s[^>\n]{0,200})?>/y;

/**
 * Finds the sentences of text[from, to) in sequence: written text, without markers of lists and headings, code, tables and output of
 * programs. @param withCode true includes code and output
 */
export function cutSentences(text: string, from: number, to: number, withCode: boolean): RawSentence[] {
  const found: RawSentence[] = [];
  let block = 0;
  let blockStart = -1;
  let blockEnd = -1;
  let kind: SentenceKind = 'prose';
  let fenced = false;
  let thinking = false;
  let closing = '';
  let pasted = false;
  const isSaid = () => kind === 'prose' || kind === 'item';
  const isOf = (other: SentenceKind) => kind === other;
  const close = () => {
    if (blockStart >= 0) cutBlock(found, text, blockStart, blockEnd, block++, isSaid() && thinking ? 'thought' : kind);
    blockStart = -1;
  };
  const open = (start: number, end: number, as: SentenceKind) => {
    close();
    blockStart = start;
    blockEnd = end;
    kind = as;
  };
  for (let start = from; start < to; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline > to ? to : newline;
    const line = classifyLine(text, start, end);
    const at = line.start;
    if (closing !== '') {
      if (text.slice(start, end).includes(closing)) closing = '';
    } else if (line.kind === 'fence') {
      close();
      fenced = !fenced;
    } else if (isTripleQuote(text, start, end) && (pasted || text.indexOf('"""', end) >= 0)) {
      close();
      pasted = !pasted;
    } else if (fenced) {
      if (withCode && line.kind !== 'blank') open(at, end, 'code');
    } else {
      switch (line.kind) {
        case 'prose': {
          const as: SentenceKind = pasted || line.isQuoted ? 'aside' : 'prose';
          // A paragraph continues over the end of a line. After a list's line it does so only if that is plain.
          if (blockStart >= 0 && ((as === 'prose' ? isSaid() : isOf(as)) || goesOn(text, at))) blockEnd = end;
          else open(at, end, as);
          break;
        }
        case 'headline':
        case 'heading':
          open(at, end, pasted ? 'aside' : line.kind);
          break;
        case 'listed':
          open(at, end, pasted || line.isQuoted ? 'aside' : 'item');
          break;
        case 'code':
          if (blockStart >= 0 && isSaid() && goesOn(text, at) && end - at > 20) blockEnd = end;
          else if (withCode) open(at, end, 'code');
          else close();
          break;
        case 'tag': {
          close();
          if (text.startsWith('<thinking>', at)) thinking = true;
          else if (text.startsWith('</thinking>', at)) thinking = false;
          else {
            MACHINE_TAG.lastIndex = at;
            const name = MACHINE_TAG.exec(text)?.[1];
            if (name !== undefined && !withCode && !text.slice(at, end).includes(`</${name}>`)) closing = `</${name}>`;
            if (withCode) open(at, end, 'code');
          }
          break;
        }
        case 'blank':
        case 'noise':
          close();
          if (withCode && line.kind === 'noise') open(at, end, 'code');
          break;
      }
    }
    start = end + 1;
  }
  close();
  return found;
}

function isTripleQuote(text: string, start: number, end: number): boolean {
  return text.charCodeAt(start) === 34 && end - start < 12 && text.startsWith('"""', start);
}

function goesOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 97 && code <= 122;
}

const ABBREVIATIONS = new Set([
  'dr',
  'mr',
  'mrs',
  'ms',
  'st',
  'vs',
  'eg',
  'ie',
  'e.g',
  'i.e',
  'etc',
  'no',
  'fig',
  'cf',
  'approx',
  'jr',
  'sr',
]);

const END = 1;
/** Ends a sentence without a space after it. */
const WIDE_END = 2;
const CLOSER = 4;
const BACKTICK = 8;
const NEWLINE = 16;
// By code unit. It is a table, because every character that mem reads is looked up.
const MARKS = new Uint8Array(65_536);
for (const [characters, mark] of [
  ['.!?…', END | CLOSER],
  ['。！？｡', WIDE_END | CLOSER],
  ['"\'’”»)]*_~」』）', CLOSER],
  ['`', BACKTICK],
  ['\n', NEWLINE],
] as const) {
  for (const character of characters) MARKS[character.charCodeAt(0)] = mark;
}

function markAt(text: string, at: number): number {
  return MARKS[text.charCodeAt(at)] ?? 0;
}

function cutBlock(found: RawSentence[], text: string, from: number, to: number, block: number, kind: SentenceKind): void {
  let start = from;
  let inCode = false;
  for (let at = from; at < to; at++) {
    const mark = markAt(text, at);
    if (mark === 0 || mark === CLOSER) continue;
    if (mark === BACKTICK) {
      inCode = !inCode;
    } else if (mark === NEWLINE) {
      inCode = false;
      const next = skipSpace(text, at, to);
      if (next < to && goesOn(text, next)) continue;
      found.push({from: start, to: at, block, kind});
      start = next;
    } else if (!inCode || mark & WIDE_END) {
      let end = at + 1;
      while (end < to && markAt(text, end) & CLOSER) end++;
      if (end < to && !(mark & WIDE_END) && !endsHere(text, start, at, end, to)) {
        at = end - 1; // Skips the run: otherwise a megabyte of full stops would be read a megabyte of times.
        continue;
      }
      found.push({from: start, to: end, block, kind});
      start = skipSpace(text, end, to);
      at = start - 1;
    }
  }
  if (start < to) found.push({from: start, to: to, block, kind});
}

function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && classOf(text.charCodeAt(at)) === SPACE) at++;
  return at;
}

/** Whether the sentence from `start` ends with the mark at `dot`, whose run of marks ends at `end`. */
function endsHere(text: string, start: number, dot: number, end: number, to: number): boolean {
  const behind = classOf(text.charCodeAt(end));
  if (behind !== SPACE) return behind === UNSPACED;
  if (text.charCodeAt(dot) !== 46) return true;
  const next = skipSpace(text, end, to);
  if (next < to && goesOn(text, next)) return false;
  let at = dot;
  while (at > start && dot - at < 7 && (classOf(text.charCodeAt(at - 1)) === WORD || text.charCodeAt(at - 1) === 46)) at--;
  if (dot - at > 6) return true;
  const word = text.slice(at, dot).toLowerCase();
  if (word.length === 1 && word !== 'i') return false;
  return !ABBREVIATIONS.has(word);
}
