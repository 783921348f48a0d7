import {baseOf} from './acts.js';
import {isUpper, lowerOf} from './chars.js';
import type {Corpus} from './corpus.js';
import {UNKNOWN_IDF} from './lexicon.js';
import type {Phrase} from './phrases.js';
import {isDropped} from './task-phrases.js';
import {APART, wholeToken} from './words.js';

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
      const token = base ?? tokenText(corpus, phrase, text, word, last);
      topic += topic === '' || isClose ? token : ` ${token}`;
    }
    word = last + 1;
  }
  return topic.trim();
}

function tokenText(corpus: Corpus, phrase: Phrase, text: string, first: number, last: number): string {
  const {words} = corpus;
  const {start} = wholeToken(text, words.start.get(first), words.end.get(first));
  const {end} = wholeToken(text, words.start.get(last), words.end.get(last));
  const token = text.slice(start, end).replace(/[\s`"*“”]+/g, '');
  return isOrdinary(corpus, phrase, first) ? `${token.charAt(0).toLowerCase()}${token.slice(1)}` : token;
}

/** Whether a word with a capital is no name: it stands first or in a heading, and elsewhere in lower case, or is known as a common word. */
function isOrdinary(corpus: Corpus, phrase: Phrase, word: number): boolean {
  const {words} = corpus;
  const text = corpus.textFor(phrase.sentence);
  const start = words.start.get(word);
  if (!isUpper(text.charCodeAt(start)) || hasUpperInside(text, start + 1, words.end.get(word))) return false;
  const term = words.term.get(word);
  let isLower = false;
  let isName = false;
  for (let sentence = 0; sentence < corpus.count && !isName; sentence++) {
    const kind = corpus.kindOf(sentence);
    const isProse = kind === 'prose' || kind === 'item';
    const first = corpus.firstWord.get(sentence);
    for (let at = first; at < corpus.endWord.get(sentence); at++) {
      if (words.term.get(at) !== term) continue;
      if (!isUpper(corpus.textFor(sentence).charCodeAt(words.start.get(at)))) isLower = true;
      else if (isProse && at > first && at !== word) isName = true;
    }
  }
  if (isLower) return true;
  const kind = corpus.kindOf(phrase.sentence);
  const isCapitalAnyway = word === corpus.firstWord.get(phrase.sentence) || kind === 'heading' || kind === 'headline';
  return !isName && isCapitalAnyway && words.terms.idf.get(term) < UNKNOWN_IDF;
}

function hasUpperInside(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (lowerOf(text.charCodeAt(at)) !== text.charCodeAt(at)) return true;
  return false;
}
