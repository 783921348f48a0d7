import type {Fact} from '../../../domain/facts/fact.js';
import type {ChildSummary} from '../../../domain/toc/summary.js';
import {branchName} from './branch-name.js';
import type {Group} from './group.js';
import type {Piece} from './piece.js';
import {shortName} from './short-name.js';
import {shareIn, termsOf} from './terms.js';
import {WEIGHTS} from './weights.js';

/** Names of a period's workstreams. */
export interface Names {
  /** @param pieces those of the group that the name is for */
  readonly ofGroup: (group: Group, pieces: readonly Piece[], mostWords: number) => string;
  /** The title of the segments that the pieces are from. */
  readonly ofSegments: (pieces: readonly Piece[], mostWords: number) => string;
}

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
    ofSegments: (own, mostWords) => shortName(titleOf(children, own, isGone), mostWords),
    ofGroup: (group, own, mostWords) => {
      const [heaviest] = group.workstreams;
      const named = heaviest === undefined ? '' : branchName(heaviest.branch, saidIn(group), spelling);
      if (named !== '') return shortName(named, mostWords);
      return shortName(ofPeriods ? lineName(children, group, own, isGone) : titleOf(children, own, isGone), mostWords);
    },
  };
}

/** The words of a workstream's own work. Titles are no evidence: a segment's begins with the words of its branch. */
function saidIn({pieces, factTerms}: Group): ReadonlySet<number> {
  const said = new Set(factTerms.keys());
  for (const {text} of pieces) for (const term of termsOf(text)) said.add(term);
  return said;
}

/** Of the segments that say most, the title. */
function titleOf(children: readonly ChildSummary[], pieces: readonly Piece[], isGone: (text: string) => boolean): string {
  const counts = new Map<number, number>();
  for (const piece of pieces) counts.set(piece.child, (counts.get(piece.child) ?? 0) + piece.worth);
  let best = '';
  let most = 0;
  for (const [child, worth] of counts) {
    const {title = '', workstreams = []} = children[child] ?? {};
    const weight = Math.sqrt(workstreams[0]?.events ?? 1) + worth;
    if (title === '' || weight <= most || isGone(title)) continue;
    most = weight;
    best = title;
  }
  return best;
}

/** What the children call it most; else the strongest fact or piece. */
function lineName(
  children: readonly ChildSummary[],
  {workstreams}: Group,
  pieces: readonly Piece[],
  isGone: (text: string) => boolean,
): string {
  const counts = new Map<string, number>();
  for (const {name, kind} of pieces)
    if (name !== '' && !isGone(name)) counts.set(name, (counts.get(name) ?? 0) + (kind === 'other' ? 0.5 : 1));
  const [called] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (called !== undefined) return called;
  const ids = new Set(workstreams.map(({id}) => id));
  const facts = children.flatMap((child) => child.facts.filter(({workstream, text}) => ids.has(workstream ?? '') && !isGone(text)));
  return strongestFact(facts) ?? [...pieces].sort((a, b) => b.worth - a.worth)[0]?.text ?? '';
}

function strongestFact(facts: readonly Fact[]): string | undefined {
  for (const wanted of ['commit', 'pull_request', 'plan'] as const) {
    const found = facts.find(({kind}) => kind === wanted);
    if (found !== undefined) return found.text;
  }
  return undefined;
}
