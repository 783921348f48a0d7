import {STOP, VERB, WEAK} from '../../../language/lexicon.js';
import {Floats, Ints} from '../../../language/numbers.js';
import {CODE, NOISE} from '../../../language/terms.js';
import {APART, CODE_JOINED} from '../../../language/words.js';
import {actOf, isDropped} from '../acts.js';
import type {Corpus} from '../corpus.js';
import {canFollow, isInName, isPossessive, isSoftGap} from './grammar.js';
import {canStart, isCutBefore, isName, isPlainWord} from './name-words.js';
import {codeFactor, DIVISORS, isRepeated, TOPIC_DIVISORS, weigh} from './phrase-weight.js';
import {pairBonus, salienceOf} from './salience.js';
import {afterLabel, endOfTask, wholeTopic} from './task-phrases.js';
import {isGermanName, type Tongue, tongueOf} from './tongue.js';

/** A run of words [first, last] of one sentence. */
export interface Phrase {
  readonly sentence: number;
  readonly first: number;
  readonly last: number;
  readonly score: number;
  /** A task, which begins with its verb; else a name for something. */
  readonly isTask: boolean;
}

const MOST_CHARACTERS = 60;
/** A sentence is looked at when it has a word of this share of the most salience. */
const LEAST_ANCHOR = 0.6;
/** A title's part of more tokens is no headline. */
const MOST_TASK = 7;
/** What the first request begins with. */
const OPENING_FACTOR = 1.5;
/** What was asked for or done says more than a name for something. */
const TASK_FACTOR = 1.5;
const HEADLINE_FACTOR = 1.9;
const ANNOUNCED_FACTOR = 0.6;
/** A name that begins or ends in the middle of a longer one says less. */
const CUT_FACTOR = 0.85;
/** One word names a field, not a matter. */
const SINGLE_FACTOR = 0.5;
/** Where verbs are not known, a longer run of words is a clause. */
const MOST_FOREIGN = 3;
/** "Run agent" says little. */
const SINGLE_OBJECT = 0.7;
/** A name that ends with a word of no meaning of its own has so many others. */
const LEAST_BEFORE_WEAK = 2;
/** A command does not name a period. */
const COMMAND_FACTOR = 0.4;
/** A phrase that ends inside a name that is said again and again says less. */
const SPLIT_FACTOR = 0.75;

let scored = 0;
let isStrict = true;
let topicTask = 1;
let tongue: Tongue = 'english';
// Of each sentence the best phrase. Spending terms only lowers its score.
const scores = new Floats();
const firsts = new Ints();
const lasts = new Ints();
const tasks = new Ints();
/** Whether a sentence has a word for which it is searched for names. */
const anchored = new Ints();
/** In which round the best phrase of a sentence was found. */
const rounds = new Ints();
let round = 0;

/**
 * Finds the best phrase of each sentence. Where there are parts of children's titles, they alone: they are well made already.
 * @param most the most salience that any term has @param strict only what is likely to be a name for a matter
 * @param taskFactor how much more a part of a child's title is worth that is a task
 */
export function findPhrases(corpus: Corpus, mostTokens: number, most: number, strict: boolean, taskFactor: number): void {
  scored = corpus.count;
  isStrict = strict;
  topicTask = taskFactor;
  round = 0;
  let hasTopics = false;
  for (let sentence = 0; sentence < corpus.count && !hasTopics; sentence++) hasTopics = corpus.kindOf(sentence) === 'topic';
  for (let sentence = 0; sentence < corpus.count; sentence++) {
    scores.set(sentence, 0);
    rounds.set(sentence, 0);
    const isAnchored = !hasTopics && hasAnchor(corpus, sentence, most * LEAST_ANCHOR);
    anchored.set(sentence, isAnchored ? 1 : 0);
    if (isAnchored || (hasTopics ? corpus.kindOf(sentence) === 'topic' : isNamed(corpus, sentence))) findIn(corpus, sentence, mostTokens);
  }
}

/** Whether the sentence says by itself what the title may say: a task, a plan's name, a part of a child's title. */
function isNamed(corpus: Corpus, sentence: number): boolean {
  const kind = corpus.kindOf(sentence);
  return corpus.verb.get(sentence) >= 0 || kind === 'headline' || kind === 'topic';
}

function hasAnchor(corpus: Corpus, sentence: number, least: number): boolean {
  const {words} = corpus;
  const end = corpus.endWord.get(sentence);
  for (let word = corpus.firstWord.get(sentence); word < end; word++) if (salienceOf(words.term.get(word)) >= least) return true;
  return false;
}

/**
 * The phrase that says most for its length, or undefined when none reaches `least`. `findPhrases` has been called. Spending terms only
 * lowers scores, so that old ones are bounds, and only what is best by them is looked at again.
 */
export function bestPhrase(corpus: Corpus, mostTokens: number, least: number): Phrase | undefined {
  for (;;) {
    let best = -1;
    for (let sentence = 0; sentence < scored; sentence++) {
      if (scores.get(sentence) > (best < 0 ? 0 : scores.get(best))) best = sentence;
    }
    if (best < 0 || scores.get(best) < least) return undefined;
    if (rounds.get(best) === round)
      return {sentence: best, first: firsts.get(best), last: lasts.get(best), score: scores.get(best), isTask: tasks.get(best) === 1};
    findIn(corpus, best, mostTokens);
    rounds.set(best, round);
  }
}

/** Begins another round: terms were spent since the phrases were found. */
export function forgetPhrases(): void {
  round++;
}

function sentenceBonus(corpus: Corpus, sentence: number): number {
  switch (corpus.kindOf(sentence)) {
    case 'topic':
      return 2;
    case 'headline':
    case 'heading':
      return 1.2;
    case 'prose':
    case 'item':
      return (0.7 + 0.3 * Math.min(1.4, corpus.factor.get(sentence))) * (corpus.isRequest.get(sentence) === 2 ? OPENING_FACTOR : 1);
    case 'thought':
      return 0.5;
    case 'aside':
    case 'code':
      return 0.3;
  }
}

function findIn(corpus: Corpus, sentence: number, mostTokens: number): void {
  scores.set(sentence, 0);
  const bonus = sentenceBonus(corpus, sentence);
  const end = corpus.endWord.get(sentence);
  if (isNamed(corpus, sentence)) findTask(corpus, sentence, Math.min(mostTokens + 1, MOST_TASK), bonus);
  if (anchored.get(sentence) === 0) return;
  tongue = tongueOf(corpus, sentence);
  const most = tongue === 'english' ? mostTokens : Math.min(mostTokens, MOST_FOREIGN);
  for (let first = corpus.firstWord.get(sentence); first < end; first++) {
    if (canStart(corpus, sentence, first)) findFrom(corpus, sentence, first, end, most, bonus);
  }
}

function findTask(corpus: Corpus, sentence: number, mostTokens: number, bonus: number): void {
  const verb = corpus.verb.get(sentence);
  const kind = corpus.kindOf(sentence);
  const isTopic = kind === 'topic';
  const isHeadline = kind === 'headline';
  const first = verb >= 0 && !isTopic ? verb : afterLabel(corpus, sentence);
  const last = isTopic ? wholeTopic(corpus, sentence, mostTokens + 2) : endOfTask(corpus, sentence, first, mostTokens);
  const isTask = verb >= 0 && !isTopic;
  if (last < first || (isTask && last === first)) return;
  const {sum, tokens} = weigh(corpus, isTask ? first + 1 : first, last);
  if (tokens === 0 || corpus.words.end.get(last) - corpus.words.start.get(first) > MOST_CHARACTERS * 1.5) return;
  const isRequest = corpus.isRequest.get(sentence) > 0;
  const isSaid = isRequest || corpus.isDone.get(sentence) === 1;
  const factor = isTopic
    ? actOf(corpus, sentence).act === 'asks'
      ? topicTask
      : 1
    : isHeadline
      ? isRequest
        ? HEADLINE_FACTOR
        : 1
      : isSaid
        ? TASK_FACTOR
        : ANNOUNCED_FACTOR;
  const divisors = isTopic ? TOPIC_DIVISORS : DIVISORS;
  const command = isTopic && corpus.textFor(sentence).includes('`') ? COMMAND_FACTOR : 1;
  const objects = isTask && tokens === 1 ? SINGLE_OBJECT : 1;
  const score =
    (factor * objects * command * codeFactor(corpus, first, last) * bonus * sum) / (divisors[Math.min(tokens, divisors.length - 1)] ?? 1);
  if (score <= scores.get(sentence)) return;
  scores.set(sentence, score);
  firsts.set(sentence, first);
  lasts.set(sentence, last);
  tasks.set(sentence, isTask ? 1 : 0);
}

function findFrom(corpus: Corpus, sentence: number, first: number, end: number, mostTokens: number, bonus: number): void {
  const {words} = corpus;
  const {terms} = words;
  const text = corpus.textFor(sentence);
  const start = words.start.get(first);
  let tokens = 1;
  let codes = 0;
  let sum = 0;
  let token = 0;
  let telling = 0;
  for (let last = first; last < end; last++) {
    const term = words.term.get(last);
    const flags = terms.flags.get(term);
    if (words.end.get(last) - start > MOST_CHARACTERS) return;
    if (last > first && words.joint.get(last) === APART) {
      if (!isInName(flags)) return;
      // "the behavior the linter flagged": another clause.
      if (flags & STOP && isDropped(terms.hash.get(term)) && !terms.has(words.term.get(last - 1), STOP)) return;
      if (!isSoftGap(text, words.end.get(last - 1), words.start.get(last)) || ++tokens > mostTokens) return;
      sum += token + pairBonus(words.term.get(last - 1), term);
      token = 0;
    }
    if (words.joint.get(last) === CODE_JOINED || flags & CODE) codes++;
    if (!(flags & (STOP | WEAK | NOISE))) telling++;
    // A word that the phrase has already counts once.
    if (!isRepeated(corpus, first, last)) token = Math.max(token, salienceOf(term));
    const isEnd = last + 1 === end || words.joint.get(last + 1) === APART;
    if (!isEnd) continue;
    if (last > first && !canFollow(corpus, sentence, last, false)) return;
    // No better than what the sentence has already, whatever else it is.
    if (flags & (STOP | NOISE) || bonus * (sum + token) <= scores.get(sentence) * (DIVISORS[tokens] ?? 1)) continue;
    if (last > first && !canFollow(corpus, sentence, last, true)) continue;
    if (tokens === 1 && (flags & VERB || isPossessive(text, words.end.get(last)))) continue;
    // "import cycle issue" says what it is about, "metadata fields" hardly does.
    if (isStrict && flags & WEAK && telling < LEAST_BEFORE_WEAK) continue;
    if (tongue === 'german' && !isGermanName(corpus, sentence, first, last)) continue;
    const isWord = tokens === 1 && !(flags & CODE) && isPlainWord(text, start);
    if (isStrict && isWord && tongue === 'english' && !isName(corpus, sentence, first)) continue;
    const length = isWord ? SINGLE_FACTOR : 1;
    const opening = isCutBefore(corpus, sentence, first) ? CUT_FACTOR : 1;
    let score = (opening * length * bonus * (sum + token) * (codes > 1 ? 0.6 : 1)) / (DIVISORS[tokens] ?? 1);
    if (score <= scores.get(sentence)) continue;
    if (last + 1 < end) {
      if (pairBonus(term, words.term.get(last + 1)) > 0) score *= SPLIT_FACTOR;
      else if (isCutBefore(corpus, sentence, last + 1)) score *= CUT_FACTOR;
    }
    if (score <= scores.get(sentence)) continue;
    scores.set(sentence, score);
    firsts.set(sentence, first);
    lasts.set(sentence, last);
    tasks.set(sentence, 0);
  }
}
