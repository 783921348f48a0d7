import type {Term, Word} from '../../language/vocabulary.js';
import type {Sentence} from './passages.js';

const MOST_TOKENS = 3;
const MOST_CHARACTERS = 40;
/** What stands before a name for something: an article, whose it is, a preposition, how many. */
const BEFORE_NAME = new Set(
  `the a an my our your his her its their this that these those some any no of in on for with from at by about into new another each every all both via
  der die das den dem des ein eine einen einem einer im am vom zum zur für mit von le la les un une du des au aux el los las una unos unas del al o os as um uma il lo gli`.split(/\s+/),
);

/** A name for something: a run of telling words behind an article or a preposition. */
export interface Topic {
  readonly text: string;
  readonly terms: readonly Term[];
  readonly score: number;
  /** How often it is named. */
  readonly times: number;
}

/**
 * The names that stand in sentences, best first. What is named twice counts more than what is named once.
 * @param worth what a term tells
 */
export function findTopics(sentences: readonly Pick<Sentence, 'text' | 'words' | 'group'>[], worth: (term: Term) => number): Topic[] {
  const found = new Map<string, {topic: Topic; groups: Set<number>; times: number}>();
  for (const {text, words, group} of sentences) {
    for (const run of runsOf(text, words, worth)) {
      const topic = topicOf(text, run, worth);
      if (topic === undefined) continue;
      const key = topic.terms.map(({number}) => number).join(' ');
      const known = found.get(key);
      if (known === undefined) found.set(key, {topic, groups: new Set([group]), times: 1});
      else {
        known.groups.add(group);
        known.times++;
      }
    }
  }
  return [...found.values()]
    .map(({topic, groups, times}) => ({...topic, times, score: topic.score * (1 + 0.5 * Math.log2(groups.size + (times - groups.size) / 2))}))
    .sort((a, b) => b.score - a.score);
}

/** Runs of telling words, apart from others by small words or marks. */
function* runsOf(text: string, words: readonly Word[], worth: (term: Term) => number): Generator<readonly Word[]> {
  let run: Word[] = [];
  let isNamed = false;
  for (const [at, word] of words.entries()) {
    const before = words[at - 1];
    const gap = before === undefined ? '' : text.slice(before.end, word.start);
    const isApart = before === undefined || !/^[ \-/._'’]?$/.test(gap);
    const isTelling = worth(word.term) > 0 || word.joint !== 'apart';
    if (run.length > 0 && (isApart || !isTelling)) {
      if (isNamed) yield run;
      run = [];
    }
    if (!isTelling) continue;
    if (run.length === 0) isNamed = !isApart && before !== undefined && BEFORE_NAME.has(text.slice(before.start, before.end).toLowerCase());
    run.push(word);
    if (at === words.length - 1 && isNamed) yield run;
  }
}

function topicOf(text: string, run: readonly Word[], worth: (term: Term) => number): Topic | undefined {
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const tokens = run.filter(({joint}) => joint === 'apart').length;
  const name = text.slice(first.start, last.end).replace(/\s+/g, ' ').replace(/['’]s$/, '');
  if (tokens > MOST_TOKENS || name.length > MOST_CHARACTERS || /[/\\=@]|\.\w/.test(name)) return undefined;
  const terms = [...new Set(run.map(({term}) => term))];
  const sum = terms.reduce((all, term) => all + worth(term), 0);
  return {text: name, terms, score: sum / (tokens + 0.5) ** 0.5, times: 1};
}

/** At most `most` topics of at most `mostWords` words together; none says again what `said` or a better one says. */
export function pickTopics(topics: readonly Topic[], said: ReadonlySet<Term>, most: number, mostWords: number): string[] {
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
