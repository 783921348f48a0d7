import type {TocNode} from '../domain/node.js';
import {tocLevelOf} from '../domain/node-id.js';
import {type Calendar, parentOf} from '../domain/period.js';
import type {ShownNode} from '../domain/shown-node.js';

/** A node as `--json` prints it: the names of DESIGN.md, instants as RFC 3339 in the store's zone, `end` exclusive. `children` only where they were asked for. */
export function nodeJson(node: ShownNode, calendar: Calendar): Record<string, unknown> {
  const {segment} = node;
  return {
    node_id: node.id,
    toc_level: node.tocLevel,
    parent_node_id: parentOf(node.id) ?? null,
    label: node.label,
    title: node.title,
    start: calendar.format(node.start),
    end: calendar.format(node.end),
    bullets: node.bullets.map(({text, eventIds}) => ({text, event_ids: eventIds})),
    keywords: node.keywords,
    child_node_ids: node.childIds,
    version: node.version,
    created_at: node.createdAt === undefined ? null : calendar.format(node.createdAt),
    summarizer: node.summarizer,
    ...(node.fallback === undefined ? {} : {fallback: node.fallback}),
    input_fingerprint: node.inputFingerprint,
    status: node.status,
    ...(segment === undefined ? {} : segmentJson(segment)),
    provisional: node.provisional,
    stale: node.stale,
    clipped: node.clipped,
    open: node.open,
    ...(node.waitingEvents > 0 ? {waiting_events: node.waitingEvents} : {}),
    ...(node.replacedBy.length > 0 ? {replaced_by: node.replacedBy} : {}),
    ...(node.replaces.length > 0 ? {replaces: node.replaces} : {}),
    ...(node.children === undefined ? {} : {children: node.children.map((child) => nodeJson(child, calendar))}),
  };
}

/** A stored version, for `mem toc log --json`. */
export function versionJson(node: TocNode, calendar: Calendar): Record<string, unknown> {
  return {
    node_id: node.id,
    toc_level: tocLevelOf(node.id),
    label: calendar.labelOf(node.id, node.start),
    title: node.title,
    start: calendar.format(node.start),
    end: calendar.format(node.end),
    bullets: node.bullets.map(({text, eventIds}) => ({text, event_ids: eventIds})),
    keywords: node.keywords,
    child_node_ids: node.childIds,
    version: node.version,
    created_at: calendar.format(node.createdAt),
    summarizer: node.summarizer,
    ...(node.fallback === undefined ? {} : {fallback: node.fallback}),
    input_fingerprint: node.inputFingerprint,
    status: node.status,
    ...(node.segment === undefined ? {} : segmentJson(node.segment)),
    ...(node.replacedBy === undefined ? {} : {replaced_by: node.replacedBy}),
    ...(node.replaces === undefined ? {} : {replaces: node.replaces}),
  };
}

function segmentJson(segment: NonNullable<TocNode['segment']>): Record<string, unknown> {
  return {
    session_id: segment.sessionId,
    event_count: segment.eventCount,
    token_count: segment.tokenCount,
    agents: segment.agents,
    projects: segment.projects,
  };
}
