import type {EventId, SessionKey} from '../../domain/event/event.js';
import {addDays} from '../../domain/time/local-date.js';
import {dependentsOf} from '../../domain/time/period.js';
import {isSegmentPointer, type NodePointer, type SegmentPointer, type TocNode} from '../../domain/toc/node.js';
import {dateOf, dayId, type LocalDate, type NodeId, type PeriodId} from '../../domain/toc/node-id.js';
import type {Change, Store} from '../../store/port/store.js';

/** Events of one date that are forgotten or changed. */
export interface DatePart {
  readonly date: LocalDate;
  readonly sessions: ReadonlySet<SessionKey>;
  readonly ids: ReadonlySet<EventId>;
}

/** Another zone may have had the events on another date: so far they can be apart. */
const DATES_APART = 2;

export interface NodesOfPart {
  /** Those that lose all versions. */
  readonly nodes: readonly NodePointer[];
  /** Session-days of other dates whose segments go. */
  readonly otherDays: readonly {readonly date: LocalDate; readonly sessionKey: SessionKey}[];
}

/**
 * The nodes that may hold words of the events in any version: all segments of their session-days, since each may have been made with an
 * earlier request of its session in view; segments of the sessions that cite one, wherever another zone had put them; and all above them.
 */
export async function findNodes(store: Pick<Store, 'pointers' | 'pointersOf' | 'versionsOf'>, part: DatePart): Promise<NodesOfPart> {
  const {date, sessions, ids} = part;
  const range = {from: addDays(date, -DATES_APART), to: addDays(date, DATES_APART + 1)};
  const near = (await store.pointers('segment', range)).filter(isSegmentPointer).filter(({sessionKey}) => sessions.has(sessionKey));
  const others = near.filter(({id}) => dateOf(id) !== date);
  const versions = await store.versionsOf(others.map(({id}) => id));
  const citing = others.filter((_, at) => versions[at]?.some((node) => cites(node, ids)));
  const segments: readonly SegmentPointer[] = [...near.filter(({id}) => dateOf(id) === date), ...citing];
  const above = new Set<PeriodId>();
  for (const of of new Set([date, ...citing.map(({id}) => dateOf(id))])) for (const id of withAllAbove(dayId(of))) above.add(id);
  const periods = (await store.pointersOf([...above])).filter((pointer) => pointer !== undefined);
  return {
    nodes: [...segments, ...periods],
    otherDays: citing.filter(({status}) => status === 'current').map(({id, sessionKey}) => ({date: dateOf(id), sessionKey})),
  };
}

/** The changes by which they go, and by which what is left of their inputs is made again. */
export function nodeChanges({nodes, otherDays}: NodesOfPart): readonly Change[] {
  const changes: Change[] = nodes.map(({id}) => ({kind: 'no-node', id}));
  for (const pointer of nodes) if (!isSegmentPointer(pointer)) changes.push({kind: 'mark-node', id: pointer.id});
  for (const day of otherDays) changes.push({kind: 'mark-session-day', ...day});
  return changes;
}

/** A period, and all that have it below them. */
export function withAllAbove(id: PeriodId): readonly PeriodId[] {
  return [id, ...dependentsOf(id).flatMap(withAllAbove)];
}

/** Whether one of the events is an input of a node, or stands behind something that it says. */
export function cites(node: TocNode, ids: ReadonlySet<EventId>): boolean {
  const named: readonly (EventId | NodeId)[] = node.childIds;
  const wanted: ReadonlySet<string> = ids;
  return (
    named.some((id) => wanted.has(id)) ||
    node.bullets.some(({eventIds}) => eventIds.some((id) => ids.has(id))) ||
    node.facts.some(({eventIds}) => eventIds.some((id) => ids.has(id)))
  );
}
