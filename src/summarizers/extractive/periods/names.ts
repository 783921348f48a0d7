import type {FactKind} from '../../../domain/facts/fact.js';
import type {ChildSummary} from '../../../domain/toc/summary.js';
import {hashWord} from '../../../language/stem.js';
import {countWords} from '../../turns/clip.js';
import {asRequest} from '../../turns/outcome-shape.js';
import {branchName} from '../branch-name.js';
import {withoutPrefix, withoutTicket} from '../commit-prefix.js';
import type {Group} from './group.js';
import type {Piece} from './piece.js';
import {shortName} from './short-name.js';
import {shareIn, termsOf} from './terms.js';
import {WEIGHTS} from './weights.js';
import {isTopic, plainness} from './worth.js';

/** Names of a period's workstreams. */
export interface Names {
  /** @param pieces those of the group that the name is for */
  readonly ofGroup: (group: Group, pieces: readonly Piece[], mostWords: number) => string;
}

/** A longer title would be cut. */
const MOST_PULL_REQUEST_WORDS = 9;
/** Words with capitals in them, as the children spell them. */
const SPELLED = /(?<![\w/.-])(?:\p{Lu}{2,}|\p{Lu}\p{L}*\p{Lu}\p{L}*)(?![\w/.-])/gu;

/**
 * @param ofPeriods the children are periods: their titles are about more than one workstream
 * @param undone what was made and is gone again: nothing is called after it
 */
export function namesIn(children: readonly ChildSummary[], pieces: readonly Piece[], ofPeriods: boolean, undone: readonly Piece[]): Names {
  const isGone = (text: string) => undone.some((piece) => shareIn(termsOf(text), new Set(piece.terms)) >= WEIGHTS.inName);
  const spelling = new Map<string, string>();
  const read = (text: string) => {
    for (const {0: word} of text.matchAll(SPELLED)) spelling.set(word.toLowerCase(), word);
  };
  for (const {title, facts} of children) {
    if (!ofPeriods) read(title);
    for (const {kind, text} of facts) if (kind !== 'file' && kind !== 'branch') read(text);
  }
  for (const {text} of pieces) read(text);
  return {
    ofGroup: (group, own, mostWords) => {
      const [heaviest] = group.workstreams;
      const said = saidIn(group);
      const isSaid = (word: string) => said.has(hashWord(word, 0, word.length));
      // Nobody said that anything was fixed or added.
      const isDone = (heaviest?.commits ?? 0) > 0 || group.pieces.some(({isOutcome}) => isOutcome);
      const branchSaid = (leastShare: number) => {
        const words = heaviest === undefined ? [] : branchName(heaviest.branch, isSaid, leastShare);
        const named = !isDone && /^(?:fix|add)$/i.test(words[0] ?? '') && words.length > 2 ? words.slice(1) : words;
        return named.map((word) => spelling.get(word.toLowerCase()) ?? word).join(' ');
      };
      const name =
        pullRequestOf(children, group) ||
        branchSaid(WEIGHTS.branchSaid) ||
        coveringName(children, group, own, isGone, ofPeriods, () => ((heaviest?.commits ?? 0) > 0 ? branchSaid(0) : ''));
      return shortName(name, mostWords);
    },
  };
}

/** Whoever opened the only pull request of a branch said what the work is; of several each says a part. */
function pullRequestOf(children: readonly ChildSummary[], {workstreams: [heaviest, ...lighter]}: Group): string {
  // Several branches of one ticket are more than what one of them is merged for.
  if (lighter.some(({branch}) => branch !== heaviest?.branch)) return '';
  const opened = children.flatMap(({facts}) =>
    facts.filter(({kind, workstream}) => kind === 'pull_request' && workstream === heaviest?.id),
  );
  const [title = '', ...others] = new Set(opened.map(({text}) => text));
  const bare = withoutTicket(withoutPrefix(title));
  return others.length === 0 && countWords(bare) <= MOST_PULL_REQUEST_WORDS ? bare : '';
}

/** The words of a workstream's own work. The children's titles are no evidence: they begin with the words of its branch. */
function saidIn({pieces, factTerms}: Group): ReadonlySet<number> {
  const said = new Set(factTerms.keys());
  for (const {text, name} of pieces) for (const term of termsOf(`${name} ${apart(text)}`)) said.add(term);
  return said;
}

/** The words of identifiers by themselves. */
function apart(text: string): string {
  return text.replace(/_|(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
}

/** Of what the children call it, else of its facts, the one whose words come up most in its work; else the branch, else of what came out. */
function coveringName(
  children: readonly ChildSummary[],
  {workstreams, factTerms}: Pick<Group, 'workstreams' | 'factTerms'>,
  pieces: readonly Piece[],
  isGone: (text: string) => boolean,
  ofPeriods: boolean,
  branch: () => string,
): string {
  const ids = new Set(workstreams.map(({id}) => id));
  const counts = new Map(factTerms);
  for (const {terms} of pieces.filter(({kind}) => kind !== 'titled'))
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const bestOf = (texts: readonly string[]): string => {
    let best = '';
    let most = -1;
    for (const text of new Set(texts)) {
      if (text === '') continue;
      const terms = termsOf(text);
      const covered = terms.reduce((sum, term) => sum + Math.sqrt(counts.get(term) ?? 0), 0) / (terms.length + 1) ** WEIGHTS.nameLength;
      const score = covered * plainness(text);
      if (score <= most || isGone(text)) continue;
      most = score;
      best = text;
    }
    return best;
  };
  const called = pieces.map(({name, child}) => (ofPeriods ? name : (children[child]?.title ?? '')));
  const facts = children.flatMap((child) =>
    child.facts.flatMap(({kind, workstream = '', text}) => (NAMING.has(kind) && ids.has(workstream) ? [text] : [])),
  );
  const outcomes = pieces.filter(({isOutcome}) => isOutcome).map(({text}) => asRequest(text) ?? text);
  const name = bestOf(called.filter(isTopic)) || bestOf(facts.filter(isTopic));
  // What one hour of a long session was about is no name for all of it.
  if (name !== '' && workstreams.every(({branch: own}) => own === '') && !isOfMost(name, pieces, ofPeriods)) return '';
  const branched = name || branch();
  // A step of the process is no name where something else came out.
  if (branched === '' && called.some((title) => title !== '') && outcomes.some(isTopic)) return '';
  return branched || bestOf(called) || bestOf(outcomes);
}

/** Whether a name is about what most pieces are about, or stand behind; of few pieces it is. */
function isOfMost(name: string, pieces: readonly Piece[], ofPeriods: boolean): boolean {
  const terms = termsOf(name);
  const units = new Map<string, {readonly said: Set<number>; readonly isNamed: boolean; count: number}>();
  for (const [at, piece] of pieces.entries()) {
    // A segment is about one thing; of a day only what stands behind one name is.
    const key = ofPeriods && piece.name === '' ? `${at}` : `${piece.child} ${piece.name}`;
    const unit = units.get(key) ?? {said: new Set(), isNamed: piece.name === name, count: 0};
    units.set(key, unit);
    unit.count++;
    for (const term of piece.terms) unit.said.add(term);
  }
  const about = [...units.values()].filter(({said, isNamed}) => isNamed || shareIn(terms, said) >= 0.5);
  return pieces.length < 4 || about.reduce((sum, {count}) => sum + count, 0) * 2 >= pieces.length;
}

const NAMING: ReadonlySet<FactKind> = new Set(['commit', 'pull_request', 'plan']);
