import type {EventId} from '../event/event.js';
import type {Fact, FactKind} from './fact.js';

/** How many facts a node keeps. */
const MOST_FACTS = {segment: 48, period: 96};
/** Of the events that tell the same fact: the first one and the newest of the others. */
const MOST_CITED = 4;
/** Which kinds are kept first where there is not room for all. */
const KEPT_FIRST: readonly FactKind[] = ['commit', 'pull_request', 'plan', 'branch', 'task', 'test', 'file'];

/**
 * The facts of several events or nodes, each thing once: a commit by its subject, a pull request by its address, a file by its path, a task
 * by its subject and with its newest state; of test runs in a row with the same end the newest. In the order of their newest events, as they
 * came; tasks that were given up are left out.
 * Where there are more than a node keeps, the kinds go from the last one on: files, tests, tasks, branches, plans, pull requests, commits.
 * Within a kind every workstream keeps its newest ones, in turn.
 */
export function mergeFacts(facts: readonly Fact[], level: keyof typeof MOST_FACTS): readonly Fact[] {
  const merged = new Map<string, Fact>();
  let lastTest: {readonly name: string; readonly state: Fact['state']} | undefined;
  let tests = 0;
  for (const fact of facts) {
    let name = nameOf(fact);
    if (fact.kind === 'test') {
      name = lastTest !== undefined && lastTest.state === fact.state ? lastTest.name : `test ${++tests}`;
      lastTest = {name, state: fact.state};
    }
    const known = merged.get(name);
    // Into the place of the newest: the order stays that of time.
    merged.delete(name);
    merged.set(name, known === undefined || fact.kind === 'test' ? fact : joined(known, fact));
  }
  const all = [...merged.values()].filter(({state}) => state !== 'dropped');
  return all.length <= MOST_FACTS[level] ? all : mostTelling(all, MOST_FACTS[level]);
}

/** What is the same thing has the same name. */
function nameOf({kind, text, ref, workstream = ''}: Fact): string {
  if (kind === 'pull_request') return `${kind} ${ref ?? text}`;
  return kind === 'file' ? `${kind} ${text}` : `${kind} ${workstream} ${text}`;
}

function joined(known: Fact, newest: Fact): Fact {
  const ids = [...new Set([...known.eventIds, ...newest.eventIds])];
  const [first] = ids;
  const eventIds: readonly EventId[] = ids.length <= MOST_CITED || first === undefined ? ids : [first, ...ids.slice(1 - MOST_CITED)];
  return {...known, ...newest, eventIds};
}

function mostTelling(facts: readonly Fact[], most: number): readonly Fact[] {
  const kept = new Set<Fact>();
  for (const kind of KEPT_FIRST) {
    for (const fact of inTurns(facts.filter((each) => each.kind === kind))) {
      if (kept.size === most) break;
      kept.add(fact);
    }
  }
  return facts.filter((fact) => kept.has(fact));
}

/** The newest of each workstream, then the one before it, and so on. */
function* inTurns(facts: readonly Fact[]): Generator<Fact> {
  const streams = new Map<string, Fact[]>();
  for (const fact of facts.toReversed()) {
    const name = fact.workstream ?? '';
    const stream = streams.get(name);
    if (stream) stream.push(fact);
    else streams.set(name, [fact]);
  }
  for (let turn = 0; [...streams.values()].some((stream) => turn < stream.length); turn++) {
    for (const stream of streams.values()) {
      const fact = stream[turn];
      if (fact !== undefined) yield fact;
    }
  }
}

/** How many commits there are among merged facts. */
export function countCommits(facts: readonly Fact[]): number {
  return facts.reduce((sum, {kind}) => sum + (kind === 'commit' ? 1 : 0), 0);
}
