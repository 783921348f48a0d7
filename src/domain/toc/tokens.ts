import type {EventType} from '../event/event.js';

/** Only this many characters of a tool result count. */
const COUNTED_CHARACTERS = 250;
/** A summarizer sees only these of a tool result. */
const SEEN_CHARACTERS = 1_000;

// Scripts without spaces, in which a character is about one token: CJK, kana, hangul, their extensions and full-width forms.
const CJK =
  /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}]/gu;
const BEYOND_LATIN = /[^\u0000-\u10ff]/;

/** Token estimate, version 2: a quarter per character (code point), one per CJK character. It is a fraction, so that sums are exact. */
export function estimateTokens(text: string): number {
  if (!BEYOND_LATIN.test(text)) return text.length / 4;
  const wide = text.match(CJK)?.length ?? 0;
  return (countCodePoints(text) - wide) / 4 + wide;
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(at + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      count--;
      at++;
    }
  }
  return count;
}

/** The first `limit` code points of a text. */
export function firstCodePoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let units = 0;
  for (let count = 0; count < limit && units < text.length; count++) units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, units);
}

/**
 * The part of an event's text that counts for the size of a segment: the beginning of a tool result, nothing of what an agent wrote about
 * its own conversation (`summary`), otherwise everything.
 */
export function countedText(type: EventType, text: string): string {
  return partOf(type, text, COUNTED_CHARACTERS);
}

/** The part of an event's text that a summarizer sees: as what counts, with more of a tool result. */
export function seenText(type: EventType, text: string): string {
  return partOf(type, text, SEEN_CHARACTERS);
}

function partOf(type: EventType, text: string, ofToolResult: number): string {
  if (type === 'summary') return '';
  return type === 'tool_result' ? firstCodePoints(text, ofToolResult) : text;
}
