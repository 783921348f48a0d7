import type {Group} from './group.js';
import type {Line} from './line.js';
import type {Names} from './names.js';
import {byPlace, type Piece} from './piece.js';
import {projectNames} from './projects.js';
import {sampled} from './reach.js';
import {type PeriodLimits, WEIGHTS} from './weights.js';
import {isTopic} from './worth.js';

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

/**
 * A line for each group. Where there are fewer than the period's least, the one with most to tell is cut in two by time, again and again;
 * where none has more to tell than a line holds, there are fewer.
 */
export function makeLines(groups: readonly Group[], names: Names, limits: PeriodLimits, ofPeriods: boolean): readonly Line[] {
  const parts = groups.map((group) => ({group, pieces: sampled(telling(group.pieces), MOST_PIECES), isPart: false}));
  while (parts.length < limits.leastBullets) {
    const [most] = parts.filter(({pieces}) => hasTwoLines(pieces, limits, ofPeriods)).sort((a, b) => b.pieces.length - a.pieces.length);
    if (most === undefined) break;
    const middle = middleOf(most.pieces);
    const cut = (pieces: readonly Piece[]) => ({group: most.group, pieces, isPart: true});
    parts.splice(parts.indexOf(most), 1, cut(most.pieces.slice(0, middle)), cut(most.pieces.slice(middle)));
  }
  const projectOf = projectNames(groups);
  const used = new Set<string>();
  return parts.map(({group, pieces, isPart}) => {
    const own = isPart ? partName(names, pieces, limits, ofPeriods) : '';
    const name = own !== '' && !used.has(own) ? own : names.ofGroup(group, pieces, limits.nameWords);
    const isNew = !used.has(name);
    used.add(name);
    return {
      project: projectOf(group),
      name: isNew ? name : '',
      weight: group.weight / (isPart ? 2 : 1),
      pieces,
      chosen: [],
      factTerms: group.factTerms,
    };
  });
}

/** Whether one line cannot hold it all; in a day, each segment may have one. */
function hasTwoLines(pieces: readonly Piece[], {outcomes}: PeriodLimits, ofPeriods: boolean): boolean {
  return pieces.length > outcomes || (!ofPeriods && pieces[0]?.child !== pieces.at(-1)?.child);
}

/** Where to cut in two: between two children if that can be, near the middle. */
function middleOf(pieces: readonly Piece[]): number {
  const half = Math.ceil(pieces.length / 2);
  for (let away = 0; away < half; away++) {
    for (const at of [half - away, half + away]) {
      if (at > 0 && at < pieces.length && pieces[at - 1]?.child !== pieces[at]?.child) return at;
    }
  }
  return half;
}

function partName(names: Names, pieces: readonly Piece[], limits: PeriodLimits, ofPeriods: boolean): string {
  const name = ofPeriods ? (pieces.find((piece) => piece.name !== '')?.name ?? '') : names.ofSegments(pieces, limits.nameWords);
  return isTopic(name) ? name : '';
}

/** In time order, what came out; where nothing did, everything. */
function telling(pieces: readonly Piece[]): readonly Piece[] {
  const ordered = [...pieces].sort(byPlace);
  const outcomes = ordered.filter((piece) => piece.isOutcome);
  return outcomes.length > 0 ? outcomes : ordered;
}
