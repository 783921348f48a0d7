import type {EventForSummary} from '../../domain/toc/summary.js';
import {CUE, lexicon, OPENER, PERSONAL, STOP, WEIGHTY} from '../../language/lexicon.js';
import type {SentenceKind} from '../../language/sentences.js';
import {hashPair} from '../../language/stem.js';
import {CODE, NOISE} from '../../language/terms.js';
import {CODE_JOINED} from '../../language/words.js';
import {actOf} from './acts.js';
import type {Corpus} from './corpus.js';
import {isLeaning} from './leaning.js';

const QUESTION_MARKS = '?？';
const COLON = 58;
/** Among people questions and greetings are half of what is said, and answers tell more. */
const PERSON_QUESTION = 0.65;
const PERSON_OPENER = 0.6;
const CUE_FACTOR = 1.2;
const LEANING = 0.75;

/** Who says a sentence. */
export interface Voice {
  /** How much what it says is worth: requests most, what a tool printed least. Between named people: equal. */
  readonly factor: number;
  /** A named person in a conversation; neither the user nor the assistant of a coding session. */
  readonly isPerson: boolean;
  /** The user of a coding session, whose questions are requests. */
  readonly asksForWork: boolean;
  /** Whose first words say what all of it is about. */
  readonly isFirstRequest: boolean;
}

/**
 * Whether people talk to each other, and none of them to a program: everybody has a name.
 * @param events those that say something
 */
export function isAmongPeople(events: readonly EventForSummary[]): boolean {
  return events.every(({role, speaker}) => role !== 'assistant' || speaker !== undefined);
}

/**
 * Who speaks in an event. @param isPivot it holds the first request or the last answer @param amongPeople see `isAmongPeople`: with a
 * program a named user asks for work as a nameless one does
 */
export function voiceOfEvent(event: EventForSummary, isPivot: boolean, amongPeople: boolean): Voice {
  const isPerson = amongPeople && event.speaker !== undefined;
  const asksForWork = !isPerson && event.role === 'user';
  const factor = factorOf(event, isPerson) * (isPivot && !isPerson ? 1.25 : 1);
  return {factor, isPerson, asksForWork, isFirstRequest: asksForWork && isPivot};
}

function factorOf(event: EventForSummary, isPerson: boolean): number {
  if (event.type === 'tool_result' || event.role === 'tool') return 0.2;
  if (event.type !== 'user_message' && event.type !== 'assistant_message') return 0.3;
  if (isPerson) return 1;
  switch (event.role) {
    case 'user':
      return 1.35;
    case 'assistant':
      return 1;
    case 'system':
      return 0.5;
  }
}

/**
 * Sets the factor of one sentence: greetings, announcements ("Let me …"), lead-ins to a list, questions and soup of symbols lose;
 * decisions, outcomes and failures win.
 */
export function weighSentence(corpus: Corpus, sentence: number, voice: Voice): void {
  let factor = voice.factor * openingFactor(corpus, sentence, voice.isPerson);
  factor *= kindFactor(corpus.kindOf(sentence), voice);
  if (!voice.isPerson) factor *= actFactor(corpus, sentence, voice) * (!voice.asksForWork && isLeaning(corpus, sentence) ? LEANING : 1);
  factor *= endingFactor(corpus, sentence, voice);
  corpus.factor.set(sentence, factor * substanceFactor(corpus, sentence, voice.isPerson));
}

function kindFactor(kind: SentenceKind, voice: Voice): number {
  switch (kind) {
    case 'prose':
    case 'topic':
      return 1;
    case 'item':
      return voice.isPerson ? 1 : 0.85;
    case 'headline':
      // A plan's own name says what is wanted.
      return voice.asksForWork ? 1.1 : 0.4;
    case 'heading':
      return 0.4;
    case 'thought':
      return 0.5;
    case 'aside':
      return voice.isPerson ? 0.5 : 0.3;
    case 'code':
      return 0.2;
  }
}

/** Behind so many characters a user's message is a plan, a review or a print-out that was pasted: its details say less than its beginning. */
const TYPED = 700;
const PASTED = 0.55;
const IMPERSONAL = 0.45;
/** Within so many characters the first request says what it is about. */
const OPENING = 200;

function actFactor(corpus: Corpus, sentence: number, voice: Voice): number {
  const isPasted = voice.asksForWork && corpus.from.get(sentence) > TYPED;
  // "Implement the following plan:" only announces it.
  if (corpus.textFor(sentence).charCodeAt(corpus.to.get(sentence) - 1) === COLON) return isPasted ? PASTED : 1;
  const {act, verb} = actOf(corpus, sentence);
  corpus.verb.set(sentence, verb);
  corpus.isDone.set(sentence, act === 'did' ? 1 : 0);
  const isOpening = voice.isFirstRequest && corpus.from.get(sentence) < OPENING;
  corpus.isRequest.set(sentence, isOpening ? 2 : voice.asksForWork && !isPasted ? 1 : 0);
  const isReview = voice.asksForWork && isImpersonal(corpus, sentence);
  const factor = (isPasted ? PASTED : 1) * (isReview ? IMPERSONAL : 1);
  switch (act) {
    case 'none':
      return factor * (isOpening || isQuestion(corpus, sentence) ? 1 : 0.85);
    case 'did':
      return factor * 1.3;
    case 'asks':
      return factor * (voice.asksForWork && corpus.kindOf(sentence) !== 'item' ? 1.25 : 0.8);
  }
}

/** Whether a step or an option begins: "2. …", "B) …", "Option A: …". */
function isNumbered(corpus: Corpus, sentence: number, first: number): boolean {
  const {words} = corpus;
  const text = corpus.textFor(sentence);
  const isShort = (word: number) => words.end.get(word) - words.start.get(word) === 1;
  if (isShort(first)) return '.):—–-'.includes(text.charAt(words.end.get(first)));
  const isCounted = first + 1 < corpus.endWord.get(sentence) && isShort(first + 1) && text.charCodeAt(words.end.get(first)) === 32;
  return isCounted && ':)—–-('.includes(text.charAt(words.end.get(first + 1)).trim() || text.charAt(words.end.get(first + 1) + 1));
}

const LONG = 20;

/** Whether a long English sentence speaks to nobody: the user of a coding session hardly writes one, reviews and print-outs hold many. */
function isImpersonal(corpus: Corpus, sentence: number): boolean {
  if (corpus.length.get(sentence) < LONG) return false;
  const {words} = corpus;
  let small = 0;
  for (let word = corpus.firstWord.get(sentence); word < corpus.endWord.get(sentence); word++) {
    const flags = words.terms.flags.get(words.term.get(word));
    if (flags & PERSONAL) return false;
    if (flags & STOP) small++;
  }
  return small > 2;
}

function openingFactor(corpus: Corpus, sentence: number, isPerson: boolean): number {
  const {words} = corpus;
  const first = corpus.firstWord.get(sentence);
  if (!isPerson && isNumbered(corpus, sentence, first)) return 0.5;
  const hash = words.terms.hash.get(words.term.get(first));
  const known = lexicon();
  if (first + 1 < corpus.endWord.get(sentence)) {
    const second = words.terms.hash.get(words.term.get(first + 1));
    if (known.flagsOf(hashPair(hash, second)) & OPENER) return isPerson ? PERSON_OPENER : 0.25;
  }
  if (known.flagsOf(hash) & OPENER) return isPerson ? 0.85 : corpus.length.get(sentence) > 9 ? 0.6 : 0.3;
  return 1;
}

function isQuestion(corpus: Corpus, sentence: number): boolean {
  return QUESTION_MARKS.includes(corpus.textFor(sentence).charAt(corpus.to.get(sentence) - 1));
}

function endingFactor(corpus: Corpus, sentence: number, voice: Voice): number {
  const text = corpus.textFor(sentence);
  const end = corpus.to.get(sentence);
  if (isQuestion(corpus, sentence)) return voice.isPerson ? PERSON_QUESTION : voice.asksForWork ? 1 : 0.5;
  return text.charCodeAt(end - 1) === COLON || text.charCodeAt(end - 3) === COLON ? (voice.isPerson ? 0.5 : 0.3) : 1;
}

function substanceFactor(corpus: Corpus, sentence: number, isPerson: boolean): number {
  const {words} = corpus;
  const {terms} = words;
  const end = corpus.endWord.get(sentence);
  let code = 0;
  let cues = 0;
  let weighty = 0;
  let plain = 0;
  let letters = 0;
  for (let word = corpus.firstWord.get(sentence); word < end; word++) {
    const flags = terms.flags.get(words.term.get(word));
    letters += words.end.get(word) - words.start.get(word);
    if (flags & (CODE | NOISE) || words.joint.get(word) === CODE_JOINED) code++;
    if (flags & CUE) cues++;
    if (flags & WEIGHTY) weighty++;
    if (flags & STOP) plain++;
  }
  const count = end - corpus.firstWord.get(sentence);
  const density = letters / Math.max(1, corpus.to.get(sentence) - corpus.from.get(sentence));
  let factor = weighty > 0 && !isPerson ? 1.3 : cues > 0 && isPerson ? CUE_FACTOR : 1;
  if (density < 0.65) factor *= 0.3;
  if (count >= 4) factor *= 1 - 0.8 * (code / count);
  // A sentence of any language has its small words; a list of names has none. Unknown languages have none that we know.
  if (count >= 6 && plain === 0 && code > 0) factor *= 0.6;
  else if (!isPerson && count >= 4 && plain === 0 && corpus.kindOf(sentence) === 'item') factor *= 0.7;
  return factor;
}
