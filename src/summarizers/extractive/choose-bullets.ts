import type {Corpus} from './corpus.js';
import {firstGainOf, gainOf, isNews, measureGains, say, scoreOf, startGains} from './gains.js';

/** A child's bullet as a sentence of the corpus. */
export interface Candidate {
  readonly sentence: number;
  readonly child: number;
  readonly bullet: number;
}

/** Each bullet of a child after its first is worth this much of the one before, so that one loud hour does not fill a week. */
const PER_CHILD = 0.85;
const LEAST_SHARE = 0.12;
/** A stretch of the period that says less than this is passed over. */
const LEAST_HEARD = 0.05;
/** What comes up again and again is what a period was about. */
const SPREAD_WEIGHT = 0.5;

/**
 * Chooses at most `most` of the candidates that say most and repeat nothing, in their own order. The children are dealt into as many
 * stretches as there are places, and each stretch gives one bullet before any gives a second: the whole period is heard. Fewer than
 * `least` only where the others repeat.
 */
export function chooseBullets(
  corpus: Corpus,
  candidates: readonly Candidate[],
  children: number,
  least: number,
  most: number,
): Candidate[] {
  const stretches = Math.max(1, Math.min(most, children));
  const chosen: Candidate[] = [];
  const open = new Set(candidates);
  const perChild = new Map<number, number>();
  const served = new Set<number>();
  const stretchOf = (candidate: Candidate) => Math.floor((candidate.child * stretches) / children);
  let best = 0;
  startGains(corpus, SPREAD_WEIGHT);
  while (chosen.length < most) {
    let found: Candidate | undefined;
    let foundScore = 0;
    const before = open.size;
    const isFirstRound = [...open].some((candidate) => !served.has(stretchOf(candidate)));
    for (const candidate of open) {
      if (isFirstRound && served.has(stretchOf(candidate))) continue;
      const {sentence} = candidate;
      if (!isNews(gainOf(sentence), firstGainOf(sentence))) {
        open.delete(candidate);
        continue;
      }
      const score = scoreOf(gainOf(sentence), corpus.length.get(sentence)) * PER_CHILD ** (perChild.get(candidate.child) ?? 0);
      if (score <= foundScore) continue;
      foundScore = score;
      found = candidate;
    }
    if (found === undefined) {
      // In what was not heard yet all is repetition: those candidates are gone now, and others may follow.
      if (isFirstRound && open.size < before) continue;
      break;
    }
    best = Math.max(best, foundScore);
    served.add(stretchOf(found));
    open.delete(found);
    if (foundScore < best * (isFirstRound ? LEAST_HEARD : LEAST_SHARE) && (chosen.length >= least || isFirstRound)) {
      if (isFirstRound) continue;
      break;
    }
    perChild.set(found.child, (perChild.get(found.child) ?? 0) + 1);
    chosen.push(found);
    say(found.sentence);
    measureGains(corpus);
  }
  return chosen.sort((a, b) => a.sentence - b.sentence);
}
