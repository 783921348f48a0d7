import {isUpper} from '../../../language/chars.js';
import {ADJECTIVE, STOP, VERB, WEAK} from '../../../language/lexicon.js';
import {NOISE} from '../../../language/terms.js';
import {APART} from '../../../language/words.js';
import type {Corpus} from '../corpus.js';
import {canOpen, isPossessive, isSoftGap} from './grammar.js';

/** Whether one word alone names something: it has a capital inside of a sentence. */
export function isName(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  const {terms} = words;
  const term = words.term.get(word);
  if (terms.has(term, WEAK | ADJECTIVE)) return false;
  return word > corpus.firstWord.get(sentence) && isUpper(corpus.textFor(sentence).charCodeAt(words.start.get(word)));
}

export function isPlainWord(text: string, start: number): boolean {
  const code = text.charCodeAt(start) | 32;
  return code >= 97 && code <= 122;
}

/** Whether a word that says something stands on both sides of the beginning of `word`. */
export function isCutBefore(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  if (word <= corpus.firstWord.get(sentence) || words.joint.get(word) !== APART) return false;
  const before = words.terms.flags.get(words.term.get(word - 1));
  const after = words.terms.flags.get(words.term.get(word));
  return !((before | after) & (STOP | VERB)) && isSoftGap(corpus.textFor(sentence), words.end.get(word - 1), words.start.get(word));
}

export function canStart(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  if (words.joint.get(word) !== APART || words.terms.has(words.term.get(word), STOP | NOISE)) return false;
  if (!canOpen(corpus, sentence, word)) return false;
  // "Stefan's review" is a review; "the parser's tables" are tables.
  if (isPossessive(corpus.textFor(sentence), words.end.get(word))) return false;
  // Behind "//" an address goes on.
  const text = corpus.textFor(sentence);
  const start = words.start.get(word);
  return !(start > 1 && text.charCodeAt(start - 1) === 47 && text.charCodeAt(start - 2) === 47);
}
