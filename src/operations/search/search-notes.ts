import type {SearchResult} from './search.js';

/** More of a word that occurs nowhere nobody reads. */
const MOST_OF_A_WORD = 60;

/** A word as it is told of: not whole where it is no word at all. */
export function shownWord(word: string): string {
  return word.length <= MOST_OF_A_WORD ? word : `${word.slice(0, MOST_OF_A_WORD).toWellFormed()}…`;
}

/** What must be known beside the hits: words that were replaced, what was not searched. @param nothing said where there are no hits */
export function searchNotes({hits, replaced, notSearched, isCut}: SearchResult, nothing = 'nothing was found'): readonly string[] {
  const notes = replaced.map(({word, by}) =>
    by.length === 0
      ? `${JSON.stringify(shownWord(word))} occurs nowhere`
      : `${JSON.stringify(shownWord(word))} occurs nowhere; looked for ${by.map((term) => JSON.stringify(term)).join(', ')} in its place`,
  );
  if (notSearched > 0) notes.push(`${notSearched} events are not searched yet; run: mem rollup`);
  if (isCut) notes.push('more texts may hold the phrase; name more words, or --from and --to');
  if (hits.length === 0 && (notes.length === 0 || replaced.length > 0)) notes.push(nothing);
  return notes;
}
