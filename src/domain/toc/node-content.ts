import type {EventId} from '../event/event.js';
import type {Fact} from '../facts/fact.js';
import {countCommits, mergeFacts} from '../facts/merge-facts.js';
import {ownBranch, segmentWorkstream, sumWorkstreams, type Workstream} from '../facts/workstream.js';
import type {NodeBullet} from './node.js';
import type {PeriodLevel} from './node-id.js';
import {branchOf, type SegmentEvent} from './segment-event.js';
import type {ChildSummary, Summary} from './summary.js';

/** The content of a summary, with its bullets traced to events; and the facts and workstreams of what was summarized. */
export interface NodeContent {
  readonly title: string;
  readonly bullets: readonly NodeBullet[];
  readonly keywords: readonly string[];
  /** See `mergeFacts`: each thing once, and not more than a node keeps. */
  readonly facts: readonly Fact[];
  /** The heaviest first. Of a segment, its one. */
  readonly workstreams: readonly Workstream[];
}

export const NOTHING: NodeContent = {title: '', bullets: [], keywords: [], facts: [], workstreams: []};

/** Drops bullets that cite no given event: nobody could check them. */
export function contentFromEvents(summary: Summary, events: readonly SegmentEvent[]): NodeContent {
  const given = new Map<string, EventId>(events.map(({id}) => [id, id]));
  const bullets = summary.bullets.map(({text, sources}) => ({text, eventIds: uniqueIds(sources.map((source) => given.get(source)))}));
  return segmentContent({...summary, bullets: bullets.filter((bullet) => bullet.eventIds.length > 0)}, events);
}

/** The content of a segment whose bullets are traced already. */
export function segmentContent(traced: Pick<NodeContent, 'title' | 'bullets' | 'keywords'>, events: readonly SegmentEvent[]): NodeContent {
  const facts = mergeFacts(factsIn(events), 'segment');
  const places = events.map(({event, sessionKey}) => ({sessionKey, project: event.project, branch: branchOf(event)}));
  const workstream = segmentWorkstream(places, countCommits(facts));
  const id = workstream?.id ?? '';
  return {
    title: traced.title,
    bullets: traced.bullets.map(({text, eventIds}) => ({text, eventIds, workstream: id})),
    keywords: traced.keywords,
    facts: facts.map((fact) => ({...fact, workstream: id})),
    workstreams: workstream === undefined ? [] : [workstream],
  };
}

/** The facts of events in order, with each branch where it is met first. */
function factsIn(events: readonly SegmentEvent[]): readonly Fact[] {
  const facts: Fact[] = [];
  const branches = new Set<string>(['']);
  for (const {id, event, facts: own} of events) {
    const branch = ownBranch(branchOf(event));
    if (!branches.has(branch)) {
      branches.add(branch);
      facts.push({kind: 'branch', text: branch, eventIds: [id]});
    }
    facts.push(...own);
  }
  return facts;
}

/** What of a child its parent is made from. */
export type ChildContent = Pick<ChildSummary, 'bullets' | 'facts' | 'workstreams'>;

/** A bullet takes the event ids of the child bullets that it cites, in order; and their workstream, where all have the same one. */
export function contentFromChildren(summary: Summary, tocLevel: PeriodLevel, children: readonly ChildContent[]): NodeContent {
  const bullets = summary.bullets.map(({text, sources}): NodeBullet => {
    const cited = sources.flatMap((source) => citedBullet(source, children) ?? []);
    return {text, eventIds: uniqueIds(cited.flatMap(({eventIds}) => eventIds)), ...sharedWorkstream(cited)};
  });
  return periodContent({...summary, bullets: bullets.filter((bullet) => bullet.eventIds.length > 0)}, tocLevel, children);
}

/** The content of a period whose bullets are traced already. */
export function periodContent(
  {title, bullets, keywords}: Pick<NodeContent, 'title' | 'bullets' | 'keywords'>,
  tocLevel: PeriodLevel,
  children: readonly ChildContent[],
): NodeContent {
  return {
    title,
    bullets,
    keywords,
    facts: mergeFacts(
      children.flatMap(({facts}) => facts),
      'period',
    ),
    workstreams: sumWorkstreams(
      children.map(({workstreams}) => workstreams),
      tocLevel === 'day',
    ),
  };
}

/** The bullets of an older version of a period, with the workstreams that their events have in the children now. */
export function inWorkstreams(bullets: readonly NodeBullet[], children: readonly ChildContent[]): readonly NodeBullet[] {
  const cited = new Map<EventId, NodeBullet[]>();
  for (const bullet of children.flatMap((child) => child.bullets)) {
    for (const id of bullet.eventIds) {
      const known = cited.get(id);
      if (known) known.push(bullet);
      else cited.set(id, [bullet]);
    }
  }
  return bullets.map(({text, eventIds}) => ({text, eventIds, ...sharedWorkstream(eventIds.flatMap((id) => cited.get(id) ?? []))}));
}

function citedBullet(source: string, children: readonly ChildContent[]): NodeBullet | undefined {
  if (!/^\d+\.\d+$/.test(source)) return undefined;
  const [child = '', bullet = ''] = source.split('.');
  return children[Number(child)]?.bullets[Number(bullet)];
}

function sharedWorkstream(bullets: readonly NodeBullet[]): Pick<NodeBullet, 'workstream'> {
  const [first] = bullets;
  const id = first?.workstream;
  return id !== undefined && bullets.every(({workstream}) => workstream === id) ? {workstream: id} : {};
}

function uniqueIds(ids: readonly (EventId | undefined)[]): readonly EventId[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}
