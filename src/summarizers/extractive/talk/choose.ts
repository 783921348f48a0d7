import {RAREST, type Term} from '../../../language/vocabulary.js';
import type {Sentence} from '../passages.js';
import {WEIGHTS} from '../weights.js';

const {talk: W} = WEIGHTS;
const MOST_BULLETS = 5;
const SENTENCES_PER_SPAN = 3;
const LEAST_WORDS = 4;
/** What only greets is not drawn along by what stands before it. */
const LEAST_FACTOR = 0.45;
/** What a gain is divided by, by the length in words. */
const DIVISORS = Float64Array.from({length: W.bulletWords + 1}, (_, length) => (length + W.lengthShift) ** W.lengthPower);

/** A sentence with what it is worth beside its words, about 0 to 1. */
export interface Candidate {
  readonly sentence: Sentence;
  /** The distinct words of it that tell something. */
  readonly terms: readonly Term[];
  readonly factor: number;
}

/** Consecutive candidates [first, last] of one paragraph. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly words: number;
}

/**
 * Chooses the spans that say most: greedily, each time the one with most weight of words not yet said, for its length. At least one span
 * when any sentence has 4 words; more only while they are worth it. In the order of the text.
 * @param worth what each term tells, by its number
 */
export function chooseSpans(candidates: readonly Candidate[], worth: Float64Array): Span[] {
  const choice = new Choice(candidates, worth.slice());
  const spans: Span[] = [];
  let left: number = W.words;
  let best = 0;
  while (spans.length < MOST_BULLETS && left >= LEAST_WORDS) {
    const found = choice.bestSpan(Math.min(W.bulletWords, left));
    if (found === undefined || (spans.length >= 2 && found.score < best * W.leastShare)) break;
    best = Math.max(best, found.score);
    for (let at = found.span.first; at <= found.span.last; at++) choice.say(at);
    left -= found.span.words + 1;
    spans.push(found.span);
  }
  return choice.prolong(spans, left).sort((a, b) => a.first - b.first);
}

/** What is said so far, and what each candidate would add to it. */
class Choice {
  readonly #candidates: readonly Candidate[];
  /** Of each term what it is worth now. */
  readonly #worth: Float64Array;
  readonly #telling: readonly (readonly Term[])[];
  readonly #gains: Float64Array;
  readonly #firstGains: Float64Array;
  readonly #isUsed: Uint8Array;
  readonly #lengths: readonly number[];
  /** Whether a candidate follows the one before it in the same paragraph and says something. */
  readonly #isNext: readonly boolean[];
  readonly #said = new Set<Term>();

  constructor(candidates: readonly Candidate[], worth: Float64Array) {
    this.#candidates = candidates;
    this.#telling = candidates.map(({terms}) => terms);
    this.#worth = worth;
    this.#gains = new Float64Array(candidates.length);
    this.#isUsed = new Uint8Array(candidates.length);
    this.#lengths = candidates.map(({sentence}) => Math.max(1, sentence.length));
    this.#isNext = candidates.map((next, at) => goesOn(candidates[at - 1], next));
    this.#measure();
    this.#firstGains = this.#gains.slice();
  }

  #measure(): void {
    this.#candidates.forEach(({factor}, at) => {
      // A sentence of small words alone is worth next to nothing, but more than none.
      let gain = 0.02;
      for (const {number} of this.#telling[at] ?? []) gain += this.#worth[number] ?? 0;
      this.#gains[at] = gain * factor;
    });
  }

  say(at: number): void {
    this.#isUsed[at] = 1;
    for (const term of this.#telling[at] ?? []) {
      if (this.#said.has(term)) continue;
      this.#said.add(term);
      this.#worth[term.number] = (this.#worth[term.number] ?? 0) * W.residue;
    }
    this.#measure();
  }

  bestSpan(room: number): {readonly span: Span; readonly score: number} | undefined {
    let bestScore = 0;
    let bestFirst = -1;
    let bestLast = -1;
    let bestWords = 0;
    for (let first = 0; first < this.#candidates.length; first++) {
      let gain = 0;
      let firstGain = 0;
      let length = 0;
      for (let last = first; last < first + SENTENCES_PER_SPAN && last < this.#candidates.length; last++) {
        if (this.#isUsed[last] === 1 || (last > first && this.#isNext[last] !== true)) break;
        const whole = this.#lengths[last] ?? 1;
        if (last > first && length + whole > W.bulletWords) break;
        const shown = Math.min(whole, W.bulletWords);
        gain += ((this.#gains[last] ?? 0) * shown) / whole;
        firstGain += ((this.#firstGains[last] ?? 0) * shown) / whole;
        length += shown;
        if (length > room) break;
        if (length < LEAST_WORDS || gain < firstGain * W.leastNews) continue;
        const score = gain / (DIVISORS[length] ?? 1);
        if (score <= bestScore) continue;
        bestScore = score;
        bestFirst = first;
        bestLast = last;
        bestWords = length;
      }
    }
    return bestFirst < 0 ? undefined : {span: {first: bestFirst, last: bestLast, words: bestWords}, score: bestScore};
  }

  /** Spends what is left of the words on the sentences that follow the chosen ones. */
  prolong(chosen: readonly Span[], budget: number): Span[] {
    const spans = [...chosen];
    let left = budget;
    while (left >= LEAST_WORDS) {
      let best = -1;
      let bestScore: number = W.leastProlonging;
      spans.forEach((span, at) => {
        const next = span.last + 1;
        if (next >= this.#candidates.length || this.#isUsed[next] === 1 || this.#isNext[next] !== true) return;
        const length = this.#lengths[next] ?? 1;
        const score = (this.#gains[next] ?? 0) / length;
        if (length > left || span.words + length > W.bulletWords || score <= bestScore) return;
        bestScore = score;
        best = at;
      });
      const span = spans[best];
      if (span === undefined) break;
      const length = this.#lengths[span.last + 1] ?? 1;
      spans[best] = {first: span.first, last: span.last + 1, words: span.words + length};
      left -= length;
      this.say(span.last + 1);
    }
    return spans;
  }
}

function goesOn(one: Candidate | undefined, next: Candidate): boolean {
  if (one === undefined || next.factor < LEAST_FACTOR) return false;
  return one.sentence.group === next.sentence.group && one.sentence.block === next.sentence.block;
}

/** What a term tells by its rarity, its shape and in how many events it comes up. */
export function worthOf(term: Term): number {
  const rare = RARITIES[term.rarity * 2] ?? 0;
  if (rare === 0) return 0;
  const spread = 1 + W.spread * Math.log2(Math.min(6, Math.max(0.5, term.spread)));
  return rare * (term.shape === 'word' ? 1 : W.code) * spread;
}

/** What a rarity tells, by its half steps. */
const RARITIES = Float64Array.from({length: RAREST * 2 + 1}, (_, step) => Math.max(0, step / 2 - W.leastRarity) ** W.rarityPower);
