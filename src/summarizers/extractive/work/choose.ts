import type {EventId} from '../../../domain/event/event.js';
import {countWords} from '../../turns/clip.js';
import {WEIGHTS} from '../weights.js';
import type {Candidate, CandidateKind} from './candidates.js';

const {work: W} = WEIGHTS;
const MOST_BULLETS = 5;
const LEAST_WORDS = 4;
/** What fills in stands only where there are fewer bullets than this. */
const MOST_WITH_FILLER = 2;

const FACTS: ReadonlySet<CandidateKind> = new Set(['pull_request', 'plan', 'task']);

/** A bullet that was chosen. */
export interface Chosen {
  readonly kind: CandidateKind;
  readonly text: string;
  readonly words: number;
  readonly sources: readonly EventId[];
}

/**
 * Chooses bullets that cover what was asked, reported and committed: greedily, each time the one whose words not yet said are worth most for
 * its length. A turn gives one request and one outcome before a third of it counts, and each further one counts less.
 * @param worth of each term by its number, before anything is said
 */
export function chooseWork(candidates: readonly Candidate[], worth: Float64Array): Chosen[] {
  const left = worth.slice();
  const perTurn = new Map<number, CandidateKind[]>();
  const open = new Set(candidates.filter((each) => isEnough(each) || each.kind === 'filler'));
  const chosen: Chosen[] = [];
  const said = new Set<string>();
  let room: number = W.words;
  const isFirst = firstOf(candidates.filter(isEnough));
  let best = 0;
  while (chosen.length < MOST_BULLETS && open.size > 0) {
    let found: Candidate | undefined;
    let foundScore = 0;
    for (const candidate of open) {
      if (chosen.length === 0 && isFirst !== undefined && !isFirst(candidate)) continue;
      if (candidate.words > room || (candidate.kind === 'filler' && chosen.length >= MOST_WITH_FILLER)) continue;
      const score = scoreOf(candidate, left, perTurn.get(candidate.turn) ?? []);
      if (score <= foundScore) continue;
      foundScore = score;
      found = candidate;
    }
    if (found === undefined || foundScore < best * W.leastShare) break;
    open.delete(found);
    const body = found.say();
    if (said.has(body)) continue;
    said.add(body);
    best = Math.max(best, foundScore);
    const {kind, turn, sources, label} = found;
    const text = `${label}: ${body}`;
    chosen.push({kind, text, words: countWords(text), sources});
    room -= countWords(text);
    perTurn.set(turn, [...(perTurn.get(turn) ?? []), kind]);
    for (const {number} of found.terms) left[number] = (left[number] ?? 0) * W.residue;
  }
  return chosen;
}

/** What is told first: a commit, for whoever looks for it later knows its subject; where there is no fact, what was done. */
function firstOf(candidates: readonly Candidate[]): ((candidate: Candidate) => boolean) | undefined {
  if (candidates.some(({kind}) => kind === 'commit')) return ({kind}) => kind === 'commit';
  const hasDeed = candidates.some(({isDeed}) => isDeed) && !candidates.some(({kind}) => FACTS.has(kind));
  return hasDeed ? ({isDeed}) => isDeed : undefined;
}

function isEnough({words, isRelease}: Candidate): boolean {
  return words > LEAST_WORDS || isRelease;
}

function scoreOf({terms, words, factor, kind}: Candidate, worth: Float64Array, sameTurn: readonly CandidateKind[]): number {
  let gain = 0.05;
  for (const {number} of terms) gain += worth[number] ?? 0;
  const repeated = sameTurn.includes(kind) ? W.perTurn : 1;
  return (gain * factor * repeated * W.perTurn ** sameTurn.length) / (words + W.lengthShift) ** W.lengthPower;
}
