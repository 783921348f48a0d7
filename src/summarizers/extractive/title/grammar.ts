import {ADJECTIVE, AND, LINK, NOUN_FIRST, NOUN_TOO, STOP, TO, VERB, WEAK, WORK} from '../../../language/lexicon.js';
import {CODE, isAdverb} from '../../../language/terms.js';
import {APART, HYPHENED} from '../../../language/words.js';
import {formAt, hashesOf, isDropped} from '../acts.js';
import type {Corpus} from '../corpus.js';

const PARTICLES = hashesOf('up out off down away back');
const SOFT: readonly number[] = Array.from(' `"*“”', (character) => character.charCodeAt(0));

/** Whether nothing but spaces and marks of quotation and type stands between two words. */
export function isSoftGap(text: string, from: number, to: number): boolean {
  if (to - from === 1) return text.charCodeAt(from) === 32 || SOFT.includes(text.charCodeAt(from));
  if (to - from > 4) return false;
  for (let at = from; at < to; at++) if (!SOFT.includes(text.charCodeAt(at))) return false;
  return true;
}

/** Whether `word` follows the one before it in the same breath. */
export function goesOnFrom(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  return isSoftGap(corpus.textFor(sentence), words.end.get(word - 1), words.start.get(word));
}

/** The word before `word` in the same breath, or -1. */
function wordBefore(corpus: Corpus, sentence: number, word: number): number {
  return word > corpus.firstWord.get(sentence) && goesOnFrom(corpus, sentence, word) ? word - 1 : -1;
}

/** Whether a name for something can begin with `word`: no verb of a clause, unless it stands there as an adjective does. */
export function canOpen(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  const flags = words.terms.flags.get(words.term.get(word));
  if ((flags & (ADJECTIVE | WEAK)) === (ADJECTIVE | WEAK)) return false;
  // Most words end at once: what is no verb as far as is known is one only by its ending.
  if (!(flags & VERB) && !endsLikeVerb(corpus, sentence, word)) return true;
  const before = wordBefore(corpus, sentence, word);
  const flagsBefore = before < 0 ? 0 : words.terms.flags.get(words.term.get(before));
  const isHeading = corpus.kindOf(sentence) === 'heading' || corpus.kindOf(sentence) === 'headline';
  switch (formAt(corpus, sentence, word)) {
    case 'past':
      // "the merged commits", and not "it merged commits" or "tests failed".
      return !(flags & VERB || isLong(corpus, word)) || (isHeading && !(flags & VERB)) || introduces(corpus, before);
    case 'ing':
      return isHeading || introduces(corpus, before) || (!(flags & VERB) && !isPlural(corpus, sentence, word + 1));
    case 's':
      // "the imports", and not "it imports" or "the command imports".
      return (
        !(flags & VERB) || ((flags & NOUN_TOO) !== 0 && (before < 0 ? !isCode(corpus, sentence, word + 1) : isArticleLike(flagsBefore)))
      );
    case 'base':
      if (!(flags & VERB)) return true;
      // "We test …" and "to test …" are no tests.
      return (
        (flags & NOUN_TOO) !== 0 &&
        (before < 0 ? (flags & NOUN_FIRST) !== 0 || isHeading : !(flagsBefore & STOP) || isArticleLike(flagsBefore))
      );
  }
}

/** "Calls runAll" is no name. */
function isCode(corpus: Corpus, sentence: number, word: number): boolean {
  return word < corpus.endWord.get(sentence) && corpus.words.terms.has(corpus.words.term.get(word), CODE);
}

/** "Printing tables" is what somebody does, "a printing press" a thing. */
function isPlural(corpus: Corpus, sentence: number, word: number): boolean {
  return word < corpus.endWord.get(sentence) && corpus.words.joint.get(word) === APART && formAt(corpus, sentence, word) === 's';
}

function endsLikeVerb(corpus: Corpus, sentence: number, word: number): boolean {
  const last = corpus.textFor(sentence).charCodeAt(corpus.words.end.get(word) - 1) | 32;
  return last === SMALL_G || last === SMALL_D;
}

const SMALL_D = 100;
const SMALL_G = 103;

/** Whether what follows `before` is named: "the", "of", "with"; behind "and" and "to" a clause may go on. */
function introduces(corpus: Corpus, before: number): boolean {
  if (before < 0) return false;
  const {terms, term} = corpus.words;
  return (terms.flags.get(term.get(before)) & (LINK | TO | AND)) === LINK;
}

function isArticleLike(flags: number): boolean {
  return (flags & (LINK | TO)) === LINK;
}

function isLong(corpus: Corpus, word: number): boolean {
  return corpus.words.end.get(word) - corpus.words.start.get(word) > 5;
}

/** Whether `word` can stand inside of a name for something, behind its first word. @param isLast it would be the last one */
export function canFollow(corpus: Corpus, sentence: number, word: number, isLast: boolean): boolean {
  const {words} = corpus;
  const flags = words.terms.flags.get(words.term.get(word));
  if (isLast && (flags & (STOP | ADJECTIVE) || isAble(corpus, sentence, word))) return false;
  if (isLast && flags & VERB && hasObject(corpus, sentence, word)) return false;
  if (isLast && isPossessive(corpus.textFor(sentence), words.end.get(word))) return false;
  if (flags & WEAK && isAdverb(corpus.textFor(sentence), words.end.get(word))) return false;
  if (words.joint.get(word) !== APART) return !isLast || words.joint.get(word) !== HYPHENED || formAt(corpus, sentence, word) !== 'past';
  // Of a word that is no verb as far as is known only the past form shows that it is one.
  if (!(flags & VERB)) return !isLong(corpus, word) || formAt(corpus, sentence, word) !== 'past';
  switch (formAt(corpus, sentence, word)) {
    case 'past':
      return false;
    case 'ing':
      // "the parsing" names a piece of work.
      return !isLast || (flags & WORK) !== 0;
    case 's':
      return (flags & NOUN_TOO) !== 0 && isLast;
    case 'base':
      return (flags & NOUN_TOO) !== 0;
  }
}

const ABLE = /.{4}[ai]ble$/;
const NAMED_SO = hashesOf('collectible deliverable executable observable timetable variable vegetable');

/** "Testable" is how something is and names nothing. */
function isAble(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  const end = words.end.get(word);
  const text = corpus.textFor(sentence);
  if (text.charCodeAt(end - 1) !== 101 || text.charCodeAt(end - 2) !== 108) return false;
  return ABLE.test(text.slice(words.start.get(word), end)) && !NAMED_SO.has(words.terms.hash.get(words.term.get(word)));
}

/** "The harbours print their tables", "the collector ends up": what an article or a particle follows is a verb. */
function hasObject(corpus: Corpus, sentence: number, word: number): boolean {
  const {words} = corpus;
  const next = word + 1;
  if (next >= corpus.endWord.get(sentence) || words.joint.get(next) !== APART || !goesOnFrom(corpus, sentence, next)) return false;
  const hash = words.terms.hash.get(words.term.get(next));
  return isDropped(hash) || PARTICLES.has(hash);
}

/** Whether the word that ends at `end` is somebody's, or somebody "is": it does not end a name. */
export function isPossessive(text: string, end: number): boolean {
  const mark = text.charCodeAt(end - 2);
  return text.charCodeAt(end - 1) === 115 && (mark === 39 || mark === 0x2019);
}

/** Small words of which a name for something holds none: what follows them belongs to a clause. */
export function isInName(flags: number): boolean {
  return !(flags & STOP) || (flags & (LINK | TO)) === LINK;
}
