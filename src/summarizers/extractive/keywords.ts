import type {Term, Word} from '../../language/vocabulary.js';
import {wholeToken} from '../../language/word-shape.js';

const MOST = 7;
const MOST_CODE = 4;
const MOST_CHARACTERS = 40;
/** How many of the best terms are looked at: some share a path or are too long. */
const RANKED = 20;

/** A text with its words. */
export interface Scanned {
  readonly text: string;
  readonly words: readonly Word[];
}

/** The most telling of `terms` as they stand in the texts, paths and identifiers whole, best first. */
export function keywordsOf(terms: readonly Term[], scanned: readonly Scanned[], worth: (term: Term) => number): string[] {
  const ranked = bestOf(terms, worth);
  const places = placesOf(scanned, new Set(ranked));
  const keywords = new Map<string, string>();
  let codes = 0;
  for (const term of ranked) {
    const place = places.get(term);
    if (place === undefined) continue;
    const isCode = term.shape === 'code' || !place.isAlone;
    const {start, end} = wholeToken(place.text, place.word.start, place.word.end);
    const keyword = place.text.slice(start, end).replace(/['’]s$/, '');
    if (keyword.length > MOST_CHARACTERS || keywords.has(keyword.toLowerCase()) || (isCode && codes >= MOST_CODE)) continue;
    if (isCode) codes++;
    keywords.set(keyword.toLowerCase(), keyword);
    if (keywords.size === MOST) break;
  }
  return [...keywords.values()];
}

function bestOf(terms: readonly Term[], worth: (term: Term) => number): Term[] {
  const best: Term[] = [];
  let least = 0;
  for (const term of terms) {
    const value = worth(term);
    if (value <= least || term.isStop || term.shape === 'number') continue;
    let at = best.length;
    while (at > 0 && worth(best[at - 1] ?? term) < value) at--;
    best.splice(at, 0, term);
    if (best.length > RANKED) best.pop();
    if (best.length === RANKED) least = worth(best[RANKED - 1] ?? term);
  }
  return best;
}

interface Place {
  readonly text: string;
  readonly word: Word;
  readonly isAlone: boolean;
}

/** Where each term stands alone; where it never does, where it stands first. */
function placesOf(scanned: readonly Scanned[], terms: ReadonlySet<Term>): ReadonlyMap<Term, Place> {
  const places = new Map<Term, Place>();
  const sought = new Set(terms);
  for (const {text, words} of scanned) {
    if (sought.size === 0) break;
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (word === undefined || !sought.has(word.term)) continue;
      const known = places.get(word.term);
      const isAlone = word.joint === 'apart' && (words[at + 1]?.joint ?? 'apart') === 'apart';
      if (known === undefined || isAlone) places.set(word.term, {text, word, isAlone});
      if (isAlone) sought.delete(word.term);
    }
  }
  return places;
}
