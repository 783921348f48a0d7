import {WIDE, ZERO} from './width-table.js';

const BLACK_FLAG = '\u{1f3f4}';
/** ASCII, dashes, quotes, bullets, what trees are drawn with: a column each. Most texts, and told much sooner than cell by cell. */
const NARROW = /^[\x20-\x7e\xb7\u2010-\u2027\u2500-\u257f]*$/;
/** One character on the screen: a code point with its combining characters. */
export interface Cell {
  readonly text: string;
  /** In columns: 1 or 2. */
  readonly width: number;
}

function codePointWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (isInRuns(code, ZERO)) return 0;
  return isInRuns(code, WIDE) || isRegionalIndicator(character) ? 2 : 1;
}

/** @param runs first and last code point of each run, in order */
function isInRuns(code: number, runs: readonly number[]): boolean {
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle * 2 + 1] ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return code >= (runs[low * 2] ?? Number.POSITIVE_INFINITY);
}

function isRegionalIndicator(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

/** Letters and digits of a flag of a part of a country, and the sign at their end. */
function isTag(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xe0020 && code <= 0xe007f;
}

function isSkinTone(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x1f3fb && code <= 0x1f3ff;
}

/** The cells of an escaped text: joined emoji, flags and combined characters are one cell each. */
export function cellsOf(text: string): readonly Cell[] {
  const cells: {text: string; width: number}[] = [];
  let isJoined = false;
  let isHalfFlag = false;
  for (const character of text) {
    const last = cells.at(-1);
    const width = codePointWidth(character);
    const isFlagsEnd: boolean =
      (isHalfFlag && isRegionalIndicator(character)) || (isTag(character) && last?.text.startsWith(BLACK_FLAG) === true);
    if (last !== undefined && (width === 0 || isJoined || isFlagsEnd || (isSkinTone(character) && last.width === 2))) {
      last.text += character;
      if (character === '\ufe0f') last.width = 2;
    } else {
      cells.push({text: character, width: Math.max(1, width)});
    }
    isHalfFlag = isRegionalIndicator(character) && !isFlagsEnd;
    isJoined = character === '\u200d';
  }
  return cells;
}

/** The columns that an escaped text takes on a terminal. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  return cellsOf(text).reduce((sum, {width}) => sum + width, 0);
}

/**
 * Breaks `text` into lines of at most `width` columns, at spaces. A word that is too long, or in wide characters (those scripts have no
 * spaces), is broken anywhere. White space between words becomes one space. An empty text gives no line.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const flush = () => {
    if (line !== '') lines.push(line);
    line = '';
    used = 0;
  };
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    const wordWidth = widthOf(word);
    const gap = used === 0 ? 0 : 1;
    if (used + gap + wordWidth <= width) {
      line += ' '.repeat(gap) + word;
      used += gap + wordWidth;
      continue;
    }
    if (wordWidth <= width && NARROW.test(word)) {
      flush();
      line = word;
      used = wordWidth;
      continue;
    }
    const cells = cellsOf(word);
    const isBreakable = wordWidth > width || cells.some((cell) => cell.width > 1);
    if (!isBreakable || used + gap + 2 > width) flush();
    else if (gap === 1) {
      line += ' ';
      used += 1;
    }
    for (const cell of cells) {
      if (used + cell.width > width) flush();
      line += cell.text;
      used += cell.width;
    }
  }
  flush();
  return lines;
}
