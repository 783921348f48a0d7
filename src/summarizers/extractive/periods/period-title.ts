import type {ChildSummary} from '../../../domain/toc/summary.js';
import {countWords} from '../../turns/clip.js';
import type {Group} from './group.js';
import {joinTopics} from './join-topics.js';
import type {Names} from './names.js';
import {shortName, wholeName} from './short-name.js';
import {shareIn, termsOf} from './terms.js';
import {WEIGHTS} from './weights.js';
import {isTopic} from './worth.js';

const MOST_WORDS = 10;
const MOST_NAMES = 3;
/** With fewer telling words a name says too little. */
const LEAST_TERMS = 2;
const NAME_WORDS = 5;
/** A name of which more than this stands in the names before it says nothing of its own. */
const REPEATS = 0.67;

/** The names of the two or three heaviest workstreams, or tasks. */
export function periodTitle(children: readonly ChildSummary[], groups: readonly Group[], names: Names): string {
  const titles = children.map(({title}) => title).filter((title) => title !== '');
  const [only, ...others] = titles;
  if (only !== undefined && others.length === 0) return clipped(only);
  const least = (groups[0]?.weight ?? 0) * WEIGHTS.lineShare;
  const isHeavy = ({weight}: Group) => weight >= least;
  const named = heard(groups, isHeavy).map((group) => names.ofGroup(group, group.pieces, MOST_WORDS));
  const chosen: string[] = [];
  const told = new Set<number>();
  let words = 0;
  for (const candidate of heard(named, isTopic)) {
    const whole = countWords(candidate) <= MOST_WORDS - words ? candidate : '';
    const name = wholeName(candidate, NAME_WORDS) || whole;
    const terms = termsOf(name);
    if (terms.length < LEAST_TERMS || shareIn(terms, told) > REPEATS || words + countWords(name) > MOST_WORDS) continue;
    chosen.push(name);
    for (const term of terms) told.add(term);
    words += countWords(name);
    if (chosen.length === MOST_NAMES) break;
  }
  return clipped(joinTopics(chosen, children) || shortName(named[0] ?? '', MOST_WORDS) || titles[0] || '');
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
