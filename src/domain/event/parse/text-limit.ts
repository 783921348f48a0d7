/** How much of a text is kept, in bytes of UTF-8. */
export const TEXT_LIMIT = 1024 * 1024;

export interface LimitedText {
  readonly text: string;
  /** The size as received, in bytes of UTF-8; 0 when nothing was cut. */
  readonly textBytes: number;
}

/**
 * Keeps the head and the tail of a text that is too long: equal parts with a note between them, cut between code points.
 * @param limit bytes of UTF-8, with the note; at least 100
 */
export function limitText(text: string, limit: number = TEXT_LIMIT): LimitedText {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= limit) return {text, textBytes: 0};
  const size = Buffer.byteLength(text);
  if (size <= limit) return {text, textBytes: 0};
  const mark = `\n[… cut here: ${size} bytes in all …]\n`;
  const half = Math.floor((limit - Buffer.byteLength(mark)) / 2);
  return {text: text.slice(0, headEnd(text, half)) + mark + text.slice(tailStart(text, half)), textBytes: size};
}

function headEnd(text: string, bytes: number): number {
  let end = 0;
  for (let left = bytes; ; ) {
    const code = text.codePointAt(end) ?? 0;
    left -= bytesOf(code);
    if (left < 0) return end;
    end += code > 0xffff ? 2 : 1;
  }
}

function tailStart(text: string, bytes: number): number {
  let start = text.length;
  for (let left = bytes; ; ) {
    const unit = text.charCodeAt(start - 1);
    const pair = unit >= 0xdc00 && unit < 0xe000 ? (text.codePointAt(start - 2) ?? 0) : 0;
    const code = pair > 0xffff ? pair : unit;
    left -= bytesOf(code);
    if (left < 0) return start;
    start -= code > 0xffff ? 2 : 1;
  }
}

function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
