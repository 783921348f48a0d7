import type {ChildSummary} from '../../../domain/toc/summary.js';
import {countWords} from '../../turns/clip.js';
import {isState} from '../../turns/outcome-shape.js';
import {capitalized} from '../headline.js';
import type {Group} from './group.js';
import {joinTopics} from './join-topics.js';
import {type Line, lowered, outcomeText} from './line.js';
import {telling} from './make-lines.js';
import type {Names} from './names.js';
import type {Piece} from './piece.js';
import {shortName, wholeName} from './short-name.js';
import {shareIn, termsOf} from './terms.js';
import {WEIGHTS} from './weights.js';
import {isTopic} from './worth.js';

const MOST_WORDS = 10;
const MOST_NAMES = 3;
/** With fewer telling words a name says too little. */
const LEAST_TERMS = 2;
const NAME_WORDS = 5;
/** An outcome has a verb, and what it is done to. */
const LEAST_OUTCOME_WORDS = 3;
/** A name of which more than this stands in the names before it says nothing of its own. */
const REPEATS = 0.67;
const OUTCOME_REPEATS = 0.5;

/** The names of the two or three heaviest workstreams, or tasks; of a single one, what came out of it, too. */
export function periodTitle(children: readonly ChildSummary[], groups: readonly Group[], names: Names, lines: readonly Line[]): string {
  const titles = children.map(({title}) => title).filter((title) => title !== '');
  const [only, ...others] = titles;
  if (only !== undefined && others.length === 0) return clipped(only);
  const least = (groups[0]?.weight ?? 0) * WEIGHTS.lineShare;
  const isHeavy = ({weight}: Group) => weight >= least;
  const named = heard(groups, isHeavy).map((group) => names.ofGroup(group, telling(group.pieces), MOST_WORDS));
  // What has no name is called after what came out.
  const unnamed = best(lines.flatMap((line) => (line.name === '' ? line.chosen : []))).map((piece) =>
    capitalized(outcomeText(piece, MOST_WORDS)),
  );
  const candidates = heard(
    named.flatMap((name) => (name === '' ? unnamed : [name])),
    isTopic,
  );
  const chosen: string[] = [];
  const told = new Set<number>();
  let words = 0;
  for (const candidate of candidates) {
    const whole = countWords(candidate) <= MOST_WORDS - words ? candidate : '';
    const name = wholeName(candidate, NAME_WORDS) || whole;
    const terms = termsOf(name);
    if (terms.length < LEAST_TERMS || shareIn(terms, told) > REPEATS || words + countWords(name) > MOST_WORDS) continue;
    chosen.push(name);
    for (const term of terms) told.add(term);
    words += countWords(name);
    if (chosen.length === MOST_NAMES) break;
  }
  const [single = ''] = chosen;
  if (chosen.length === 1) {
    const room = MOST_WORDS - words;
    const more = room > LEAST_OUTCOME_WORDS ? withOutcome(single, lines, room, told) : single;
    // Where nothing stands behind it, a name need not be short.
    return more === single ? clipped(candidates.find((name) => name.startsWith(single)) ?? single) : more;
  }
  return clipped(joinTopics(chosen, children) || shortName(named[0] ?? '', MOST_WORDS) || titles[0] || '');
}

/** "Retry policy: back off after a refusal": the outcome of the name's line that is worth most and fits. */
function withOutcome(name: string, lines: readonly Line[], room: number, told: ReadonlySet<number>): string {
  const line = lines.find((each) => each.name.startsWith(name));
  for (const piece of best(line?.chosen ?? [])) {
    const outcome = wholeName(outcomeText(piece, MOST_WORDS), room);
    // "The harbour is now clean" is the state after the last step.
    if (piece.kind === 'outcome' && isState(piece.text)) continue;
    if (outcome !== '' && shareIn(termsOf(outcome), told) < OUTCOME_REPEATS) return `${name}: ${lowered(outcome)}`;
  }
  return name;
}

/** What came out, and is worth most first. */
function best(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter(({isOutcome, text}) => isOutcome && isTopic(text)).sort((a, b) => b.worth - a.worth);
}

/** Those of which something holds; all where it holds of none. */
function heard<Item>(items: readonly Item[], holds: (item: Item) => boolean): readonly Item[] {
  const found = items.filter(holds);
  return found.length > 0 ? found : items;
}

function clipped(title: string): string {
  const words = title.split(/\s+/);
  return words.length > MOST_WORDS ? words.slice(0, MOST_WORDS).join(' ') : title;
}
