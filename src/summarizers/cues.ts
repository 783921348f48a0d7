import type {EventForSummary} from '../domain/summary.js';
import type {Corpus} from './corpus.js';
import {CUE, lexicon, OPENER, STOP} from './lexicon.js';
import {hashPair} from './stem.js';
import {CODE, NOISE} from './terms.js';
import {CODE_JOINED} from './words.js';

const QUESTION_MARKS = '?？';
const COLON = 58;

/** Who says a sentence. */
export interface Voice {
  /** How much what it says is worth: requests most, what a tool printed least. Between named people: equal. */
  readonly factor: number;
  /** A named person in a conversation; neither the user nor the assistant of a coding session. */
  readonly isPerson: boolean;
  /** The user of a coding session, whose questions are requests. */
  readonly asksForWork: boolean;
}

/** Who speaks in an event. @param isPivot it holds the first request or the last answer */
export function voiceOfEvent(event: EventForSummary, isPivot: boolean): Voice {
  const isPerson = event.speaker !== undefined;
  return {factor: factorOf(event) * (isPivot && !isPerson ? 1.25 : 1), isPerson, asksForWork: !isPerson && event.role === 'user'};
}

function factorOf(event: EventForSummary): number {
  if (event.type === 'tool_result' || event.role === 'tool') return 0.2;
  if (event.type !== 'user_message' && event.type !== 'assistant_message') return 0.3;
  if (event.speaker !== undefined) return 1;
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
  switch (corpus.kindOf(sentence)) {
    case 'prose':
      break;
    case 'heading':
      factor *= 0.4;
      break;
    case 'thought':
    case 'aside':
      factor *= 0.5;
      break;
    case 'code':
      factor *= 0.2;
      break;
  }
  factor *= endingFactor(corpus, sentence, voice);
  corpus.factor.set(sentence, factor * substanceFactor(corpus, sentence));
}

function openingFactor(corpus: Corpus, sentence: number, isPerson: boolean): number {
  const {words} = corpus;
  const first = corpus.firstWord.get(sentence);
  const hash = words.terms.hash.get(words.term.get(first));
  const known = lexicon();
  if (first + 1 < corpus.endWord.get(sentence)) {
    const second = words.terms.hash.get(words.term.get(first + 1));
    if (known.flagsOf(hashPair(hash, second)) & OPENER) return isPerson ? 0.6 : 0.25;
  }
  if (known.flagsOf(hash) & OPENER) return isPerson ? 0.85 : corpus.length.get(sentence) > 9 ? 0.6 : 0.3;
  return 1;
}

function endingFactor(corpus: Corpus, sentence: number, voice: Voice): number {
  const text = corpus.textFor(sentence);
  const end = corpus.to.get(sentence);
  if (QUESTION_MARKS.includes(text.charAt(end - 1))) return voice.isPerson ? 0.65 : voice.asksForWork ? 1 : 0.5;
  return text.charCodeAt(end - 1) === COLON || text.charCodeAt(end - 3) === COLON ? 0.5 : 1;
}

function substanceFactor(corpus: Corpus, sentence: number): number {
  const {words} = corpus;
  const {terms} = words;
  const end = corpus.endWord.get(sentence);
  let code = 0;
  let cues = 0;
  let plain = 0;
  let letters = 0;
  for (let word = corpus.firstWord.get(sentence); word < end; word++) {
    const flags = terms.flags.get(words.term.get(word));
    letters += words.end.get(word) - words.start.get(word);
    if (flags & (CODE | NOISE) || words.joint.get(word) === CODE_JOINED) code++;
    if (flags & CUE) cues++;
    if (flags & STOP) plain++;
  }
  const count = end - corpus.firstWord.get(sentence);
  const density = letters / Math.max(1, corpus.to.get(sentence) - corpus.from.get(sentence));
  let factor = cues > 0 ? 1.2 : 1;
  if (density < 0.65) factor *= 0.3;
  if (count >= 4) factor *= 1 - 0.8 * (code / count);
  // A sentence of any language has its small words; a list of names has none. Unknown languages have none that we know.
  if (count >= 6 && plain === 0 && code > 0) factor *= 0.6;
  return factor;
}
