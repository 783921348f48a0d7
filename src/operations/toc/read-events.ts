import {type AgentEvent, END_OF_TIME, type EpochMs, type EventId, type Role} from '../../domain/event/event.js';
import {projectFilter} from '../../domain/event/project-filter.js';
import {type ProjectNames, withProjectName} from '../../domain/event/project-names.js';
import {earliest, instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import {nodeWithProjects} from '../../domain/toc/joined-projects.js';
import type {TocNode} from '../../domain/toc/node.js';
import {isSegmentId, type NodeId} from '../../domain/toc/node-id.js';
import {MemError} from '../../errors.js';
import type {Store} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {findSession} from '../access/find-session.js';
import {readProjects} from '../access/read-projects.js';
import {type EventList, readUnsuperseded} from '../access/read-superseded.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {noSegment, readToc} from './read-toc.js';

export interface EventFilter {
  /** Only the events of a node. */
  readonly node?: NodeId | undefined;
  /** Only this one. */
  readonly event?: EventId | undefined;
  readonly from?: EpochMs | undefined;
  /** Exclusive. */
  readonly to?: EpochMs | undefined;
  /** Its id, or a beginning of it that no other session has. */
  readonly session?: string | undefined;
  readonly role?: Role | undefined;
  readonly agent?: string | undefined;
  /** As a person names them; none: all. */
  readonly projects?: readonly string[] | undefined;
  /** Undefined for all. */
  readonly limit?: number | undefined;
}

export interface EventsPage {
  readonly events: readonly AgentEvent[];
  readonly timeZone: string;
}

/**
 * Yields the events that pass a filter, oldest first, in the one order of events, page by page. The store is closed while the caller works
 * on a page.
 * @throws MemError NO_NODE when the node or the event does not exist, USAGE for a project or session whose name is not clear
 */
export async function* readEvents(mem: Mem, filter: EventFilter): AsyncGenerator<EventsPage> {
  const {timeZone, passes} = await readDrained(mem, async (store) => ({
    timeZone: store.header.timeZone,
    passes: await readPassing(store, filter, mem.projectNames),
  }));
  if (filter.event !== undefined) {
    const event = await readEvent(mem, filter.event);
    const isIn = event.time >= (filter.from ?? 0) && event.time < (filter.to ?? END_OF_TIME);
    if (isIn && passes(event)) yield {events: [withProjectName(event, mem.projectNames)], timeZone};
    return;
  }
  const only = filter.node === undefined ? undefined : await boundsOfNode(mem, filter.node, new Calendar(timeZone));
  let from: EpochMs | undefined = instant(Math.max(filter.from ?? 0, only?.start ?? 0));
  const end = earliest(filter.to ?? END_OF_TIME, only?.end ?? END_OF_TIME);
  let left = filter.limit ?? Number.POSITIVE_INFINITY;
  while (from !== undefined && from < end && left > 0) {
    const start: EpochMs = from;
    const page = await mem.store.use(READER_PATIENCE_MS, (store) => readPage(store, start, end));
    const events: AgentEvent[] = [];
    for (const event of page.events) {
      if (events.length >= left) break;
      if (only?.eventIds && !only.eventIds.has(event.id)) continue;
      if (passes(event)) events.push(event);
    }
    left -= events.length;
    from = page.next;
    if (events.length > 0) yield {events: events.map((event) => withProjectName(event, mem.projectNames)), timeZone};
  }
}

async function readPage(store: Store, start: EpochMs, end: EpochMs): Promise<EventList> {
  const reading = readUnsuperseded(() => store, start, end);
  let turn = await reading.next();
  while (turn.done !== true) turn = await reading.next();
  return turn.value;
}

/** Finds in the store what the filter names. @returns whether an event passes; its project is as it was stored */
export async function readPassing(
  store: Store,
  {role, agent, session, projects = []}: EventFilter,
  names: ProjectNames,
): Promise<(event: AgentEvent) => boolean> {
  const sessionId = session === undefined ? undefined : (await findSession(store, session)).sessionId;
  const isWanted = projects.length === 0 ? undefined : projectFilter(projects, await readProjects(store), names);
  return (event) =>
    (role === undefined || event.role === role) &&
    (agent === undefined || event.agent === agent) &&
    (sessionId === undefined || event.sessionId === sessionId) &&
    (isWanted === undefined || isWanted(event.project));
}

async function readEvent(mem: Mem, id: EventId): Promise<AgentEvent> {
  const [event] = await mem.store.use(READER_PATIENCE_MS, (store) => store.eventsOf([id]));
  if (event) return event;
  throw new MemError('NO_NODE', `the event ${id} does not exist`, {hint: 'take an id from: mem toc show --json, or mem events --json'});
}

interface NodeBounds {
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** For a segment, its own events: those of another session may lie between them. */
  readonly eventIds: ReadonlySet<EventId> | undefined;
}

async function boundsOfNode(mem: Mem, id: NodeId, calendar: Calendar): Promise<NodeBounds> {
  if (!isSegmentId(id)) return {...calendar.boundsOf(id), eventIds: undefined};
  const {node} = await readToc(mem, id, 0);
  if (node?.tocLevel !== 'segment') throw noSegment(id);
  return {start: node.start, end: node.end, eventIds: new Set(node.childIds)};
}

/** All versions of a node, oldest first. @throws MemError NO_NODE when no version is stored */
export async function readNodeLog(mem: Mem, id: NodeId): Promise<{readonly versions: readonly TocNode[]; readonly timeZone: string}> {
  const log = await readDrained(mem, async (store) => ({
    versions: (await store.versionsOf([id]))[0] ?? [],
    timeZone: store.header.timeZone,
  }));
  if (log.versions.length > 0) return {...log, versions: log.versions.map((node) => nodeWithProjects(node, mem.projectNames))};
  throw new MemError('NO_NODE', `no version of ${id} is stored`, {hint: 'see which nodes are: mem toc list'});
}
