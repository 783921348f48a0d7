import type {Term} from '../../../language/vocabulary.js';
import {WEIGHTS} from '../weights.js';
import type {Candidate, CandidateKind} from './candidates.js';

const {work: W} = WEIGHTS;
const MOST_BULLETS = 5;
const LEAST_WORDS = 4;
/** What fills in stands only where there are fewer bullets than this. */
const MOST_WITH_FILLER = 2;

/**
 * Chooses bullets that cover what was asked, reported and committed: greedily, each time the one whose words not yet said are worth most for
 * its length. A turn gives one request and one outcome before a third of it counts, and each further one counts less.
 * @param worth of each term, before anything is said
 */
export function chooseWork(candidates: readonly Candidate[], worth: ReadonlyMap<Term, number>): Candidate[] {
  const left = new Map(worth);
  const perTurn = new Map<number, CandidateKind[]>();
  const open = new Set(candidates.filter(({words, kind}) => words > LEAST_WORDS || kind === 'filler'));
  const chosen: Candidate[] = [];
  let room: number = W.words;
  let best = 0;
  const texts = new Set<string>();
  while (chosen.length < MOST_BULLETS && open.size > 0) {
    let found: Candidate | undefined;
    let foundScore = 0;
    for (const candidate of open) {
      if (candidate.words > room || texts.has(bodyOf(candidate))) continue;
      if (candidate.kind === 'filler' && chosen.length >= MOST_WITH_FILLER) continue;
      const score = scoreOf(candidate, left, perTurn.get(candidate.turn) ?? []);
      if (score <= foundScore) continue;
      foundScore = score;
      found = candidate;
    }
    if (found === undefined || foundScore < best * W.leastShare) break;
    best = Math.max(best, foundScore);
    chosen.push(found);
    open.delete(found);
    texts.add(bodyOf(found));
    perTurn.set(found.turn, [...(perTurn.get(found.turn) ?? []), found.kind]);
    room -= found.words;
    for (const term of new Set(found.terms)) left.set(term, (left.get(term) ?? 0) * W.residue);
  }
  return chosen;
}

function scoreOf({terms, words, factor, kind}: Candidate, worth: ReadonlyMap<Term, number>, sameTurn: readonly CandidateKind[]): number {
  let gain = 0.05;
  for (const term of new Set(terms)) gain += worth.get(term) ?? 0;
  const repeated = sameTurn.includes(kind) ? W.perTurn : 1;
  return (gain * factor * repeated * W.perTurn ** sameTurn.length) / (words + W.lengthShift) ** W.lengthPower;
}

/** What is said, whoever says it. */
function bodyOf({text}: Candidate): string {
  return text.slice(text.indexOf(': ') + 2);
}
