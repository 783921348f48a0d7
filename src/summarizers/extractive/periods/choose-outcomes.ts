import {countWords} from '../../turns/clip.js';
import {isReview} from '../chore.js';
import {isWorthTelling, type Line, outcomeText, wordsOf} from './line.js';
import type {Piece} from './piece.js';
import {shareIn, termsOf} from './terms.js';
import {type PeriodLimits, WEIGHTS} from './weights.js';

interface Offer {
  readonly line: number;
  readonly piece: Piece;
  readonly worth: number;
  readonly words: number;
}

/**
 * Chooses the outcomes of lines, the heaviest line first, within the period's words: each line gets one before any gets a second; then
 * whatever says most that is new. What a line says may not be said by another.
 */
export function chooseOutcomes(lines: readonly Line[], limits: PeriodLimits): readonly Line[] {
  const offers = lines.flatMap((line, at) => offersOf(line, at, limits));
  const told = new Set<number>();
  const named = lines.map(({name}) => new Set(termsOf(name)));
  const chosen = lines.map((): Piece[] => []);
  const weights = lines.map(termWeights);
  const withChosen = (line: Line, at: number): Line => ({...line, chosen: chosen[at] ?? []});
  const isInName = ({line, piece}: Offer) =>
    shareIn(piece.terms, named[line] ?? told) >= WEIGHTS.inName || isWhole(piece.text, lines[line]?.name ?? '');
  const gainOf = ({line, piece, worth, words}: Offer): number => {
    const known = weights[line];
    let news = 0;
    let all = 0;
    for (const term of piece.terms) {
      const weight = known?.get(term) ?? 1;
      all += weight;
      if (!told.has(term)) news += weight;
    }
    // Two commits are two deeds, however alike they are called; answers to a review are where there is little else.
    const isDeed = piece.kind === 'commit' && (!isReview(piece.text) || (chosen[line]?.length ?? 0) < 2);
    if (news < all * WEIGHTS.leastNews && !isDeed) return 0;
    const rank = WEIGHTS.perOutcome ** (chosen[line]?.length ?? 0) * (lines[line]?.weight ?? 1) ** WEIGHTS.heaviness;
    return (worth * rank * news) / (words + WEIGHTS.lengthShift) ** WEIGHTS.lengthPower;
  };
  const take = ({line, piece}: Offer) => {
    chosen[line]?.push(piece);
    for (const term of piece.terms) told.add(term);
  };
  lines.forEach((_, at) => {
    const own = offers.filter((offer) => offer.line === at);
    const outcomes = own.filter(({piece}) => piece.isOutcome && isWorthTelling(piece));
    // What the name says already is told only where the line has nothing else to tell.
    const news = outcomes.filter((offer) => !isInName(offer));
    const best =
      bestOf(news, gainOf) ??
      bestOf(outcomes, gainOf) ??
      bestOf(
        own.filter(({piece}) => isWorthTelling(piece)),
        gainOf,
      ) ??
      bestOf(own, gainOf);
    // Lines may speak alike ("paint the red door", "paint the blue door"): a workstream is told all the same.
    const taken = best ?? bestOf(own, ({worth}) => worth);
    if (taken !== undefined) take(taken);
  });
  let words = lines.reduce((sum, line, at) => sum + wordsOf(withChosen(line, at), limits.outcomeWords), 0);
  let open = offers.filter((offer) => isWorthTelling(offer.piece) && !isInName(offer));
  while (words < limits.words) {
    open = open.filter(
      ({line, piece, words: more}) =>
        (piece.isOutcome || isSecondStatement(chosen[line] ?? [])) &&
        words + more <= limits.words &&
        (chosen[line]?.length ?? 0) < limits.outcomes &&
        chosen[line]?.includes(piece) === false,
    );
    const best = bestOf(open, gainOf);
    if (best === undefined) break;
    take(best);
    words += best.words;
  }
  return lines.map(withChosen).filter((line) => line.chosen.length > 0);
}

/** Whether a text is what a name was cut from. */
function isWhole(text: string, name: string): boolean {
  return name !== '' && text.toLowerCase().startsWith(`${name.toLowerCase()},`);
}

/** Two sentences say enough of what was only asked or found. */
function isSecondStatement(chosen: readonly Piece[]): boolean {
  return chosen.length < 2 && chosen.every(({isOutcome}) => !isOutcome);
}

function bestOf(offers: readonly Offer[], gainOf: (offer: Offer) => number): Offer | undefined {
  let best: Offer | undefined;
  let most = 0;
  for (const offer of offers) {
    const gain = gainOf(offer);
    if (gain <= most) continue;
    most = gain;
    best = offer;
  }
  return best;
}

function offersOf(line: Line, at: number, limits: PeriodLimits): readonly Offer[] {
  const newest = line.pieces.at(-1)?.child;
  return line.pieces.map((piece) => {
    const text = outcomeText(piece, limits.outcomeWords);
    const isNewest = piece.child === newest && newest !== line.pieces[0]?.child && piece.isOutcome;
    const worth = piece.worth * (isNewest ? WEIGHTS.newest : 1);
    return {line: at, piece, worth, words: countWords(text)};
  });
}

/** What comes up in several pieces of a line is what it is about. */
function termWeights(line: Line): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const {terms, kind} of line.pieces) {
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + WEIGHTS.kind[kind]);
  }
  for (const [term, count] of line.factTerms) counts.set(term, (counts.get(term) ?? 0) + count * WEIGHTS.fact);
  for (const [term, count] of counts) counts.set(term, Math.sqrt(count));
  return counts;
}
