import type {FactKind} from '../../../domain/facts/fact.js';
import type {Workstream} from '../../../domain/facts/workstream.js';
import type {ChildSummary} from '../../../domain/toc/summary.js';
import {branchWords, ticketOf} from '../branch-name.js';
import type {Piece} from './piece.js';
import {termsOf} from './terms.js';
import {WEIGHTS} from './weights.js';

/** What a period says of one workstream. Work trees of one project that share a branch are one. */
export interface Group {
  readonly key: string;
  /** Its workstreams in the children, the heaviest first; none where the children know of none. */
  readonly workstreams: readonly Workstream[];
  readonly weight: number;
  /** In time order. */
  readonly pieces: readonly Piece[];
  /** How often each telling word stands in its commits, pull requests, plans and tasks, also in those that no bullet tells. */
  readonly factTerms: ReadonlyMap<number, number>;
}

/** Pieces by workstream, the heaviest group first. A piece without one belongs to what its line is called, else to its child. */
export function groupPieces(children: readonly ChildSummary[], pieces: readonly Piece[]): readonly Group[] {
  const workstreams = new Map<string, Workstream[]>();
  const keys = new Map<string, string>();
  const names = new Map<string, string>();
  for (const child of children) {
    for (const workstream of child.workstreams) {
      const key = keyOf(workstream);
      keys.set(workstream.id, key);
      pushTo(workstreams, key, workstream);
      if (workstream.branch !== '') names.set(branchWords(workstream.branch).join(' ').toLowerCase(), key);
    }
  }
  const found = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = keys.get(piece.workstream ?? '') ?? names.get(piece.name.toLowerCase()) ?? looseKey(piece);
    pushTo(found, key, piece);
  }
  const factTerms = termsOfFacts(children, keys);
  const groups = [...found].map(([key, own]): Group => {
    const known = (workstreams.get(key) ?? []).sort((a, b) => b.events - a.events);
    return {key, workstreams: known, weight: weightOf(known, own), pieces: own, factTerms: factTerms.get(key) ?? NO_TERMS};
  });
  return groups.sort((a, b) => b.weight - a.weight);
}

const TOLD_KINDS: ReadonlySet<FactKind> = new Set(['commit', 'pull_request', 'plan', 'task']);
const NO_TERMS: ReadonlyMap<number, number> = new Map();

function termsOfFacts(
  children: readonly ChildSummary[],
  keys: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const found = new Map<string, Map<number, number>>();
  for (const {facts} of children) {
    for (const {kind, text, workstream} of facts) {
      const key = keys.get(workstream ?? '');
      if (key === undefined || !TOLD_KINDS.has(kind)) continue;
      const counts = found.get(key) ?? new Map<number, number>();
      found.set(key, counts);
      for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  return found;
}

function pushTo<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * One branch in two folders is one workstream, as are branches of the same words ("add-tides", "add-tides-2"): for a reader it is one piece of
 * work. A name such as "next" or "staging" may be any project's.
 */
function keyOf({id, branch}: Workstream): string {
  const ticket = ticketOf(branch);
  if (ticket !== '') return `ticket:${ticket}`;
  const words = branchWords(branch);
  return words.length > 0 ? `branch:${words.join(' ').toLowerCase()}` : `workstream:${id}`;
}

function looseKey({name, child}: Piece): string {
  return name === '' ? `child:${child}` : `name:${name.toLowerCase()}`;
}

function weightOf(workstreams: readonly Workstream[], pieces: readonly Piece[]): number {
  const {events, commits, days} = WEIGHTS.workstream;
  const total = {events: 0, commits: 0};
  for (const workstream of workstreams) {
    total.events += workstream.events;
    total.commits += workstream.commits;
  }
  const touched = new Set(pieces.map(({child}) => child)).size;
  return events * Math.sqrt(Math.max(total.events, pieces.length)) + commits * total.commits + days * touched;
}
