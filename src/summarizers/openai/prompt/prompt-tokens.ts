/*
 * Estimates the most tokens that a text may take. There is no tokenizer here: good ones weigh 20 MB and fit no local model. English takes
 * one token per 4 characters, code one per 3. Scripts that are rare in training data take up to one per character or more.
 */

const ASCII_END = 0x80;
const WIDE_START = 0x2e80;
const ASTRAL_START = 0x10000;

function weightOf(codePoint: number): number {
  if (codePoint < ASCII_END) return 1 / 3;
  if (codePoint < WIDE_START) return 1;
  return codePoint < ASTRAL_START ? 1.5 : 3;
}

/** An estimate with a margin: most tokenizers make fewer tokens of this text. */
export function tokensAtMost(text: string): number {
  let sum = 0;
  let ascii = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < ASCII_END) {
      ascii++;
      continue;
    }
    const codePoint = text.codePointAt(at) ?? code;
    if (codePoint >= ASTRAL_START) at++;
    sum += weightOf(codePoint);
  }
  return Math.ceil(sum + ascii / 3);
}

const GAP = ' … ';
const GAP_TOKENS = 3;
const HEAD_SHARE = 2 / 3;

/** The head and the tail of a text that takes more than `tokens`, with a gap between them; empty when nothing useful fits. */
export function clipToTokens(text: string, tokens: number): string {
  if (tokensAtMost(text) <= tokens) return text;
  const room = tokens - GAP_TOKENS;
  if (room < GAP_TOKENS) return '';
  const head = headWithin(text, room * HEAD_SHARE);
  const tail = tailWithin(text, room * (1 - HEAD_SHARE));
  return `${text.slice(0, head).trimEnd()}${GAP}${text.slice(Math.max(head, tail)).trimStart()}`;
}

function headWithin(text: string, tokens: number): number {
  let at = 0;
  for (let left = tokens; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0;
    left -= weightOf(codePoint);
    if (left < 0) return at;
    at += codePoint >= ASTRAL_START ? 2 : 1;
  }
  return at;
}

function tailWithin(text: string, tokens: number): number {
  let at = text.length;
  for (let left = tokens; at > 0; ) {
    const isPair = at > 1 && (text.codePointAt(at - 2) ?? 0) >= ASTRAL_START;
    left -= weightOf(text.codePointAt(at - (isPair ? 2 : 1)) ?? 0);
    if (left < 0) return at;
    at -= isPair ? 2 : 1;
  }
  return at;
}

/**
 * Divides `capacity` among texts with different needs. Each gets an equal share. What small texts leave goes to the others in equal parts.
 */
export function shareOut(wants: readonly number[], capacity: number): readonly number[] {
  const shares = wants.map(() => 0);
  let left = Math.max(0, capacity);
  const order = wants.map((want, at) => ({want, at})).sort((a, b) => a.want - b.want);
  for (const [taken, {want, at}] of order.entries()) {
    const share = Math.min(want, left / (order.length - taken));
    shares[at] = share;
    left -= share;
  }
  return shares;
}

/** At most `count` of a list, evenly spread over it. */
export function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  if (count <= 0) return [];
  return Array.from({length: count}, (_, at) => list[Math.floor(((at + 0.5) * list.length) / count)]).filter(
    (entry) => entry !== undefined,
  );
}
