import {ADJECTIVE, AND, LINK, STOP, TO, VERB} from '../../../language/lexicon.js';
import {APART} from '../../../language/words.js';
import {hashesOf, isDropped} from '../acts.js';
import type {Corpus} from '../corpus.js';
import {goesOnFrom} from './grammar.js';

const ALLOWED = hashesOf('all each every both no not own other another same');

/**
 * The last word of what a task is about that begins at `first`: up to where the clause ends, at most `most` tokens, articles not counted.
 * -1 where nothing is named.
 */
export function endOfTask(corpus: Corpus, sentence: number, first: number, most: number): number {
  const {words} = corpus;
  const {terms} = words;
  const end = corpus.endWord.get(sentence);
  let tokens = 0;
  let named = -1;
  // The last word before a small word that links: where a task that is too long is cut.
  let beforeLink = -1;
  for (let word = first; word < end; word++) {
    const term = words.term.get(word);
    const flags = terms.flags.get(term);
    if (words.joint.get(word) !== APART) {
      if (named === word - 1) named = word;
      continue;
    }
    if (word > first && !goesOnFrom(corpus, sentence, word)) return named;
    const hash = terms.hash.get(term);
    if (flags & STOP && isDropped(hash)) {
      // "the behavior the linter flagged": another clause.
      if (named === word - 1 && named > first) return named;
      continue;
    }
    if (flags & STOP && !(flags & LINK) && !ALLOWED.has(hash)) return named;
    if (++tokens > most) return flags & STOP ? named : beforeLink;
    if (flags & STOP) {
      if (flags & LINK && named >= 0) {
        beforeLink = named;
        if (endsTask(corpus, word)) return named;
      }
      continue;
    }
    // "to catch" alone says nothing: what is caught has to follow.
    const isPurpose = word > first && (flags & VERB) !== 0 && terms.has(words.term.get(word - 1), TO);
    if (word === first || !(flags & ADJECTIVE || isPurpose)) named = word;
  }
  return named;
}

/** Whether another task begins behind "and". */
function endsTask(corpus: Corpus, word: number): boolean {
  const {words} = corpus;
  if (!words.terms.has(words.term.get(word), AND)) return false;
  return (words.terms.flags.get(words.term.get(word + 1)) & VERB) !== 0;
}

/** The first word behind "Plan:" or "Phase 2:". */
export function afterLabel(corpus: Corpus, sentence: number): number {
  const {words} = corpus;
  const first = corpus.firstWord.get(sentence);
  const text = corpus.textFor(sentence);
  for (let word = first; word < first + 3 && word + 2 < corpus.endWord.get(sentence); word++) {
    if (text.charCodeAt(words.end.get(word)) === COLON) return word + 1;
  }
  return first;
}

const COLON = 58;

/** The last word of a part of a child's title; -1 where it has more than `mostTokens`. */
export function wholeTopic(corpus: Corpus, sentence: number, mostTokens: number): number {
  const {words} = corpus;
  const end = corpus.endWord.get(sentence);
  let tokens = 0;
  for (let word = corpus.firstWord.get(sentence); word < end; word++) if (words.joint.get(word) === APART) tokens++;
  return tokens > mostTokens ? -1 : end - 1;
}
