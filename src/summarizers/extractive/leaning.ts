import {STOP, VERB, WEAK, WEIGHTY} from '../../language/lexicon.js';
import {APART} from '../../language/words.js';
import {AUXILIARIES, formAt, hashesOf} from './acts.js';
import type {Corpus} from './corpus.js';
import {afterLabel} from './title/task-phrases.js';

/** With one of these an answer begins, or a sentence that goes on from the one before it. */
const ANSWERS = hashesOf(
  `agreed also and another because both but classic correct either exactly he he'd he'll he's it it'd it'll it's its neither no nope or right same she she's so
then there they they'll they're they've which yep yes yeah aber das daran dann darum denn deshalb dies es ja nein weil parce oui non cela ça eso esto porque sí 不是
他 她 它 对 是的 这 这个 那 那个 因为 否则 所以 而且 可以 然后 行`.replace(/\n/g, ' '),
);
/** "This ensures …" points back, "This week …" does not. */
const POINTERS = hashesOf('this that these those');
const SINGLE = hashesOf('this that');
const POINTED = hashesOf("that's that'll that'd");

/** "Can it block …?" */
const PRONOUNS = hashesOf('he it she that they this those these');

/** Whether a sentence makes no sense without the one before it: an answer, a reason, an "it" that nothing in it names. */
export function isLeaning(corpus: Corpus, sentence: number): boolean {
  const {words} = corpus;
  const {terms} = words;
  const first = corpus.firstWord.get(sentence);
  const hash = terms.hash.get(words.term.get(first));
  if (ANSWERS.has(hash) || POINTED.has(hash)) return true;
  if (first + 1 >= corpus.endWord.get(sentence)) return false;
  if (AUXILIARIES.has(hash)) return PRONOUNS.has(terms.hash.get(words.term.get(first + 1)));
  if (!POINTERS.has(hash)) return false;
  // "This convinces …", but "these results".
  return terms.has(words.term.get(first + 1), STOP | VERB) || (SINGLE.has(hash) && formAt(corpus, sentence, first + 1) === 's');
}

/** A request or an outcome says with so few telling words what it is about. */
const LEAST_OF_TASK = 3;
/** "Tide tables and harbour charts?" needs more than what is stated. */
const MORE_TO_ASK = 2;

/** Whether a sentence has fewer than `least` telling words: only who was there understands it. */
export function isRemark(corpus: Corpus, sentence: number, least: number): boolean {
  const {words} = corpus;
  let telling = 0;
  let isOutcome = corpus.verb.get(sentence) >= 0 || afterLabel(corpus, sentence) > corpus.firstWord.get(sentence);
  for (let word = corpus.firstWord.get(sentence); word < corpus.endWord.get(sentence); word++) {
    const flags = words.terms.flags.get(words.term.get(word));
    if (words.joint.get(word) === APART && !(flags & (STOP | WEAK))) telling++;
    if (flags & WEIGHTY) isOutcome = true;
  }
  const isAsked = '?？'.includes(corpus.textFor(sentence).charAt(corpus.to.get(sentence) - 1));
  return telling < (isOutcome ? Math.min(least, LEAST_OF_TASK) : isAsked ? least + MORE_TO_ASK : least);
}
