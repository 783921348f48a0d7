import {isUpper} from '../../../language/chars.js';
import {LANGUAGES, languageBit, STOP} from '../../../language/lexicon.js';
import {APART} from '../../../language/words.js';
import type {Corpus} from '../corpus.js';

/** What is known of how a sentence is built: English has a list of verbs, German writes its nouns with a capital, of others nothing is known. */
export type Tongue = 'english' | 'german' | 'other';

const GERMAN = languageBit(0);
const ALL = languageBit(LANGUAGES) - languageBit(0);

/** The language of a sentence by its small words; where it has none, that of the whole input. */
export function tongueOf(corpus: Corpus, sentence: number): Tongue {
  const {words} = corpus;
  const {terms} = words;
  if (!terms.isForeign) return 'english';
  let english = 0;
  let german = 0;
  let foreign = 0;
  for (let word = corpus.firstWord.get(sentence); word < corpus.endWord.get(sentence); word++) {
    const flags = terms.flags.get(words.term.get(word));
    if (flags & ALL) foreign++;
    if (flags & GERMAN) german++;
    if (flags & STOP && !(flags & ALL)) english++;
  }
  if (english > foreign && isAscii(corpus, sentence)) return 'english';
  if (german * 2 > foreign) return 'german';
  return foreign === 0 && terms.isGerman ? 'german' : 'other';
}

function isAscii(corpus: Corpus, sentence: number): boolean {
  const first = corpus.textFor(sentence).charCodeAt(corpus.from.get(sentence));
  return first < 0x250;
}

/**
 * Whether [first, last] can be a German name for something: it ends with a noun, and nothing but adjectives stand before nouns; or a noun
 * and the infinitive with which the clause ends ("Passkeys umstellen").
 */
export function isGermanName(corpus: Corpus, sentence: number, first: number, last: number): boolean {
  let hasNoun = false;
  for (let word = first; word <= last; word++) {
    if (corpus.words.joint.get(word) !== APART) continue;
    if (isCapital(corpus, sentence, word)) hasNoun = true;
    else if (word === last) return hasNoun && isInfinitive(corpus, sentence, word);
    else if (hasNoun || !isInflected(corpus, sentence, word)) return false;
  }
  return hasNoun;
}

function isCapital(corpus: Corpus, sentence: number, word: number): boolean {
  return isUpper(corpus.textFor(sentence).charCodeAt(corpus.words.start.get(word)));
}

function textOf(corpus: Corpus, sentence: number, word: number): string {
  return corpus.textFor(sentence).slice(corpus.words.start.get(word), corpus.words.end.get(word));
}

function isInflected(corpus: Corpus, sentence: number, word: number): boolean {
  return /.{3}e[rsnm]?$/.test(textOf(corpus, sentence, word));
}

function isInfinitive(corpus: Corpus, sentence: number, word: number): boolean {
  const text = corpus.textFor(sentence);
  const end = corpus.words.end.get(word);
  return (
    /^(?!.{0,4}ge).{3,}(?:en|ern|eln)$/.test(textOf(corpus, sentence, word)) &&
    (end >= corpus.to.get(sentence) || '.?!'.includes(text.charAt(end)))
  );
}
