import {Ints} from '../../language/numbers.js';
import type {Corpus} from './corpus.js';
import {firstGainOf, gainOf, isNews, measureGains, say, scoreOf, startGains} from './gains.js';

/** Consecutive sentences of one event, [first, last]. */
export interface Span {
  readonly first: number;
  last: number;
  words: number;
}

/** What a choice may hold. Words as a person counts them. */
export interface ChoiceLimits {
  readonly spans: number;
  readonly words: number;
  /** Sentences longer than this are clipped, and no span is longer. */
  readonly spanWords: number;
}

const SENTENCES_PER_SPAN = 3;
const LEAST_WORDS = 4;
/** A third span and those after it say at least this share of what the best one says. */
const LEAST_SHARE = 0.12;
/** What is kept free for each span that is still to come. */
const SLOT_WORDS = 6;
/** A sentence that prolongs a span is worth this much a word. */
const LEAST_PROLONGING = 0.8;

const SPREAD_WEIGHT = 0.25;

const used = new Ints();

/**
 * Chooses the spans that say most: greedily, each time the one with most weight of words not yet said, for its length. At least one span
 * when any sentence has 4 words, whatever it says; a second likewise; more only while they are worth it. In the order of the text.
 */
export function chooseSpans(corpus: Corpus, limits: ChoiceLimits): Span[] {
  for (let sentence = 0; sentence < corpus.count; sentence++) used.set(sentence, 0);
  startGains(corpus, SPREAD_WEIGHT);
  const spans: Span[] = [];
  let left = limits.words;
  let best = 0;
  while (spans.length < limits.spans && left >= LEAST_WORDS) {
    const room = Math.min(limits.spanWords, left - (limits.spans - spans.length - 1) * SLOT_WORDS);
    const found = bestSpan(corpus, spans.length === 0 ? limits.spanWords : room, limits.spanWords);
    if (found === undefined || (spans.length >= 2 && found.score < best * LEAST_SHARE)) break;
    best = Math.max(best, found.score);
    for (let sentence = found.span.first; sentence <= found.span.last; sentence++) take(sentence);
    measureGains(corpus);
    left -= found.span.words + 1;
    spans.push(found.span);
  }
  prolong(corpus, spans, left, limits.spanWords);
  return spans.sort((a, b) => a.first - b.first);
}

function take(sentence: number): void {
  used.set(sentence, 1);
  say(sentence);
}

function bestSpan(corpus: Corpus, room: number, spanWords: number): {span: Span; score: number} | undefined {
  let bestScore = 0;
  let bestFirst = -1;
  let bestLast = -1;
  let bestWords = 0;
  for (let first = 0; first < corpus.count; first++) {
    let gain = 0;
    let firstGain = 0;
    let length = 0;
    for (let last = first; last < first + SENTENCES_PER_SPAN && last < corpus.count; last++) {
      if (used.get(last) !== 0 || (last > first && !isNext(corpus, last))) break;
      const whole = corpus.length.get(last);
      if (last > first && length + whole > spanWords) break;
      const shown = Math.min(whole, spanWords);
      gain += gainOf(last) * (shown / whole);
      firstGain += firstGainOf(last) * (shown / whole);
      length += shown;
      if (length > room) break;
      if (length < LEAST_WORDS || !isNews(gain, firstGain)) continue;
      const score = scoreOf(gain, length);
      if (score <= bestScore) continue;
      bestScore = score;
      bestFirst = first;
      bestLast = last;
      bestWords = length;
    }
  }
  return bestFirst < 0 ? undefined : {span: {first: bestFirst, last: bestLast, words: bestWords}, score: bestScore};
}

/** What only announces or greets is not drawn along by what stands before it. */
const LEAST_FACTOR = 0.45;

/** Whether `sentence` follows the one before it in the same paragraph and says something. */
function isNext(corpus: Corpus, sentence: number): boolean {
  if (corpus.factor.get(sentence) < LEAST_FACTOR) return false;
  return corpus.textOf.get(sentence) === corpus.textOf.get(sentence - 1) && corpus.block.get(sentence) === corpus.block.get(sentence - 1);
}

/** Spends what is left of the words on the sentences that follow the chosen ones. */
function prolong(corpus: Corpus, spans: readonly Span[], budget: number, spanWords: number): void {
  let left = budget;
  while (left >= LEAST_WORDS) {
    let best: Span | undefined;
    let bestScore = LEAST_PROLONGING;
    for (const span of spans) {
      const next = span.last + 1;
      if (next >= corpus.count || used.get(next) !== 0 || !isNext(corpus, next)) continue;
      const length = corpus.length.get(next);
      if (length === 0 || length > left || span.words + length > spanWords) continue;
      const score = gainOf(next) / length;
      if (score <= bestScore) continue;
      bestScore = score;
      best = span;
    }
    if (best === undefined) return;
    best.last += 1;
    best.words += corpus.length.get(best.last);
    left -= corpus.length.get(best.last);
    take(best.last);
    measureGains(corpus);
  }
}
