import type {Term, Word} from '../../../language/vocabulary.js';
import type {Sentence} from '../passages.js';

/** So many words at the beginning or the end of a sentence, the same in so many events, are a formula: a program says it each time. */
const WORDS = 4;
const LEAST_EVENTS = 3;

/** The words of each sentence that are no part of a formula: what differs from one time to the next. */
export function withoutFormulas(sentences: readonly Sentence[]): readonly (readonly Word[])[] {
  const openings = sentences.map(({words}) => keyOf(words, 0));
  const endings = sentences.map(({words}) => keyOf(words, words.length - WORDS));
  const isOpening = repeatedIn(openings, sentences);
  const isEnding = repeatedIn(endings, sentences);
  return sentences.map(({words}, at) => {
    const from = isOpening(openings[at] ?? NO_KEY) ? WORDS : 0;
    const to = words.length - (isEnding(endings[at] ?? NO_KEY) ? WORDS : 0);
    return from === 0 && to === words.length ? words : words.slice(from, Math.max(from, to));
  });
}

const NO_KEY = 0;

function keyOf(words: readonly Word[], from: number): number {
  if (from < 0 || words.length < WORDS) return NO_KEY;
  let key = 17;
  for (let at = from; at < from + WORDS; at++) key = Math.imul(key, 31_337) ^ (words[at]?.term.number ?? 0);
  return key;
}

/** Whether a key stands in enough events. */
function repeatedIn(keys: readonly number[], sentences: readonly Sentence[]): (key: number) => boolean {
  const events = new Map<number, Set<number>>();
  const seen = new Set<number>();
  keys.forEach((key, at) => {
    if (key === NO_KEY) return;
    // Most are said once: they get no list of events.
    if (seen.has(key)) events.set(key, (events.get(key) ?? new Set()).add(sentences[at]?.group ?? 0));
    else seen.add(key);
  });
  return (key) => (events.get(key)?.size ?? 0) >= LEAST_EVENTS - 1;
}

/** The distinct terms of words that tell something. */
export function tellingTerms(words: readonly Word[], leastRarity: number): readonly Term[] {
  const telling = new Set<Term>();
  for (const {term} of words) if (term.rarity > leastRarity) telling.add(term);
  return [...telling];
}
