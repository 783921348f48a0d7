import type {EpochMs} from '../../domain/event/event.js';
import {addDays} from '../../domain/time/local-date.js';
import {type Calendar, weekIdOf} from '../../domain/time/period.js';
import {segmentFingerprint} from '../../domain/toc/fingerprint.js';
import type {NodePointer} from '../../domain/toc/node.js';
import {dateOf, dayId, type LocalDate, type NodeId, periodPartOf, type TocLevel, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Provisional} from '../../domain/toc/provisional.js';
import {cutSegments} from '../../domain/toc/segment.js';
import {type Dates, datesOf, holdsDate, type MarkedDay, TocSnapshot} from '../../domain/toc/toc-snapshot.js';
import type {ReadAhead, SessionDayMark, Store} from '../../store/port/store.js';
import {type Mem, wantedSummarizer} from '../mem.js';
import {readMarkedSessionDays} from '../rollup/find/read-session-days.js';

/** At most how many events one command reads to cut marked session-days again, newest days first. */
const CUT_EVENTS = 20_000;
const NODES_PER_READ = 500;

/** The session-days that a command cut again, and how many more events it may read for that. Its readings share both. */
export class CutDays {
  eventsLeft = CUT_EVENTS;
  readonly done = new Map<LocalDate, readonly MarkedDay[]>();
}

/** The wanted part of the table of contents. */
export interface WantedPart {
  readonly dates: Dates;
  /** Dates around it whose marks alone are wanted, to tell whether a longer period is stale. Default: none. */
  readonly marks?: Dates;
  /** The shown TOC levels. The function finds out what provisional summaries need in addition. */
  readonly shown: readonly TocLevel[];
}

/** Reads what is needed to show a part of the table of contents. It yields where the store may be released. */
export async function* loadSnapshot(
  mem: Pick<Mem, 'summarizer' | 'model'>,
  current: () => Store,
  calendar: Calendar,
  now: EpochMs,
  {dates, shown, marks = dates}: WantedPart,
  cutDays = new CutDays(),
): AsyncGenerator<void, TocSnapshot> {
  const {pointers, markedNodes, marks: found} = await readPeriods(current(), {dates, shown, marks});
  const markedDays = await countMarked(current(), found, dates);
  const hasNode = new Set(pointers.filter(({status}) => status === 'current').map(({id}) => id));
  const marked = [...new Set(markedDays.map(({date}) => date))].filter((date) => holdsDate(dates, date));
  const withoutNode = new Set(marked.filter((date) => !hasNode.has(dayId(date))));
  for (const id of markedNodes)
    if (tocLevelOf(id) === 'day' && !hasNode.has(id) && holdsDate(dates, dateOf(id))) withoutNode.add(dateOf(id));
  if (!shown.includes('segment')) {
    for (const date of withoutNode) pointers.push(...(await current().pointers('segment', {from: date, to: addDays(date, 1)})));
  }
  yield;
  const toCut = shown.includes('segment') ? marked : marked.filter((date) => withoutNode.has(date));
  const cut = yield* cutAgain(mem, current, calendar, now, markedDays, toCut, cutDays);
  const kept = markedDays.filter(({date, sessionKey}) => !cut.some((day) => day.date === date && day.sessionKey === sessionKey));
  return new TocSnapshot({calendar, pointers, markedNodes, markedDays: [...kept, ...cut]});
}

/** What is read first of a part: the pointers and marks of its periods, and the marked session-days, all at once. */
export async function readPeriods(
  store: Parameters<ReadAhead>[0],
  {dates, shown, marks = dates}: WantedPart,
): Promise<{readonly pointers: NodePointer[]; readonly markedNodes: readonly NodeId[]; readonly marks: readonly SessionDayMark[]}> {
  const levels = ['year', 'month', 'week', 'day'] as const;
  // A provisional summary may need any of them but weeks, which are never inputs.
  const pointed = levels.filter((tocLevel) => tocLevel !== 'week' || shown.includes(tocLevel));
  const [nodes, pointers, days, segments] = await Promise.all([
    Promise.all(levels.map((tocLevel) => store.nodeMarks(tocLevel, partsOf(tocLevel, marks)))),
    Promise.all(pointed.map((tocLevel) => store.pointers(tocLevel, partsOf(tocLevel, dates)))),
    store.sessionDayMarks(marks),
    shown.includes('segment') ? store.pointers('segment', dates) : [],
  ]);
  return {pointers: [...pointers.flat(), ...segments], markedNodes: nodes.flat().map(({id}) => id), marks: days};
}

/** The period parts `[from, to)` of the ids of a TOC level that touch the given dates. */
export function partsOf(tocLevel: Exclude<TocLevel, 'segment'>, {from, to}: Dates): {readonly from: string; readonly to: string} {
  const last = addDays(to, -1);
  switch (tocLevel) {
    case 'year':
      return {from: from.slice(0, 4), to: `${last.slice(0, 4)}~`};
    case 'month':
      return {from: from.slice(0, 7).replace('-', ':'), to: `${last.slice(0, 7).replace('-', ':')}~`};
    case 'week':
      return {from: periodPartOf(weekIdOf(from)), to: `${periodPartOf(weekIdOf(last))}~`};
    case 'day':
      return {from, to};
  }
}

/** @param dates whose numbers of events are wanted */
async function countMarked(store: Store, marks: readonly SessionDayMark[], dates: Dates): Promise<readonly MarkedDay[]> {
  if (marks.length === 0) return [];
  const counts = new Map((await store.sessionDays(dates)).map(({date, sessionKey, count}) => [`${date} ${sessionKey}`, count]));
  return marks.map(({date, sessionKey}) => ({date, sessionKey, count: counts.get(`${date} ${sessionKey}`) ?? 0}));
}

async function* cutAgain(
  mem: Pick<Mem, 'summarizer' | 'model'>,
  current: () => Store,
  calendar: Calendar,
  now: EpochMs,
  markedDays: readonly MarkedDay[],
  dates: readonly LocalDate[],
  cutDays: CutDays,
): AsyncGenerator<void, readonly MarkedDay[]> {
  const by = wantedSummarizer(mem);
  for (const date of [...dates].sort().reverse()) {
    const count = markedDays.reduce((sum, marked) => sum + (marked.date === date ? marked.count : 0), 0);
    if (cutDays.done.has(date) || count > cutDays.eventsLeft) continue;
    cutDays.eventsLeft -= count;
    const done: MarkedDay[] = [];
    for await (const group of readMarkedSessionDays(current, date)) {
      for (const {mark, events} of group ?? []) {
        const segments = cutSegments(date, calendar.boundsOf(dayId(date)), events, now);
        const cut = segments.map((segment) => ({segment, fingerprint: segmentFingerprint(segment, by)}));
        done.push({date, sessionKey: mark.sessionKey, count: events.length, cut});
      }
      yield;
    }
    cutDays.done.set(date, done);
  }
  return dates.flatMap((date) => cutDays.done.get(date) ?? []);
}

/**
 * Reads the nodes that a tree shows, `depth` TOC levels below its root, and those that provisional summaries in it are made from. Where
 * there are such summaries it prepares `provisional` for them.
 */
export async function* loadNodes(
  current: () => Store,
  snapshot: TocSnapshot,
  roots: readonly NodeId[],
  depth: number,
  provisional: Provisional,
): AsyncGenerator<void> {
  const needed = new Set<NodeId>();
  let isAllStored = true;
  const visit = (id: NodeId, below: number): void => {
    const isStored = snapshot.isStored(id);
    isAllStored &&= isStored;
    if (isStored) needed.add(id);
    else if (tocLevelOf(id) !== 'segment') for (const input of snapshot.inputsOf(id)) visit(input, 0);
    if (below > 0) for (const child of snapshot.shownBelow(id)) visit(child, below - 1);
  };
  for (const root of roots) visit(root, depth);
  if (!isAllStored) await provisional.prepare();
  const ids = [...needed].filter((id) => !snapshot.nodes.has(id));
  for (let at = 0; at < ids.length; at += NODES_PER_READ) {
    for (const node of await current().nodes(ids.slice(at, at + NODES_PER_READ))) if (node) snapshot.nodes.set(node.id, node);
    yield;
  }
}

/** A period's dates, widened to whole weeks: a month shows weeks that reach beyond its bounds. */
export function wholeWeeks(id: NodeId): Dates {
  const {from, to} = datesOf(id);
  return {from: datesOf(weekIdOf(from)).from, to: datesOf(weekIdOf(addDays(to, -1))).to};
}
