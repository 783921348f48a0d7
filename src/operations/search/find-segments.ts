import type {AgentEvent} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {isSegmentNode, isSegmentPointer, type SegmentNode, type SegmentPointer} from '../../domain/toc/node.js';
import type {Store} from '../../store/port/store.js';

/** Puts beside each event the segment that has it, where one is stored. */
export async function withSegments<T extends {readonly event: AgentEvent}>(
  store: Pick<Store, 'header' | 'pointers' | 'nodes'>,
  hits: readonly T[],
): Promise<readonly (T & {readonly segment: SegmentNode | undefined})[]> {
  const calendar = new Calendar(store.header.timeZone);
  const dates = [...new Set(hits.map(({event}) => calendar.dateOf(event.time)))];
  const pointers: SegmentPointer[] = [];
  for (const date of dates)
    pointers.push(...(await store.pointers('segment', {from: date, to: addDays(date, 1)})).filter(isSegmentPointer));
  const current = pointers.filter(({status}) => status === 'current');
  const found = hits.map(({event}) => {
    const key = sessionKeyOf(event.agent, event.sessionId);
    return current.find(({sessionKey, start, end}) => sessionKey === key && start <= event.time && event.time < end);
  });
  const ids = [...new Set(found.flatMap((pointer) => pointer?.id ?? []))];
  const nodes = new Map((await store.nodes(ids)).flatMap((node) => (node && isSegmentNode(node) ? [[node.id, node] as const] : [])));
  return hits.map((hit, at) => {
    const id = found[at]?.id;
    return {...hit, segment: id && nodes.get(id)};
  });
}
