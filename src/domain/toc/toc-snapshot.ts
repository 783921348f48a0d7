import type {EpochMs, SessionKey} from '../event/event.js';
import {type Calendar, endDateOf, firstDateOf, periodIdOf, weekIdOf} from '../time/period.js';
import {isSegmentPointer, type NodePointer, type SegmentPointer, type TocNode} from './node.js';
import {dateOf, dayId, type LocalDate, monthIdOf, type NodeId, type SegmentId, type TocLevel, tocLevelOf} from './node-id.js';
import type {Segment} from './segment.js';
import type {SegmentEvent} from './segment-event.js';

/** Dates from `from` up to `to`, without `to`. */
export interface Dates {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export function datesOf(id: NodeId): Dates {
  return {from: firstDateOf(id), to: endDateOf(id)};
}

export function holdsDate({from, to}: Dates, date: LocalDate): boolean {
  return from <= date && date < to;
}

export function overlapOf(a: Dates, b: Dates): Dates {
  return {from: laterOf(a.from, b.from), to: earlierOf(a.to, b.to)};
}

export function laterOf(a: LocalDate, b: LocalDate): LocalDate {
  return [a, b].sort()[1] ?? a;
}

export function earlierOf(a: LocalDate, b: LocalDate): LocalDate {
  return [a, b].sort()[0] ?? a;
}

export interface CutSegment {
  readonly segment: Segment<SegmentEvent>;
  readonly fingerprint: string;
}

/** A marked session-day. It was read and cut again, or it was not needed, or it was too large for one command. */
export interface MarkedDay {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly count: number;
  readonly cut?: readonly CutSegment[];
}

/** The part of the store that was read to show a part of the table of contents. */
export interface SnapshotParts {
  readonly calendar: Calendar;
  /** The latest versions, with retracted ones. Segments only for the dates that need them. */
  readonly pointers: readonly NodePointer[];
  readonly markedNodes: readonly NodeId[];
  readonly markedDays: readonly MarkedDay[];
}

export class TocSnapshot {
  readonly calendar: Calendar;
  readonly pointers: ReadonlyMap<NodeId, NodePointer>;
  readonly markedNodes: ReadonlySet<NodeId>;
  readonly markedDays: readonly MarkedDay[];
  /** The full nodes that are shown or summarized. They are read when it is known which ones are needed. */
  readonly nodes = new Map<NodeId, TocNode>();
  readonly #dates: readonly LocalDate[];
  readonly #segments = new Map<LocalDate, SegmentPointer[]>();
  readonly #markedOn = new Map<LocalDate, MarkedDay[]>();

  constructor({calendar, pointers, markedNodes, markedDays}: SnapshotParts) {
    this.calendar = calendar;
    this.pointers = new Map(pointers.map((pointer) => [pointer.id, pointer]));
    this.markedNodes = new Set(markedNodes);
    this.markedDays = markedDays;
    const dates = new Set<LocalDate>();
    for (const id of markedNodes) if (tocLevelOf(id) === 'day') dates.add(dateOf(id));
    for (const pointer of pointers) {
      const tocLevel = tocLevelOf(pointer.id);
      if (pointer.status !== 'current' || (tocLevel !== 'day' && tocLevel !== 'segment')) continue;
      dates.add(dateOf(pointer.id));
      if (isSegmentPointer(pointer)) addTo(this.#segments, dateOf(pointer.id), pointer);
    }
    for (const marked of markedDays) {
      dates.add(marked.date);
      addTo(this.#markedOn, marked.date, marked);
    }
    this.#dates = [...dates].sort();
  }

  /** Whether the latest version of a node is not retracted. */
  isStored(id: NodeId): boolean {
    return this.pointers.get(id)?.status === 'current';
  }

  /** The dates with records: those with a day's node, a segment, or a mark. In order. */
  datesIn(within: Dates): readonly LocalDate[] {
    return this.#dates.filter((date) => holdsDate(within, date));
  }

  markedOn(date: LocalDate): readonly MarkedDay[] {
    return this.#markedOn.get(date) ?? [];
  }

  /**
   * The periods below one in the shown tree: a year's months, a month's weeks, a week's days.
   * @param within the dates that count, if only a part of a week is shown
   */
  shownBelow(id: NodeId, within: Dates = datesOf(id)): readonly NodeId[] {
    const dates = this.datesIn(within);
    switch (tocLevelOf(id)) {
      case 'year':
        return [...new Set(dates.map(monthIdOf))];
      case 'month':
        return [...new Set(dates.map(weekIdOf))];
      case 'week':
        return dates.map(dayId);
      case 'day':
        return this.#segmentsOn(dateOf(id));
      case 'segment':
        return [];
    }
  }

  /** All nodes of a TOC level with records, stored or not. */
  recorded(tocLevel: TocLevel): readonly NodeId[] {
    if (tocLevel === 'segment') return this.#dates.flatMap((date) => this.#segmentsOn(date));
    return [...new Set(this.#dates.map((date) => periodIdOf(tocLevel, date)))];
  }

  /** When a node starts. It decides the order of a list. */
  startOf(id: NodeId): EpochMs {
    const pointer = this.pointers.get(id);
    if (pointer) return pointer.start;
    if (tocLevelOf(id) !== 'segment') return this.calendar.boundsOf(id).start;
    const cut = this.markedOn(dateOf(id)).flatMap((marked) => marked.cut ?? []);
    return cut.find(({segment}) => segment.id === id)?.segment.start ?? this.calendar.dayStart(dateOf(id));
  }

  /** The inputs of a period's summary. For a month they differ from what is shown below it: its days, not its weeks. */
  inputsOf(id: NodeId, within: Dates = datesOf(id)): readonly NodeId[] {
    return tocLevelOf(id) === 'month' ? this.datesIn(within).map(dayId) : this.shownBelow(id, within);
  }

  /** Segments in time order: of marked session-days as they were cut again, of the others as stored. */
  #segmentsOn(date: LocalDate): readonly SegmentId[] {
    const cut = this.markedOn(date).filter((marked) => marked.cut !== undefined);
    const isCutAgain = new Set(cut.map(({sessionKey}) => sessionKey));
    const starts = new Map<SegmentId, number>();
    for (const {id, start, sessionKey} of this.#segments.get(date) ?? []) {
      if (!isCutAgain.has(sessionKey)) starts.set(id, start);
    }
    for (const {cut: segments} of cut) for (const {segment} of segments ?? []) starts.set(segment.id, segment.start);
    return [...starts].sort(([a, startA], [b, startB]) => startA - startB || (a < b ? -1 : 1)).map(([id]) => id);
  }
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
