import type {Term, Word} from '../../../language/vocabulary.js';
import type {Sentence} from '../passages.js';

/** So many words in a row, the same in so many events, are a formula: a program says it each time, or a person signs with it. */
const WORDS = 4;
const LEAST_EVENTS = 3;
/** A number that no input has as many terms as. */
const BASE = 1 << 13;

/** The words of each sentence that are no part of a formula: what differs from one time to the next. */
export function withoutFormulas(sentences: readonly Sentence[]): readonly (readonly Word[])[] {
  const events = new Map<number, {last: number; count: number}>();
  for (const {words, group} of sentences) {
    for (let at = 0; at + WORDS <= words.length; at++) {
      const key = keyOf(words, at);
      const seen = events.get(key);
      if (seen === undefined) events.set(key, {last: group, count: 1});
      else if (seen.last !== group) {
        seen.last = group;
        seen.count++;
      }
    }
  }
  return sentences.map(({words}) => {
    const isFormula = new Uint8Array(words.length);
    for (let at = 0; at + WORDS <= words.length; at++) {
      if ((events.get(keyOf(words, at))?.count ?? 0) >= LEAST_EVENTS) isFormula.fill(1, at, at + WORDS);
    }
    return isFormula.includes(1) ? words.filter((_, at) => isFormula[at] === 0) : words;
  });
}

function keyOf(words: readonly Word[], at: number): number {
  const numberAt = (place: number) => (words[place]?.term ?? {number: 0}).number % BASE;
  return ((numberAt(at) * BASE + numberAt(at + 1)) * BASE + numberAt(at + 2)) * BASE + numberAt(at + 3);
}

/** The distinct terms of words that tell something. Of a path or an identifier its first part stands for the whole. */
export function tellingTerms(words: readonly Word[], leastRarity: number): readonly Term[] {
  const terms: Term[] = [];
  let isPath = false;
  for (const {term, joint} of words) {
    if (joint === 'apart') isPath = false;
    else if (joint === 'code') isPath = true;
    if (!isPath && term.rarity > leastRarity && !terms.includes(term)) terms.push(term);
  }
  return terms;
}
