import type {Fact, FactKind} from '../../../../src/domain/facts/fact.js';
import type {Workstream} from '../../../../src/domain/facts/workstream.js';
import type {ChildSummary} from '../../../../src/domain/toc/summary.js';
import {eventId} from '../builders.js';

/** A workstream of the project "almanac" with ten events; one without a branch stands for a session. */
export function streamOf(id: string, branch: string, more: Partial<Workstream> = {}): Workstream {
  return {id, project: 'almanac', branch, events: 10, commits: 0, days: 1, ...more};
}

/** A child that is all one workstream. Each bullet that begins with the name of a kind of fact is a fact, too. */
export function workOf(title: string, workstream: Workstream, ...bullets: string[]): ChildSummary {
  const facts = bullets.flatMap((text, at) => factsIn(text, at, workstream.id));
  return {
    label: title,
    title,
    keywords: [],
    bullets: bullets.map((text, at) => ({text, eventIds: [eventId(at)], workstream: workstream.id})),
    facts: workstream.branch === '' && facts.length === 0 ? [fileFact(workstream.id)] : facts,
    workstreams: [workstream],
  };
}

/** Several children's content as one, as a day holds that of its sessions. */
export function together(title: string, ...children: readonly ChildSummary[]): ChildSummary {
  return {
    label: title,
    title,
    keywords: [],
    bullets: children.flatMap(({bullets}) => bullets),
    facts: children.flatMap(({facts}) => facts),
    workstreams: children.flatMap(({workstreams}) => workstreams),
  };
}

const KINDS: readonly (readonly [string, FactKind])[] = [
  ['commit: ', 'commit'],
  ['pull request: ', 'pull_request'],
  ['plan: ', 'plan'],
  ['task: ', 'task'],
];

function factsIn(text: string, at: number, workstream: string): readonly Fact[] {
  const [label, kind] = KINDS.find(([prefix]) => text.startsWith(prefix)) ?? [];
  if (label === undefined || kind === undefined) return [];
  return text
    .slice(label.length)
    .split('; ')
    .map((part) => ({kind, text: part, eventIds: [eventId(at)], workstream}));
}

function fileFact(workstream: string): Fact {
  return {kind: 'file', text: 'src/almanac.ts', eventIds: [eventId(0)], workstream};
}

/** The same segment, with a file that was edited in it. */
export function editedIn(child: ChildSummary): ChildSummary {
  const [workstream] = child.workstreams;
  return {...child, facts: [...child.facts, fileFact(workstream?.id ?? '')]};
}
