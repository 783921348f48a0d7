/*
 * Stored text is hostile. It may hold sequences that move the cursor, set the clipboard, or hide or reverse text on the screen.
 * Nothing is removed. Whatever a terminal would obey, or would not show, is shown by a visible name.
 */

// With the flag `u`, D800-DFFF are lone surrogates only.
const HARMFUL_RANGES = [
  // C0, DEL and C1.
  String.raw`\0-\x1f\x7f-\x9f`,
  // Format characters that are invisible or reverse text, and separators that some programs read as the end of a line.
  String.raw`\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}`,
  // Letters and marks without a visible shape.
  String.raw`\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0`,
  // Controls that lay out Egyptian hieroglyphs.
  String.raw`\u{13430}-\u{1343f}`,
  // Variation selectors and tag characters.
  String.raw`\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0000}-\u{e0fff}`,
  // Code points that are not characters.
  String.raw`\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u{1fffe}\u{1ffff}`,
];
/** Most texts: told in a fraction of the time that the other expression takes to be compiled. */
const PRINTABLE = /^[\x20-\x7e]*$/;
/** More marks than this on one letter reach into other lines. No script stacks as many. */
const MOST_MARKS = 4;
const MARK = String.raw`[\p{Mn}\p{Me}]`;
const HARMFUL = new RegExp(`[${HARMFUL_RANGES.join('')}]|${MARK}(?<=${MARK}{${MOST_MARKS + 1}})`, 'u');
const HARMFUL_IN_JSON = new RegExp(`[${HARMFUL_RANGES.join('')}]`, 'gu');
const HARMFUL_ALL = new RegExp(HARMFUL.source, 'gu');

const JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;
const KEYCAP = 0x20e3;
const TAG_FIRST = 0xe0020;
const TAG_LAST = 0xe007f;
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u;
const KEYCAP_BASE = /^[0-9#*]$/;
const TAB = '    ';

export interface EscapeOptions {
  /** Keeps line feeds (and drops the carriage return before one); a tab becomes four spaces. Otherwise a line feed is `^J`, a tab one space. */
  readonly multiline?: boolean;
}

/**
 * Makes every control, bidi and invisible character of `text` visible: `^[`, `\x9b`, `<U+202E>`. A joiner and the emoji selector stay where
 * they are part of an emoji. Escaping the result again changes nothing.
 */
export function escapeText(text: string, options: EscapeOptions = {}): string {
  if (PRINTABLE.test(text) || !HARMFUL.test(text)) return text;
  const multiline = options.multiline === true;
  return text.replace(HARMFUL_ALL, (character, at: number) => visible(character, at, text, multiline));
}

function visible(character: string, at: number, text: string, multiline: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 9) return multiline ? TAB : ' ';
  if (multiline && code === 10) return '\n';
  if (multiline && code === 13 && text.charCodeAt(at + 1) === 10) return '';
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`;
  if (code === 0x7f) return '^?';
  if (code < 0xa0) return `\\x${code.toString(16)}`;
  if ((code === JOINER || code === EMOJI_STYLE) && isInEmoji(code, at, text)) return character;
  if (code >= TAG_FIRST && code <= TAG_LAST && isInFlag(at, text)) return character;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function isInEmoji(code: number, at: number, text: string): boolean {
  const before = codePointBefore(text, at);
  const after = text.codePointAt(at + 1) ?? 0;
  if (code === EMOJI_STYLE) return isPictograph(before) || (after === KEYCAP && KEYCAP_BASE.test(String.fromCodePoint(before)));
  const base = before === EMOJI_STYLE ? codePointBefore(text, at - 1) : before;
  return (isPictograph(base) || isSkinTone(base)) && isPictograph(after);
}

/** The flags of England, Scotland and Wales are written with invisible letters; any other text in them could be hidden. */
const TAG_FLAGS = ['gbeng', 'gbsct', 'gbwls'].map(
  (name) => `\u{1f3f4}${[...name].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u{e007f}`,
);

function isInFlag(at: number, text: string): boolean {
  return TAG_FLAGS.some((flag) => {
    const start = text.lastIndexOf(flag, at);
    return start !== -1 && at < start + flag.length;
  });
}

function codePointBefore(text: string, at: number): number {
  const low = text.charCodeAt(at - 1);
  const isPair = low >= 0xdc00 && low < 0xe000 && at >= 2;
  return text.codePointAt(isPair ? at - 2 : at - 1) ?? 0;
}

function isPictograph(code: number): boolean {
  return PICTOGRAPH.test(String.fromCodePoint(code));
}

function isSkinTone(code: number): boolean {
  return code >= 0x1f3fb && code <= 0x1f3ff;
}

/**
 * Writes what JSON.stringify leaves alone (C1, bidi, invisible characters) as `\uXXXX`. The value that a parser reads stays the same.
 */
export function escapeJson(json: string): string {
  return json.replace(HARMFUL_IN_JSON, (character) => {
    // Line feeds and tabs between tokens, if the JSON was written with an indent.
    if (character === '\n' || character === '\t') return character;
    let escaped = '';
    for (let unit = 0; unit < character.length; unit++) escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    return escaped;
  });
}
