/** The kinds of UTF-16 code units that the scanner knows. */
export const SPACE = 1;
export const WORD = 2;
/** A letter of a script without spaces. */
export const UNSPACED = 3;
export const OTHER = 4;
/** The second half of a pair, or a mark on the letter before: it belongs to whatever it follows. */
export const LOW = 5;
/** The first half of a pair; `kindAt` knows the whole character. */
const HIGH = 6;

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;
const UNSPACED_CHARACTER = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const ASCII_WORD = /\w/;
const SPACE_CHARACTER = /\s/;
const MARK = /\p{M}/u;

// Filled on demand: classifying the whole plane at start-up would cost every reading command some milliseconds.
const classes = new Uint8Array(65_536);
const lowered = new Uint16Array(65_536);

function classify(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return code < 0xdc00 ? HIGH : LOW;
  return kindOf(String.fromCharCode(code));
}

function kindOf(character: string): number {
  const code = character.charCodeAt(0);
  // Without Unicode classes: compiling them takes milliseconds, and most texts never need them.
  if (code < 128) return ASCII_WORD.test(character) ? WORD : SPACE_CHARACTER.test(character) ? SPACE : OTHER;
  if (SPACE_CHARACTER.test(character)) return SPACE;
  if (MARK.test(character)) return LOW;
  if (!WORD_CHARACTER.test(character)) return OTHER;
  return code >= 0x0e00 && UNSPACED_CHARACTER.test(character) ? UNSPACED : WORD;
}

/** The kind of the character at `at`, even if it takes two code units. */
export function kindAt(text: string, at: number): number {
  const kind = classOf(text.charCodeAt(at));
  if (kind !== HIGH) return kind;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff ? kindOf(text.slice(at, at + 2)) : OTHER;
}

export function classOf(code: number): number {
  const known = classes[code] ?? OTHER;
  if (known !== 0) return known;
  const found = classify(code);
  classes[code] = found;
  return found;
}

/** The lower case of a code unit if that is one code unit; otherwise the unit itself. */
export function lowerOf(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  const known = lowered[code] ?? code;
  if (known !== 0) return known;
  const text = String.fromCharCode(code).toLowerCase();
  const found = text.length === 1 ? text.charCodeAt(0) : code;
  lowered[code] = found;
  return found;
}

/** Whether the code unit at `at` is an upper-case letter with a lower case. */
export function isUpper(code: number): boolean {
  return lowerOf(code) !== code;
}
