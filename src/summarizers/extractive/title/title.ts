import {kindAt, LOW, lowerOf, UNSPACED, WORD} from '../../../language/chars.js';
import {cutAt} from '../../../language/cut.js';
import type {Corpus} from '../corpus.js';
import {bestPhrase, findPhrases, forgetPhrases, type Phrase} from './phrases.js';
import {pairBonus, spendTerm} from './salience.js';
import {topicText} from './topic-text.js';

const MOST_WORDS = 10;
const MOST_FIRST = 6;
const MOST_NEXT = 4;
const MOST_PHRASES = 3;
/** So many phrases are looked at: some are details. */
const MOST_ROUNDS = 4;
const MOST_CHARACTERS = 160;
/** What a first, second and third phrase say at least, as a share of what the first one says. */
const LEAST_SHARE = [0, 0.4, 0.55];
/** What was said once alone has to say as much as this share. */
const LEAST_SHARE_ONCE = 0.8;
const LEAST_SCORE = 2;

/**
 * What the text is about: its most telling phrases, at most 10 words, never the beginning of one of its events. Empty when nothing in
 * it is telling. `measureSalience` has been called; the terms of the title are spent afterwards.
 * @param most what `measureSalience` returned @param heads how the events begin @param taskFactor see `findPhrases`
 */
export function makeTitle(corpus: Corpus, most: number, heads: readonly string[], taskFactor = 1): string {
  const parts: string[] = [];
  let left = MOST_WORDS;
  let best = 0;
  findPhrases(corpus, MOST_FIRST, most, true, taskFactor);
  if (bestPhrase(corpus, MOST_FIRST, LEAST_SCORE) === undefined) findPhrases(corpus, MOST_FIRST, most, false, taskFactor);
  for (let round = 0; round < MOST_ROUNDS && parts.length < MOST_PHRASES && left > 0; round++) {
    const least = Math.max(LEAST_SCORE, best * (LEAST_SHARE[parts.length] ?? 1));
    const phrase = bestPhrase(corpus, parts.length === 0 ? MOST_FIRST : Math.min(left, MOST_NEXT), least);
    if (phrase === undefined) break;
    best = Math.max(best, phrase.score);
    const isMeant =
      beginsAny(parts.join(', '), heads) ||
      isSaidAgain(corpus, phrase) ||
      (parts.length === 1 && !corpus.words.terms.isForeign && phrase.score >= best * LEAST_SHARE_ONCE);
    const text = isMeant ? topicText(corpus, phrase) : '';
    const words = text.split(' ').length;
    if (text !== '' && words <= left) {
      parts.push(text);
      left -= words;
    }
    for (let word = phrase.first; word <= phrase.last; word++) spendTerm(corpus.words.term.get(word));
    forgetPhrases();
  }
  return arrange(parts, heads);
}

/** Whether a phrase is more than a detail: a task, a part of a child's title, or two of its words stand side by side elsewhere, too. */
function isSaidAgain(corpus: Corpus, {sentence, first, last, isTask}: Phrase): boolean {
  if (isTask || corpus.kindOf(sentence) === 'topic' || corpus.kindOf(sentence) === 'headline') return true;
  const {term} = corpus.words;
  for (let word = first; word < last; word++) if (pairBonus(term.get(word), term.get(word + 1)) > 0) return true;
  return false;
}

/** The parts in an order in which the title begins as no event does; without such an order, without the first word. */
function arrange(parts: readonly string[], heads: readonly string[]): string {
  for (const part of parts) {
    const title = [part, ...parts.filter((other) => other !== part)].join(', ');
    if (!beginsAny(title, heads)) return capitalized(title);
  }
  const rest = parts.join(', ').split(' ').slice(1).join(' ');
  // One word that is left says less than the beginning with the speaker's name, which is taken then.
  return rest.includes(' ') && !beginsAny(rest, heads) ? capitalized(rest) : '';
}

/** Whether one of `heads` begins with the words of `title`; only letters and digits count, in any case. */
export function beginsAny(title: string, heads: readonly string[]): boolean {
  return heads.some((head) => begins(head, title));
}

function begins(head: string, title: string): boolean {
  let inHead = 0;
  let inTitle = 0;
  for (;;) {
    const atTitle = nextWord(title, inTitle);
    const atHead = nextWord(head, inHead);
    if (atTitle >= title.length) return true;
    if (atHead >= head.length) return false;
    // A gap on one side only: another word begins there.
    if (inTitle > 0 && atTitle > inTitle !== atHead > inHead) return false;
    if (lowerOf(title.charCodeAt(atTitle)) !== lowerOf(head.charCodeAt(atHead))) return false;
    inTitle = atTitle + 1;
    inHead = atHead + 1;
  }
}

/** Where the next letter or digit stands, from `from` on. */
function nextWord(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === WORD || kind === UNSPACED || kind === LOW) break;
    at++;
  }
  return at;
}

/** The first word with a capital, unless it is an identifier, a path or a command. */
function capitalized(title: string): string {
  return /^[^\sA-Z0-9./_:(){}[\]#@\\=<>$&*+`,]+(?=[\s,]|$)/.test(title) ? firstUpper(title) : title;
}

function firstUpper(title: string): string {
  const [first = ''] = title;
  return `${first.toUpperCase()}${title.slice(first.length)}`;
}

/** At most 10 words of `text`: what is left as a title where nothing in a text is telling. */
export function clippedWords(text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const few = words.length <= MOST_WORDS ? words.join(' ') : `${words.slice(0, MOST_WORDS - 1).join(' ')} …`;
  return few.length <= MOST_CHARACTERS ? few : `${cutAt(few, MOST_CHARACTERS)}…`;
}
