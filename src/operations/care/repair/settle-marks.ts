import {activityOf} from '../../../domain/event/activity.js';
import type {EpochMs} from '../../../domain/event/event.js';
import {Calendar, dependentsOf} from '../../../domain/time/period.js';
import {isSegmentNode, type SegmentNode, type TocNode} from '../../../domain/toc/node.js';
import {dateOf, dayId, type LocalDate, type NodeId, type PeriodId, type SegmentId} from '../../../domain/toc/node-id.js';
import {CUTTING_RULES_VERSION, cutSegments} from '../../../domain/toc/segment.js';
import type {Change, SessionDay, SessionDayMark, Store} from '../../../store/port/store.js';
import {type MarkedSessionDay, readSessionDays} from '../../rollup/find/read-session-days.js';
import {allHistories, type CaredStore} from '../check/check-nodes.js';

/** What of a node tells whether it is still that of its inputs. */
interface KnownNode extends Pick<TocNode, 'start' | 'createdAt'> {
  readonly childIds: readonly NodeId[];
}

/**
 * Sets marks as they follow from the events and nodes alone: on what the next rollup would make again, and on nothing else. Fingerprints
 * are not compared: a summarizer that was changed since marks nothing.
 */
export async function settleMarks(store: CaredStore, at: EpochMs): Promise<void> {
  const periods = new Map<PeriodId, KnownNode>();
  const children = new Map<PeriodId, {id: NodeId; start: EpochMs; createdAt: EpochMs}[]>();
  const retracted: PeriodId[] = [];
  /** Session-days of segments, and whether one of them is still to be retracted where the events are gone. */
  const segmented = new Map<string, Pick<SessionDay, 'date' | 'sessionKey'> & {readonly isCurrent: boolean}>();
  for await (const histories of allHistories(() => store)) {
    for (const {versions} of histories ?? []) {
      const newest = versions.at(-1);
      if (newest === undefined) continue;
      const isRetracted = newest.status === 'retracted';
      if (isSegmentNode(newest)) {
        const day = {date: dateOf(newest.id), sessionKey: newest.segment.sessionKey};
        const name = day.date + day.sessionKey;
        segmented.set(name, {...day, isCurrent: !isRetracted || segmented.get(name)?.isCurrent === true});
      } else if (isRetracted) retracted.push(newest.id);
      if (isRetracted) continue;
      const {id, start, createdAt} = newest;
      if (!isSegmentNode(newest)) periods.set(newest.id, {start, createdAt, childIds: isCurrent(newest) ? newest.childIds : []});
      for (const above of dependentsOf(id)) {
        const known = children.get(above);
        if (known) known.push({id, start, createdAt});
        else children.set(above, [{id, start, createdAt}]);
      }
    }
  }
  await settleSessionDays(store, at);
  const changes: Change[] = [];
  for (const {date, sessionKey} of await store.sessionDays({})) segmented.delete(date + sessionKey);
  for (const {date, sessionKey, isCurrent: isLeft} of segmented.values()) {
    changes.push({kind: isLeft ? 'mark-session-day' : 'unmark-session-day', date, sessionKey});
  }
  const calendar = new Calendar(store.header.timeZone);
  for (const id of new Set([...periods.keys(), ...children.keys(), ...retracted])) {
    const node = periods.get(id);
    // One that was made in another time zone begins elsewhere.
    const isOfZone = node === undefined || node.start === calendar.boundsOf(id).start;
    const isRight = isOfZone && isMadeFrom(node, children.get(id) ?? []);
    changes.push({kind: isRight ? 'unmark-node' : 'mark-node', id});
  }
  await store.commit(changes, at, {sync: false});
}

const isCurrent = ({rulesVersion}: TocNode): boolean => rulesVersion === CUTTING_RULES_VERSION;

/** Whether a period was made from these nodes, and after the newest of them. */
function isMadeFrom(node: KnownNode | undefined, children: readonly {id: NodeId; start: EpochMs; createdAt: EpochMs}[]): boolean {
  if (node === undefined) return children.length === 0;
  const ids = new Set(node.childIds);
  return ids.size === children.length && children.every(({id, createdAt}) => ids.has(id) && createdAt <= node.createdAt);
}

async function settleSessionDays(store: CaredStore, at: EpochMs): Promise<void> {
  const calendar = new Calendar(store.header.timeZone);
  const byDate = new Map<LocalDate, SessionDay[]>();
  for (const day of await store.sessionDays({})) {
    const known = byDate.get(day.date);
    if (known) known.push(day);
    else byDate.set(day.date, [day]);
  }
  for (const [date, days] of byDate) {
    // A mark only names its session-day here; no token of it is compared.
    const marks = days.map(({sessionKey}): SessionDayMark => ({date, sessionKey, token: ''}));
    const changes: Change[] = [];
    for await (const group of readSessionDays(() => store, marks)) {
      for (const day of group ?? []) changes.push(...(await changesOf(store, day, calendar, at)));
    }
    await store.commit(changes, at, {sync: false});
  }
}

async function changesOf(
  store: Store,
  {mark, events, pointers}: MarkedSessionDay,
  calendar: Calendar,
  at: EpochMs,
): Promise<readonly Change[]> {
  const {date, sessionKey} = mark;
  const segments = cutSegments(date, calendar.boundsOf(dayId(date)), events, at);
  const current = pointers.filter(({status}) => status === 'current');
  const nodes = new Map<SegmentId, SegmentNode>();
  for (const node of await store.nodes(current.map(({id}) => id))) if (node !== undefined && isSegmentNode(node)) nodes.set(node.id, node);
  const isSettled =
    segments.length === current.length &&
    segments.every((segment) => {
      const node = nodes.get(segment.id);
      const isSame =
        node?.start === segment.start && node.end === segment.end && node.childIds.join() === segment.events.map(({id}) => id).join();
      return segment.isClosed && isSame && node !== undefined && isCurrent(node);
    });
  if (!isSettled) return [{kind: 'mark-session-day', date, sessionKey}];
  const activity = activityOf(
    events.map(({event}) => event),
    (time) => calendar.hourOf(time),
  );
  return [
    {kind: 'unmark-session-day', date, sessionKey},
    {kind: 'session-day-activity', date, sessionKey, activity},
  ];
}
