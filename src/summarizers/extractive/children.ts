import {ROLES} from '../../domain/event/event.js';
import type {TocLevel} from '../../domain/toc/node-id.js';
import type {ChildSummary, Summary, SummaryBullet} from '../../domain/toc/summary.js';
import {STOP, WEAK} from '../../language/lexicon.js';
import {Ints} from '../../language/numbers.js';
import {CODE, NOISE} from '../../language/terms.js';
import {CODE_JOINED} from '../../language/words.js';
import {type Candidate, chooseBullets} from './choose-bullets.js';
import {Corpus} from './corpus.js';
import {weighSentence} from './cues.js';
import {isLeaning, isRemark} from './leaning.js';
import {makeKeywords} from './title/keywords.js';
import {measureSalience} from './title/salience.js';
import {clippedWords, makeTitle} from './title/title.js';

type ParentLevel = Exclude<TocLevel, 'segment'>;

const BULLETS: Readonly<Record<ParentLevel, {readonly least: number; readonly most: number}>> = {
  day: {least: 3, most: 8},
  week: {least: 5, most: 10},
  month: {least: 5, most: 8},
  year: {least: 3, most: 5},
};
/** Of a short period's bullets so many go up: a day that repeats all of its segments would be no shorter than they are. */
const SHARE = 0.6;

const corpus = new Corpus();

/**
 * The summary of a period from those of its parts: the bullets that say most, as they are, spread over the whole period, in time order.
 * Sources are `<child>.<bullet>`, both from 0.
 */
export function summarizeChildren(tocLevel: ParentLevel, children: readonly ChildSummary[]): Summary {
  const candidates = fill(tocLevel, children);
  const {least, most} = BULLETS[tocLevel];
  const places = Math.max(least, Math.min(most, Math.ceil(candidates.length * SHARE)));
  const bullets = chooseBullets(corpus, candidates, children.length, least, places).map<SummaryBullet>(({child, bullet}) => ({
    text: children[child]?.bullets[bullet]?.text ?? '',
    sources: [`${child}.${bullet}`],
  }));
  if (bullets.length === 0) bullets.push(...firstBullet(children));
  const salience = measureSalience(corpus);
  const keywords = makeKeywords(corpus);
  const heads = candidates.map(({sentence}) => corpus.textFor(sentence).slice(corpus.from.get(sentence)));
  const titles = children.map(({title}) => title).filter((title) => title !== '');
  const only = titles.length === 1 ? titles[0] : undefined;
  const title = only ?? (makeTitle(corpus, salience, heads, TASK[tocLevel]) || titles[0] || bullets[0]?.text || '');
  return {title: clippedWords(title), bullets, keywords};
}

/** The first bullet of all, for children in whose bullets there is no word. */
function firstBullet(children: readonly ChildSummary[]): SummaryBullet[] {
  const child = children.findIndex(({bullets}) => bullets.length > 0);
  const text = children[child]?.bullets[0]?.text;
  return text === undefined ? [] : [{text, sources: [`${child}.0`]}];
}

/** Reads titles and bullets into the corpus; gives the bullets, each text once. */
function fill(tocLevel: ParentLevel, children: readonly ChildSummary[]): Candidate[] {
  corpus.clear();
  const speakers = speakersOf(children);
  const amongPeople = !speakers.has('assistant') && !speakers.has('user');
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  children.forEach((child, group) => {
    child.title.split(', ').forEach((topic, at) => {
      corpus.addTopic(topic, group, at);
    });
    noteTitle(group);
    child.bullets.forEach(({text}, bullet) => {
      if (seen.has(text)) return;
      seen.add(text);
      const speaker = speakerOf(text);
      const isSpeaker = speakers.has(speaker);
      const sentence = corpus.count;
      if (!corpus.addWhole(text, isSpeaker ? speaker.length + 2 : 0, group)) return;
      weighSentence(corpus, sentence, voiceOf(isSpeaker ? speaker : '', amongPeople));
      corpus.factor.set(sentence, corpus.factor.get(sentence) * centrality(sentence) * overview(sentence, DETAIL[tocLevel]));
      candidates.push({sentence, child: group, bullet});
    });
  });
  weighFormulas(candidates);
  corpus.words.terms.muteLanguages();
  for (const speaker of speakers) corpus.words.terms.muteName(speaker);
  weighStanding(tocLevel, candidates);
  return candidates;
}

/** Of each term the last child whose title holds it, counted over all calls. */
const titleOf = new Ints();
let titles = 0;

/** Notes the words that the corpus has got since the child began: its title's. */
function noteTitle(group: number): void {
  const {words} = corpus;
  titles = (titles + 1) | 0;
  for (let sentence = corpus.count - 1; sentence >= 0 && corpus.group.get(sentence) === group; sentence--) {
    for (let word = corpus.firstWord.get(sentence); word < corpus.endWord.get(sentence); word++) {
      if (!words.terms.has(words.term.get(word), STOP | WEAK)) titleOf.set(words.term.get(word), titles);
    }
  }
}

/** A bullet of what the child's title names is at the heart of it. */
function centrality(sentence: number): number {
  const {words} = corpus;
  let named = 0;
  for (let word = corpus.firstWord.get(sentence); word < corpus.endWord.get(sentence); word++) {
    if (titleOf.get(words.term.get(word)) === titles) named++;
  }
  return named > 1 ? 1.3 : named > 0 ? 1.1 : 1;
}

/** How little paths and identifiers say in a period: the longer it is, the less. */
const DETAIL: Readonly<Record<ParentLevel, number>> = {day: 0.5, week: 1, month: 1.5, year: 2};

const LEAST_OVERVIEW = 0.35;

function overview(sentence: number, detail: number): number {
  const {words} = corpus;
  const first = corpus.firstWord.get(sentence);
  const end = corpus.endWord.get(sentence);
  let code = 0;
  for (let word = first; word < end; word++) {
    if (words.terms.has(words.term.get(word), CODE | NOISE) || words.joint.get(word) === CODE_JOINED) code++;
  }
  const text = corpus.textFor(sentence);
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', text.indexOf('`', at + 1) + 1)) {
    code++;
    if (text.indexOf('`', at + 1) < 0) break;
  }
  return Math.max(LEAST_OVERVIEW, (1 - code / Math.max(1, end - first)) ** detail);
}

/** What leans on what was said before it is worth little where that is not shown. */
const LEANING: Readonly<Record<ParentLevel, number>> = {day: 0.6, week: 0.35, month: 0.2, year: 0.2};
/** With fewer telling words a bullet is a remark, which only who was there understands. */
const LEAST_TELLING: Readonly<Record<ParentLevel, number>> = {day: 2, week: 3, month: 4, year: 4};
const REMARK = 0.03;

function weighStanding(tocLevel: ParentLevel, candidates: readonly Candidate[]): void {
  for (const {sentence} of candidates) {
    const leaning = isLeaning(corpus, sentence) ? LEANING[tocLevel] : 1;
    const remark = isRemark(corpus, sentence, LEAST_TELLING[tocLevel]) ? REMARK : 1;
    corpus.factor.set(sentence, corpus.factor.get(sentence) * leaning * remark);
  }
}

/** A day is remembered by what was done on it, a year by its matters. */
const TASK: Readonly<Record<ParentLevel, number>> = {day: 1.25, week: 1.1, month: 1, year: 1};

const FORMULA_WORDS = 5;
const FORMULA_FACTOR = 0.25;

/** What begins alike in several children is a formula that a program says each time. */
function weighFormulas(candidates: readonly Candidate[]): void {
  const {words} = corpus;
  const children = new Map<string, Set<number>>();
  const openings = candidates.map(({sentence}) => {
    const first = corpus.firstWord.get(sentence);
    const end = Math.min(first + FORMULA_WORDS, corpus.endWord.get(sentence));
    return Array.from({length: end - first}, (_, at) => words.term.get(first + at)).join(' ');
  });
  candidates.forEach(({child}, at) => {
    const opening = openings[at] ?? '';
    children.set(opening, (children.get(opening) ?? new Set()).add(child));
  });
  candidates.forEach(({sentence}, at) => {
    if ((children.get(openings[at] ?? '')?.size ?? 0) > 1) corpus.factor.set(sentence, corpus.factor.get(sentence) * FORMULA_FACTOR);
  });
}

const ROLE_NAMES: ReadonlySet<string> = new Set(ROLES);

/** Those who speak: roles, and what stands before a colon in several bullets. */
function speakersOf(children: readonly ChildSummary[]): Set<string> {
  const counts = new Map<string, number>();
  for (const child of children) {
    for (const {text} of child.bullets) counts.set(speakerOf(text), (counts.get(speakerOf(text)) ?? 0) + 1);
  }
  return new Set([...counts].filter(([name, count]) => name !== '' && (count > 1 || ROLE_NAMES.has(name))).map(([name]) => name));
}

function speakerOf(text: string): string {
  const colon = text.slice(0, 62).indexOf(': ');
  const name = colon < 0 ? '' : text.slice(0, colon);
  return name.split(' ').length <= 4 ? name : '';
}

function voiceOf(speaker: string, amongPeople: boolean) {
  switch (speaker) {
    case 'user':
      return {factor: 1.2, isPerson: false, asksForWork: true, isFirstRequest: false};
    case 'tool':
      return {factor: 0.4, isPerson: false, asksForWork: false, isFirstRequest: false};
    case 'system':
      return {factor: 0.7, isPerson: false, asksForWork: false, isFirstRequest: false};
    default:
      if (amongPeople || speaker === 'assistant' || speaker === '')
        return {factor: 1, isPerson: amongPeople, asksForWork: false, isFirstRequest: false};
      return voiceOf('user', false);
  }
}
