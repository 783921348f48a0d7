import {isUpper, lowerOf} from '../../../language/chars.js';
import {ADJECTIVE, STOP, UNKNOWN_IDF, VERB, WEAK} from '../../../language/lexicon.js';
import type {SentenceKind} from '../../../language/sentences.js';
import {CODE} from '../../../language/terms.js';
import {APART, wholeToken} from '../../../language/words.js';
import {baseOf, isDropped} from '../acts.js';
import type {Corpus} from '../corpus.js';
import type {Phrase} from './phrases.js';

/** The words of a phrase as a headline has them: identifiers and paths whole, no articles, ordinary words in lower case, the verb of a task first. */
export function topicText(corpus: Corpus, phrase: Phrase): string {
  const {words} = corpus;
  const text = corpus.textFor(phrase.sentence);
  let topic = '';
  let word = phrase.first;
  while (word <= phrase.last) {
    let last = word;
    while (last < phrase.last && words.joint.get(last + 1) !== APART) last++;
    const hash = words.terms.hash.get(words.term.get(word));
    const base = phrase.isTask && word === phrase.first ? baseOf(hash) : undefined;
    if (!isDropped(hash)) {
      // Scripts without spaces have none between their words.
      const isClose = word > phrase.first && words.end.get(word - 1) === words.start.get(word);
      const token = base ?? inBackticks(corpus, phrase, text, word, last, tokenText(corpus, phrase, text, word, last));
      topic += topic === '' || isClose ? token : ` ${token}`;
    }
    word = last + 1;
  }
  return topic.trim();
}

/** Code of several words stays one: "`git add -p` hunks". */
function inBackticks(corpus: Corpus, phrase: Phrase, text: string, first: number, last: number, token: string): string {
  const {words} = corpus;
  const opens = text.charAt(words.start.get(first) - 1) === '`';
  const closes = text.charAt(words.end.get(last)) === '`';
  if (opens === closes) return token;
  const from = opens ? words.end.get(last) : text.lastIndexOf('`', words.end.get(last) - 1) + 1;
  const to = opens ? text.indexOf('`', from) : words.start.get(first);
  // Only where both marks stand inside of the phrase.
  const isInside = from > words.start.get(phrase.first) - 1 && to >= 0 && to <= words.end.get(phrase.last);
  return isInside ? (opens ? `\`${token}` : `${token}\``) : token;
}

function tokenText(corpus: Corpus, phrase: Phrase, text: string, first: number, last: number): string {
  const {words} = corpus;
  const {start} = wholeToken(text, words.start.get(first), words.end.get(first));
  const {end} = wholeToken(text, words.start.get(last), words.end.get(last));
  const token = text.slice(start, end);
  if (hasUpperInside(token, 1, token.length)) return token;
  return isOrdinary(corpus, phrase, first) ? `${token.charAt(0).toLowerCase()}${token.slice(1)}` : token;
}

/** Whether a word with a capital is no name: it stands first or in a heading, and elsewhere in lower case, or is known as a common word. */
function isOrdinary(corpus: Corpus, phrase: Phrase, word: number): boolean {
  const {words} = corpus;
  const text = corpus.textFor(phrase.sentence);
  const start = words.start.get(word);
  if (!isUpper(text.charCodeAt(start))) return false;
  const term = words.term.get(word);
  const kind = corpus.kindOf(phrase.sentence);
  const isFirst = isFirstOf(corpus, phrase.sentence, word);
  // In a part of a child's title names have been told from words already; within a sentence a capital is a name's.
  if ((kind === 'topic' || kind === 'prose' || kind === 'item') && !isFirst && !isTitleCased(corpus, phrase)) return false;
  const neighbour = word > phrase.first ? -1 : 1;
  const uses = usesOf(corpus, term, word + neighbour > phrase.last ? -1 : words.term.get(word + neighbour), neighbour);
  // "GitHub Actions" is a name, whatever "actions" are.
  if (uses.pairNames + uses.pairLower > 0) return uses.pairLower > uses.pairNames;
  if (uses.names > 0 && !words.terms.has(term, VERB)) return uses.lower > uses.names;
  // "TideTable Max": next to a name with a hump a word that is never in lower case is a part of it.
  if (uses.lower === 0 && word > phrase.first && words.terms.has(words.term.get(word - 1), CODE)) return false;
  if (uses.lower > 0 || words.terms.has(term, VERB | WEAK | ADJECTIVE) || words.terms.idf.get(term) < UNKNOWN_IDF) return true;
  const token = text.slice(start, words.end.get(word));
  if (words.terms.isGerman) return word < phrase.last && /e[rsnm]?$/.test(token);
  return COMMON_END.test(token);
}

/** Whether a capital is due to the place alone: the beginning of a sentence, of a child's title, or what stands behind a label. */
function isFirstOf(corpus: Corpus, sentence: number, word: number): boolean {
  if (word === corpus.firstWord.get(sentence)) return corpus.kindOf(sentence) !== 'topic' || corpus.block.get(sentence) === 0;
  const text = corpus.textFor(sentence);
  let at = corpus.words.start.get(word) - 1;
  while (at > 0 && ' *"`'.includes(text.charAt(at))) at--;
  return ':-–—)]/.'.includes(text.charAt(at));
}

/** How a word is written elsewhere: as a name inside of sentences, in lower case, and both beside the word that is next to it here. */
interface Uses {
  names: number;
  lower: number;
  pairNames: number;
  pairLower: number;
}

function usesOf(corpus: Corpus, term: number, beside: number, neighbour: number): Uses {
  const {words} = corpus;
  const uses: Uses = {names: 0, lower: 0, pairNames: 0, pairLower: 0};
  // Flat over the words, which are many; the sentences are looked at where the term stands.
  const terms = words.term.values;
  let sentence = 0;
  for (let at = 0; at < words.count; at++) {
    if (terms[at] !== term || isJoined(corpus, at)) continue;
    while (corpus.endWord.get(sentence) <= at) sentence++;
    const isPair = beside >= 0 && terms[at + neighbour] === beside && corpus.endWord.get(sentence) > at + neighbour;
    const kind = corpus.kindOf(sentence);
    if (!isUpper(corpus.textFor(sentence).charCodeAt(words.start.get(at)))) {
      uses.lower++;
      if (isPair) uses.pairLower++;
    } else if (isSaid(kind) && !isFirstOf(corpus, sentence, at) && (kind === 'topic' || !isAllCapitals(corpus, sentence))) {
      uses.names++;
      if (isPair) uses.pairNames++;
    }
  }
  return uses;
}

function isSaid(kind: SentenceKind): boolean {
  return kind === 'prose' || kind === 'item' || kind === 'topic';
}

/** Whether most words of a sentence have capitals: the name of a plan, which says nothing about any of them. */
function isAllCapitals(corpus: Corpus, sentence: number): boolean {
  const {words} = corpus;
  const text = corpus.textFor(sentence);
  let capitals = 0;
  let others = 0;
  for (let word = corpus.firstWord.get(sentence) + 1; word < corpus.endWord.get(sentence); word++) {
    if (words.joint.get(word) !== APART || words.terms.has(words.term.get(word), STOP)) continue;
    if (isUpper(text.charCodeAt(words.start.get(word)))) capitals++;
    else others++;
  }
  return capitals >= others;
}

/** Ends of English words that are no names. */
const COMMON_END = /(?:ed|ing|ion|ment|ness|[ai]ble|ive|ous|less|ful|ity|ance|ence|alone)s?$/;

/** Whether a plan's name was written as one: "Repair Tide Table Printing". */
function isTitleCased(corpus: Corpus, phrase: Phrase): boolean {
  const {words} = corpus;
  const text = corpus.textFor(phrase.sentence);
  let capitals = 0;
  for (let word = phrase.first + 1; word <= phrase.last; word++) {
    if (words.joint.get(word) !== APART || words.terms.has(words.term.get(word), STOP)) continue;
    if (!isUpper(text.charCodeAt(words.start.get(word)))) return false;
    capitals++;
  }
  return capitals > 1;
}

function isJoined(corpus: Corpus, word: number): boolean {
  const {words} = corpus;
  return words.joint.get(word) !== APART || (word + 1 < words.count && words.joint.get(word + 1) !== APART);
}

function hasUpperInside(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (lowerOf(text.charCodeAt(at)) !== text.charCodeAt(at)) return true;
  return false;
}
