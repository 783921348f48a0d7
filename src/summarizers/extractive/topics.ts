import {isUpper} from '../../language/chars.js';
import type {Term, Word} from '../../language/vocabulary.js';
import {lengthOf} from './passages.js';

const MOST_TOKENS = 3;
/** So many of the best are looked at. */
const MOST_TOPICS = 40;
const MOST_CHARACTERS = 40;
/** "comments addressed", "slightly larger": a clause, or an adverb before what it belongs to. */
const NO_NAME = / \p{Ll}+ed$|^\p{L}+ly | \p{L}+ly /iu;
/** What stands before a name for something: an article, whose it is, a preposition, how many. */
const BEFORE_NAME = new Set(
  `the a an my our your his her its their this that these those some any no of in on for with from at by about into new another each every all both via
  unser unsere unserem unseren mein meine dein deine sein seine ihr ihre der die das den dem des ein eine einen einem einer im am vom zum zur für mit von le la les un une du des au aux el los las una unos unas del al o os as um uma il lo gli`.split(
    /\s+/,
  ),
);

/** A name for something: a run of telling words behind an article or a preposition. */
export interface Topic {
  readonly text: string;
  readonly terms: readonly Term[];
  readonly score: number;
  /** How often it is named. */
  readonly times: number;
}

/** Words with the text that they stand in. */
export interface Passage {
  readonly text: string;
  readonly words: readonly Word[];
  /** The number of the event. */
  readonly group: number;
}

interface Named {
  readonly text: string;
  readonly run: readonly Word[];
  lastGroup: number;
  groups: number;
  times: number;
}

/**
 * The names that stand in passages, best first. What is named twice counts more than what is named once.
 * @param worth what a term tells @param isGerman names have capitals
 */
export function findTopics(passages: readonly Passage[], worth: (term: Term) => number, isGerman = false): Topic[] {
  return [...topicsIn(passages, worth, isGerman)];
}

/** The same, each made when it is asked for. */
export function* topicsIn(passages: readonly Passage[], worth: (term: Term) => number, isGerman: boolean): Generator<Topic> {
  const named = new Map<number, Named>();
  const isBefore = new Map<Term, boolean>();
  const introduces = (text: string, {term, start, end}: Word): boolean => {
    const known = isBefore.get(term);
    if (known !== undefined) return known;
    const found = BEFORE_NAME.has(text.slice(start, end).toLowerCase());
    isBefore.set(term, found);
    return found;
  };
  for (const {text, words, group} of passages) {
    for (let at = 0; at < words.length; ) {
      const end = endOfRun(text, words, at, worth);
      const before = words[at - 1];
      const first = words[at];
      if (end > at && before !== undefined && first !== undefined && introduces(text, before) && isNextTo(text, before, first)) {
        const run = words.slice(at, end);
        note(named, text, isGerman ? run.filter(({start}) => isUpper(text.charCodeAt(start))) : run, group);
      }
      at = Math.max(end, at + 1);
    }
  }
  const scored = [...named.values()].map((name) => ({name, score: scoreOf(name, worth)}));
  scored.sort((a, b) => b.score - a.score);
  for (const {name, score} of scored.slice(0, MOST_TOPICS)) {
    const topic = topicOf(name, score);
    if (topic) yield topic;
  }
}

/** Where the run of telling words ends that begins at `at`; `at` itself where none does. */
function endOfRun(text: string, words: readonly Word[], at: number, worth: (term: Term) => number): number {
  let end = at;
  for (let word = words[at]; word !== undefined; word = words[end]) {
    const before = words[end - 1];
    if (worth(word.term) === 0 && word.joint === 'apart') break;
    if (end > at && before !== undefined && !isNextTo(text, before, word)) break;
    end++;
  }
  return end;
}

/** Whether one word follows another with no mark between them. */
function isNextTo(text: string, {end}: Word, {start}: Word): boolean {
  return start - end <= 1 && (start === end || " -/._'’".includes(text.charAt(end)));
}

function note(named: Map<number, Named>, text: string, run: readonly Word[], group: number): void {
  if (run.length === 0 || run.length > 2 * MOST_TOKENS || lengthOf(run) > MOST_TOKENS) return;
  let key = 17;
  for (const {term} of run) key = Math.imul(key, 31_337) ^ term.number;
  const known = named.get(key);
  if (known === undefined) {
    named.set(key, {text, run, lastGroup: group, groups: 1, times: 1});
    return;
  }
  known.times++;
  if (known.lastGroup !== group) known.groups++;
  known.lastGroup = group;
}

function scoreOf({run, groups, times}: Named, worth: (term: Term) => number): number {
  let sum = 0;
  for (const {term} of run) sum += worth(term);
  return (sum / (run.length + 0.5) ** 0.5) * (1 + 0.5 * Math.log2(groups + (times - groups) / 2));
}

function topicOf({text, run, times}: Named, score: number): Topic | undefined {
  const name = text
    .slice(run[0]?.start, run.at(-1)?.end)
    .replace(/\s+/g, ' ')
    .replace(/['’]s$/, '');
  if (name.length > MOST_CHARACTERS || NO_NAME.test(name) || /[/\\=@]|\.\w/.test(name)) return undefined;
  return {text: name, terms: [...new Set(run.map(({term}) => term))], times, score};
}

/** At most `most` topics of at most `mostWords` words together; none says again what `said` or a better one says. */
export function pickTopics(topics: Iterable<Topic>, said: ReadonlySet<Term>, most: number, mostWords: number): string[] {
  const spent = new Set(said);
  const picked: string[] = [];
  let left = mostWords;
  let best = 0;
  for (const {text, terms, score} of topics) {
    const words = text.split(' ').length;
    if (words > left || score < best * 0.45 || terms.some((term) => spent.has(term))) continue;
    best = Math.max(best, score);
    picked.push(text);
    left -= words;
    for (const term of terms) spent.add(term);
    if (picked.length === most) break;
  }
  return picked;
}
