const ENOUGH = 20;
// From texts: a literal class is built while the bundle is parsed, by every command that loads it. Four of them took 1 ms (Node 20).
const LETTERS = String.raw`\p{L}\p{N}`;
const WORD = new RegExp(`[${LETTERS}]`, 'u');
const UNSPACED_SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
// In scripts without spaces, two characters are about a word.
const UNSPACED = new RegExp(`[${UNSPACED_SCRIPTS.map((name) => `\\p{Script=${name}}`).join('')}]`, 'gu');

/** Whether the texts together have 20 words. Fewer words are not worth a call. */
export function hasEnoughWords(texts: readonly string[]): boolean {
  let words = 0;
  for (const text of texts) {
    for (const [part] of text.matchAll(/\S+/g)) {
      if (WORD.test(part)) words += Math.max(1, (part.match(UNSPACED)?.length ?? 0) / 2);
      if (words >= ENOUGH) return true;
    }
  }
  return false;
}
