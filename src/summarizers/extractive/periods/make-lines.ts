import {isState} from '../../turns/outcome-shape.js';
import {isRelease} from '../commit-prefix.js';
import type {Group} from './group.js';
import type {Line} from './line.js';
import type {Names} from './names.js';
import {byPlace, type Piece} from './piece.js';
import {projectNames} from './projects.js';
import {sampled} from './reach.js';
import {shareIn, termsOf} from './terms.js';
import {type PeriodLimits, WEIGHTS} from './weights.js';

/** More pieces of a group are not looked at: as many are taken from its whole length. */
const MOST_PIECES = 240;

/** How many groups get a line of their own; the others are named in one more. */
export function countLines(groups: readonly Group[], {leastBullets, mostBullets}: PeriodLimits): number {
  const heaviest = groups[0]?.weight ?? 0;
  const heavy = groups.filter(({weight}) => weight >= heaviest * WEIGHTS.lineShare).length;
  const wanted = Math.max(heavy, leastBullets - 1);
  if (groups.length <= Math.min(wanted + 1, mostBullets)) return groups.length;
  return Math.min(wanted, mostBullets - 1);
}

/** A line for each group. */
export function makeLines(groups: readonly Group[], names: Names, {nameWords}: PeriodLimits): readonly Line[] {
  const projectOf = projectNames(groups);
  const used = new Set<string>();
  return groups.map((group) => {
    const name = names.ofGroup(group, telling(group.pieces), nameWords);
    const named = new Set(termsOf(name));
    const isName = ({kind, terms}: Piece) => kind === 'titled' && shareIn(terms, named) >= WEIGHTS.inName;
    const others = group.pieces.filter((piece) => !isName(piece));
    // What was done says more than what was found or asked on the way, also where it is the name.
    const own = others.some(({isOutcome}) => isOutcome) ? others : group.pieces;
    const pieces = sampled(telling(own), MOST_PIECES);
    const isNew = !used.has(name);
    used.add(name);
    return {project: projectOf(group), name: isNew ? name : '', weight: group.weight, pieces, chosen: [], factTerms: group.factTerms};
  });
}

/** In time order, what came out: facts, else what was reported; where there is neither, everything. */
export function telling(pieces: readonly Piece[]): readonly Piece[] {
  const ordered = [...pieces].sort(byPlace);
  const came = ordered.filter((piece) => piece.isOutcome);
  // "The crane now turns" says less than what was done to it.
  const deeds = came.filter(({kind, text}) => kind !== 'outcome' || !isState(text));
  const outcomes = deeds.length > 0 ? deeds : came;
  const facts = outcomes.filter(({kind}) => kind !== 'outcome' && kind !== 'said' && kind !== 'titled');
  // A plan says what was to be done, and a version that it was: neither tells it all.
  if (facts.some(({kind, text}) => kind !== 'plan' && !isRelease(text))) return facts;
  return outcomes.length > 0 ? outcomes : ordered;
}
