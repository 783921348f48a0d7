import {LEAD, LINK, NOUN_FIRST, STOP, TO, WORK} from '../../language/lexicon.js';
import {hashWord} from '../../language/stem.js';
import {PAST_FORMS, WORK_VERBS} from '../../language/verbs.js';
import {APART} from '../../language/words.js';
import type {Corpus} from './corpus.js';

/** What a sentence does, by its first words. */
export type Act = 'none' | 'asks' | 'did';

/** In which form a verb stands. */
export type VerbForm = 'base' | 's' | 'past' | 'ing';

const MOST_LEAD = 6;

export interface ActOfSentence {
  act: Act;
  /** The word that is the verb; -1 where no word is. */
  verb: number;
}

// One object for all sentences: it is read before the next one is looked at.
const found: ActOfSentence = {act: 'none', verb: -1};

/**
 * Whether a sentence asks for work or says that it was done ("could you please add …", "I've added …", "Added …"), and with which verb.
 * Only English is known. The answer is valid until the next call.
 */
export function actOf(corpus: Corpus, sentence: number): ActOfSentence {
  const first = corpus.firstWord.get(sentence);
  findAct(corpus, sentence, first);
  if (found.verb >= 0) return found;
  // "Back to the feed: write …"
  const {words} = corpus;
  const text = corpus.textFor(sentence);
  const end = Math.min(corpus.endWord.get(sentence) - 2, first + MOST_LEAD);
  for (let word = first; word < end; word++) {
    if (text.charCodeAt(words.end.get(word)) !== COLON || text.charCodeAt(words.end.get(word) + 1) !== SPACE) continue;
    findAct(corpus, sentence, word + 1);
    if (found.act === 'did') found.act = 'none';
    break;
  }
  if (found.act === 'none') found.verb = -1;
  return found;
}

const COLON = 58;
const SPACE = 32;

/** Looks for an act in the words from `first` on. */
function findAct(corpus: Corpus, sentence: number, first: number): void {
  const {words} = corpus;
  const {terms} = words;
  const end = Math.min(corpus.endWord.get(sentence), first + MOST_LEAD + 1);
  found.act = 'none';
  found.verb = -1;
  for (let word = first; word < end; word++) {
    const flags = terms.flags.get(words.term.get(word));
    if (words.joint.get(word) !== APART) return;
    if (flags & WORK && word + 1 < corpus.endWord.get(sentence) && words.joint.get(word + 1) === APART) {
      const form = formAt(corpus, sentence, word);
      if (form !== 'base' && form !== 'past') return;
      // "Test coverage is low" asks for nothing, "test the coverage" and "please test coverage" do.
      if (form === 'base' && word === first && flags & NOUN_FIRST && !isObject(corpus, word + 1)) return;
      const after = terms.flags.get(words.term.get(word + 1));
      // "Stored on …" tells where something is, "Switched to …" what was done.
      if (form === 'past' && after & STOP && (after & (LINK | TO)) !== (LINK | TO) && !isDropped(terms.hash.get(words.term.get(word + 1))))
        return;
      found.act = form === 'base' ? 'asks' : 'did';
      found.verb = word;
      return;
    }
    const past = pastForms().get(terms.hash.get(words.term.get(word)));
    if (past !== undefined) {
      found.act = 'did';
      found.verb = word;
      return;
    }
    if (!(flags & LEAD)) return;
  }
}

/** "Parsing seems slow", "Tides are late": what stands there is the subject. */
export const AUXILIARIES = hashesOf(
  'am are be been can could did do does had has have is looks may might must seem seemed seems should was were will would',
);

function isObject(corpus: Corpus, word: number): boolean {
  const {terms, term} = corpus.words;
  return terms.has(term.get(word), STOP) && !AUXILIARIES.has(terms.hash.get(term.get(word)));
}

/** The hashes of the words of a list. */
export function hashesOf(list: string): ReadonlySet<number> {
  return new Set(list.split(' ').map((word) => hashWord(word, 0, word.length)));
}

const ARTICLES = hashesOf('the a an our your my its their his her this that these those');

/** Whether a headline goes without a word: articles and whose it is. */
export function isDropped(hash: number): boolean {
  return ARTICLES.has(hash);
}

/** In which form the verb at `word` stands, by its ending. */
export function formAt(corpus: Corpus, sentence: number, word: number): VerbForm {
  const text = corpus.textFor(sentence);
  const end = corpus.words.end.get(word);
  const last = text.charCodeAt(end - 1) | 32;
  if (last !== S && last !== D && last !== G) return 'base';
  const before = text.charCodeAt(end - 2) | 32;
  const start = corpus.words.start.get(word);
  if (last === S) return before !== S && before !== U && before !== I ? 's' : 'base';
  if (last === D) return before === E && (text.charCodeAt(end - 3) | 32) !== E && hasVowel(text, start, end - 2) ? 'past' : 'base';
  return before === N && (text.charCodeAt(end - 3) | 32) === I && hasVowel(text, start, end - 3) ? 'ing' : 'base';
}

/** "bring" and "shed" are no forms of shorter words. */
function hasVowel(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ('aeiouyAEIOUY'.includes(text.charAt(at))) return true;
  return false;
}

const D = 100;
const E = 101;
const G = 103;
const I = 105;
const N = 110;
const S = 115;
const U = 117;

let past: ReadonlyMap<number, string> | undefined;
let bases: ReadonlyMap<number, string> | undefined;

function pastForms(): ReadonlyMap<number, string> {
  past ??= new Map(
    PAST_FORMS.split(/\s+/).map((pair) => {
      const [form = '', base = ''] = pair.split(':');
      return [hashWord(form, 0, form.length), base];
    }),
  );
  return past;
}

/** The verb as one says it when one asks for it: "Added" gives "add". Undefined for a verb that is not one of work. */
export function baseOf(hash: number): string | undefined {
  bases ??= new Map([
    ...WORK_VERBS.split(/[\s|]+/).map((verb): [number, string] => [hashWord(verb, 0, verb.length), verb]),
    ...pastForms(),
  ]);
  return bases.get(hash);
}
