const ENOUGH = 20;
const WORD = /[\p{L}\p{N}]/u;
// Of scripts that put no spaces between words two characters are about a word.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Whether the texts have 20 words together: what says less is not worth a call. */
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
