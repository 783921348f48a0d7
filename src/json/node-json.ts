import type {Fact} from '../domain/facts/fact.js';
import {type Calendar, parentOf} from '../domain/time/period.js';
import type {SegmentFacts, TocNode} from '../domain/toc/node.js';
import {type NodeId, tocLevelOf} from '../domain/toc/node-id.js';
import type {ShownNode} from '../domain/toc/shown-node.js';

/** The fields that a shown node and a stored version share. */
type AnyNode = Pick<
  TocNode,
  | 'id'
  | 'title'
  | 'start'
  | 'end'
  | 'bullets'
  | 'keywords'
  | 'facts'
  | 'workstreams'
  | 'childIds'
  | 'version'
  | 'summarizer'
  | 'inputFingerprint'
  | 'status'
>;

/** A node as `--json` prints it: the names of docs/design/formats.md, instants as RFC 3339 in the store's zone, `end` exclusive, `children` only on request. @param events of a period, where they were counted */
export function nodeJson(node: ShownNode, calendar: Calendar, events?: number): Record<string, unknown> {
  return {
    ...commonJson(node, calendar),
    created_at: node.createdAt === undefined ? null : calendar.format(node.createdAt),
    ...extraJson(node),
    ...(events === undefined ? {} : {event_count: events}),
    provisional: node.provisional,
    stale: node.stale,
    clipped: node.clipped,
    open: node.open,
    ...(node.waitingEvents > 0 ? {waiting_events: node.waitingEvents} : {}),
    ...(node.children === undefined ? {} : {children: node.children.map((child) => nodeJson(child, calendar))}),
  };
}

/** A stored version, for `mem toc log --json`. */
export function versionJson(node: TocNode, calendar: Calendar): Record<string, unknown> {
  return {...commonJson(node, calendar), created_at: calendar.format(node.createdAt), ...extraJson(node)};
}

function commonJson(node: AnyNode, calendar: Calendar): Record<string, unknown> {
  return {
    node_id: node.id,
    toc_level: tocLevelOf(node.id),
    parent_node_id: parentOf(node.id) ?? null,
    label: calendar.labelOf(node.id, node.start),
    title: node.title,
    start: calendar.format(node.start),
    end: calendar.format(node.end),
    bullets: node.bullets.map(({text, eventIds, workstream}) => ({
      text,
      event_ids: eventIds,
      ...(workstream !== undefined && {workstream}),
    })),
    keywords: node.keywords,
    facts: node.facts.map(factJson),
    workstreams: node.workstreams.map(({id, project, branch, events, commits, days}) => ({id, project, branch, events, commits, days})),
    child_node_ids: node.childIds,
    version: node.version,
    summarizer: node.summarizer,
    input_fingerprint: node.inputFingerprint,
    status: node.status,
  };
}

function factJson({kind, text, ref, state, lines, eventIds, workstream}: Fact): Record<string, unknown> {
  return {
    kind,
    text,
    ...(ref !== undefined && {ref}),
    ...(state !== undefined && {state}),
    ...(lines !== undefined && {lines}),
    event_ids: eventIds,
    ...(workstream !== undefined && {workstream}),
  };
}

/** The fields that only some nodes have. */
function extraJson(node: ShownNode | TocNode): Record<string, unknown> {
  const {fallback} = node;
  const common = fallback === undefined ? {} : {fallback};
  if (!('segment' in node)) return common;
  const {segment, replacedBy = [], replaces = []} = node;
  return {
    ...common,
    ...segmentJson(segment),
    ...(replacedBy.length > 0 ? {replaced_by: replacedBy} : {}),
    ...(replaces.length > 0 ? {replaces} : {}),
  };
}

function segmentJson(segment: SegmentFacts): Record<string, unknown> {
  return {
    session_id: segment.sessionId,
    event_count: segment.eventCount,
    token_count: segment.tokenCount,
    agents: segment.agents,
    projects: segment.projects,
  };
}

/** A period without text has only its name and bounds. */
export function emptyNodeJson(id: NodeId, textlessEvents: number, calendar: Calendar): Record<string, unknown> {
  const {start, end} = calendar.boundsOf(id);
  return {
    node_id: id,
    toc_level: tocLevelOf(id),
    label: calendar.labelOf(id, start),
    title: '',
    start: calendar.format(start),
    end: calendar.format(end),
    bullets: [],
    keywords: [],
    facts: [],
    workstreams: [],
    child_node_ids: [],
    version: 0,
    event_count: textlessEvents,
    children: [],
  };
}
