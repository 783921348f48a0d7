import type {ChildSummary} from '../../../../domain/toc/summary.js';
import {countWords} from '../../../turns/clip.js';
import {joinTopics} from '../join-topics.js';
import {shareIn, termsOf} from '../terms.js';
import {WEIGHTS} from '../weights.js';

const {talk: W} = WEIGHTS;
const MOST_TOPICS = 3;
const REPEATS = 0.5;
const LEAST_CHILDREN = 4;

/**
 * The topics of the children's titles that come up most. A person's name is no topic, nor is what nearly all of a long period is about: it tells
 * one period from another as little as the language that it is written in.
 */
export function talkTitle(children: readonly ChildSummary[], names: ReadonlySet<string>): string {
  const titles = children.map(({title}) => title).filter((title) => title !== '');
  const [only = '', ...others] = titles;
  if (others.length === 0) return clipped(only);
  const muted = new Set([...names].flatMap(termsOf));
  const spread = new Map<number, number>();
  for (const title of titles) for (const term of termsOf(title)) spread.set(term, (spread.get(term) ?? 0) + 1);
  const isCommon = (term: number) => titles.length >= LEAST_CHILDREN && (spread.get(term) ?? 0) > titles.length * WEIGHTS.commonTerm;
  const topics = new Map<string, {readonly terms: readonly number[]; score: number}>();
  for (const title of titles) {
    title.split(', ').forEach((topic, at) => {
      const terms = termsOf(topic).filter((term) => !muted.has(term));
      if (terms.length === 0 || terms.every(isCommon)) return;
      const known = topics.get(topic) ?? {terms, score: 0};
      const heard = terms.reduce((sum, term) => sum + Math.log2(1 + (spread.get(term) ?? 0)), 0) / terms.length;
      known.score += heard / (at + 1);
      topics.set(topic, known);
    });
  }
  const chosen: string[] = [];
  const told = new Set<number>();
  let words = 0;
  for (const [topic, {terms}] of [...topics].sort((a, b) => b[1].score - a[1].score)) {
    if (chosen.length === MOST_TOPICS) break;
    if (words + countWords(topic) > W.titleWords || (chosen.length > 0 && shareIn(terms, told) >= REPEATS)) continue;
    chosen.push(topic);
    for (const term of terms) told.add(term);
    words += countWords(topic);
  }
  return clipped(joinTopics(chosen, children) || only);
}

function clipped(title: string): string {
  const words = title.split(/\s+/);
  return words.length > W.titleWords ? words.slice(0, W.titleWords).join(' ') : title;
}
