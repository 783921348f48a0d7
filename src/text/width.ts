/** ASCII, dashes, quotes, bullets, what trees are drawn with: a column each. Most texts, and told much sooner than cell by cell. */
const NARROW = /^[\x20-\x7e\xb7\u2010-\u2027\u2500-\u257f]*$/;
const COMBINING = /^(?:\p{Mn}|\p{Me}|\u200d|\ufe0f)$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

// Blocks that Unicode's East Asian Width calls wide or full-width (UAX #11), first and last code point of each.
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x20000, 0x3fffd],
];

/** One character on the screen: a code point with its combining characters. */
export interface Cell {
  readonly text: string;
  /** In columns: 1 or 2. */
  readonly width: number;
}

function codePointWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  if (WIDE.some(([first, last]) => first <= code && code <= last)) return 2;
  return EMOJI.test(character) ? 2 : 1;
}

function isRegionalIndicator(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x1f1e6 && code <= 0x1f1ff;
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
    const isFlagsEnd: boolean = isHalfFlag && isRegionalIndicator(character);
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
