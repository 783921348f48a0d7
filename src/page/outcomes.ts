import type {Fact} from '../domain/facts/fact.js';
import type {ShownNode} from '../domain/toc/shown-node.js';

/** What came out of one workstream. */
export interface Outcome {
  /** Empty where the session stands for the workstream. */
  readonly branch: string;
  readonly project: string;
  readonly pullRequests: readonly Fact[];
  readonly commits: readonly Fact[];
}

/** What was committed and proposed, by workstream, the heaviest first; each thing once. Workstreams without either are left out. */
export function outcomesOf(nodes: readonly ShownNode[]): readonly Outcome[] {
  const groups = new Map<string, {branch: string; project: string; pullRequests: Fact[]; commits: Fact[]}>();
  for (const {workstreams} of nodes)
    for (const {id, branch, project} of workstreams) if (!groups.has(id)) groups.set(id, {branch, project, pullRequests: [], commits: []});
  const seen = new Set<string>();
  for (const fact of nodes.flatMap(({facts}) => facts)) {
    const key = JSON.stringify([fact.kind, fact.ref ?? fact.text]);
    if (seen.has(key)) continue;
    seen.add(key);
    const {workstream = ''} = fact;
    const group = groups.get(workstream) ?? {branch: '', project: '', pullRequests: [], commits: []};
    groups.set(workstream, group);
    if (fact.kind === 'commit') group.commits.push(fact);
    if (fact.kind === 'pull_request') group.pullRequests.push(fact);
  }
  return [...groups.values()].filter(({pullRequests, commits}) => pullRequests.length + commits.length > 0);
}

/** `#133` of a pull request's address; a commit's hash, short. */
export function shortRef({kind, ref = ''}: Fact): string {
  if (kind === 'commit') return ref.slice(0, 8);
  const [, number] = /(?:^|\/)#?(\d{1,9})$/.exec(ref) ?? [];
  return number === undefined ? '' : `#${number}`;
}
