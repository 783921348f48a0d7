import type {AgentEvent, EpochMs, SessionKey} from '../../domain/event/event.js';
import {sessionKeyOf} from '../../domain/event/identity/event-id.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {isSegmentNode, isSegmentPointer, type SegmentNode, type SegmentPointer} from '../../domain/toc/node.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import type {Store} from '../../store/port/store.js';

interface Place {
  readonly sessionKey: SessionKey;
  readonly time: EpochMs;
}

/** Says in which segment something lies, where one is stored. @param dates of all that will be asked for */
export async function findSegments(
  store: Pick<Store, 'pointers'>,
  dates: Iterable<LocalDate>,
): Promise<(place: Place) => SegmentPointer | undefined> {
  const bySession = new Map<SessionKey, SegmentPointer[]>();
  // At once: where the store is behind a network, it is one round trip.
  const found = await Promise.all([...new Set(dates)].map((date) => store.pointers('segment', {from: date, to: addDays(date, 1)})));
  for (const pointer of found.flat().filter(isSegmentPointer)) {
    if (pointer.status !== 'current') continue;
    const known = bySession.get(pointer.sessionKey);
    if (known) known.push(pointer);
    else bySession.set(pointer.sessionKey, [pointer]);
  }
  return ({sessionKey, time}) => bySession.get(sessionKey)?.find(({start, end}) => start <= time && time < end);
}

/** Puts beside each event the segment that has it, where one is stored. */
export async function withSegments<T extends {readonly event: AgentEvent}>(
  store: Pick<Store, 'header' | 'pointers' | 'nodes'>,
  hits: readonly T[],
): Promise<readonly (T & {readonly segment: SegmentNode | undefined})[]> {
  const calendar = new Calendar(store.header.timeZone);
  const segmentOf = await findSegments(
    store,
    hits.map(({event}) => calendar.dateOf(event.time)),
  );
  const found = hits.map(({event}) => segmentOf({sessionKey: sessionKeyOf(event.agent, event.sessionId), time: event.time}));
  const ids = [...new Set(found.flatMap((pointer) => pointer?.id ?? []))];
  const nodes = new Map((await store.nodes(ids)).flatMap((node) => (node && isSegmentNode(node) ? [[node.id, node] as const] : [])));
  return hits.map((hit, at) => {
    const id = found[at]?.id;
    return {...hit, segment: id && nodes.get(id)};
  });
}
