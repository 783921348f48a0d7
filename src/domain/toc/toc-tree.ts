import type {EpochMs, EventId} from '../event/event.js';
import type {Period} from '../time/period.js';
import {segmentFacts, summarizerName} from './make-node.js';
import {isSegmentNode, type PeriodNode, type SegmentNode, type TocNode} from './node.js';
import {contentFromChildren, NOTHING, type NodeContent} from './node-content.js';
import {dateOf, isSegmentId, type NodeId, type PeriodId, type SegmentId, tocLevelOf} from './node-id.js';
import type {Made, Provisional} from './provisional.js';
import {isIn, type ShownNode, type ShownPeriod, type ShownSegment, type ShownVersion, storedPeriod, storedSegment} from './shown-node.js';
import type {ChildSummary} from './summary.js';
import {type CutSegment, type Dates, datesOf, holdsDate, overlapOf, type TocSnapshot} from './toc-snapshot.js';

/** Builds the shown tree from what was read. */
export class TocTree {
  readonly #snapshot: TocSnapshot;
  readonly #provisional: Provisional;
  readonly #now: EpochMs;
  /** The time of an event, by its id. */
  readonly #timeOf: (id: EventId) => EpochMs;
  readonly #cut = new Map<SegmentId, CutSegment>();

  constructor(snapshot: TocSnapshot, provisional: Provisional, now: EpochMs, timeOf: (id: EventId) => EpochMs) {
    this.#snapshot = snapshot;
    this.#provisional = provisional;
    this.#now = now;
    this.#timeOf = timeOf;
    for (const {cut} of snapshot.markedDays) for (const segment of cut ?? []) this.#cut.set(segment.segment.id, segment);
  }

  /**
   * The node and what is below it, `depth` TOC levels down; undefined when nothing was recorded in it.
   * @param month the month's dates, for a week that is shown below a month
   */
  show(id: NodeId, depth: number, month?: Dates): ShownNode | undefined {
    return isSegmentId(id) ? this.#showSegment(id) : this.#showPeriod(id, depth, month);
  }

  #showPeriod(id: PeriodId, depth: number, month: Dates | undefined): ShownPeriod | undefined {
    const allDates = datesOf(id);
    const within = month && overlapOf(allDates, month);
    const dates = within ?? allDates;
    const isClipped = dates.from !== allDates.from || dates.to !== allDates.to;
    const children = depth > 0 ? this.#below(id, depth - 1, dates) : undefined;
    const shown = this.#snapshot.isStored(id)
      ? this.#showStored(id, isClipped ? dates : undefined)
      : this.#showProvisional(id, dates, isClipped);
    if (shown === undefined) return undefined;
    return {...shown, children};
  }

  #below(id: PeriodId, depth: number, dates: Dates): readonly ShownNode[] {
    const isMonth = tocLevelOf(id) === 'month';
    const ids = this.#snapshot.shownBelow(id, dates);
    // Newest first: the budget is spent on what is nearest to the reader.
    const shown = [...ids].reverse().map((below) => this.show(below, depth, isMonth ? dates : undefined));
    return shown.filter((node) => node !== undefined).reverse();
  }

  #node(id: NodeId): TocNode {
    const node = this.#snapshot.nodes.get(id);
    if (node === undefined) throw new Error(`${id} was not read`);
    return node;
  }

  #periodNode(id: PeriodId): PeriodNode {
    const node = this.#node(id);
    if (isSegmentNode(node)) throw new Error(`${id} is no period`);
    return node;
  }

  #segmentNode(id: SegmentId): SegmentNode {
    const node = this.#node(id);
    if (!isSegmentNode(node)) throw new Error(`${id} is no segment`);
    return node;
  }

  #bounds({from, to}: Dates): Period {
    const {calendar} = this.#snapshot;
    return {start: calendar.dayStart(from), end: calendar.dayStart(to)};
  }

  #showStored(id: PeriodId, clippedTo: Dates | undefined): ShownPeriod {
    const node = this.#periodNode(id);
    const stored = storedPeriod(node, this.#snapshot.calendar, this.#isStale(id), this.#now);
    if (clippedTo === undefined) return stored;
    const bounds = this.#bounds(clippedTo);
    const isInside = (eventId: EventId): boolean => isIn(bounds, this.#timeOf(eventId));
    return {
      ...stored,
      ...bounds,
      title: stored.label,
      bullets: node.bullets.filter(({eventIds}) => eventIds.every(isInside)),
      facts: node.facts.filter(({eventIds}) => eventIds.every(isInside)),
      // How much of each lies inside is not known.
      workstreams: [],
      childIds: node.childIds.filter((day) => holdsDate(clippedTo, dateOf(day))),
      open: isIn(bounds, this.#now),
      clipped: true,
    };
  }

  /** Whether the period, or anything below it, has a mark. */
  #isStale(id: PeriodId): boolean {
    const {markedNodes, markedDays} = this.#snapshot;
    const dates = datesOf(id);
    if (markedNodes.has(id) || markedDays.some(({date}) => holdsDate(dates, date))) return true;
    for (const marked of markedNodes) {
      const isBelow = tocLevelOf(marked) === 'day' || (tocLevelOf(id) === 'year' && tocLevelOf(marked) === 'month');
      if (isBelow && holdsDate(dates, datesOf(marked).from)) return true;
    }
    return false;
  }

  #showProvisional(id: PeriodId, dates: Dates, isClipped: boolean): ShownPeriod | undefined {
    const {content, waiting, isRecorded} = this.#provisionalPeriod(id, dates);
    if (!isRecorded) return undefined;
    const label = this.#snapshot.calendar.labelOf(id, this.#now);
    return {
      id,
      tocLevel: tocLevelOf(id),
      childIds: this.#snapshot.inputsOf(id, dates),
      ...this.#unstored(label, this.#bounds(dates), content),
      title: isClipped || content.title === '' ? label : content.title,
      clipped: isClipped,
      waitingEvents: waiting,
      children: undefined,
    };
  }

  /** The summary of a period without a node, from what is below it. */
  #provisionalPeriod(id: PeriodId, dates: Dates): Made {
    return this.#provisional.period(`${id} ${dates.from} ${dates.to}`, () => this.#makePeriod(id, dates));
  }

  #makePeriod(id: PeriodId, dates: Dates): Made {
    const tocLevel = tocLevelOf(id);
    let waiting = tocLevel === 'day' ? this.#unreadEvents(dates) : 0;
    let isRecorded = waiting > 0;
    const children: ChildSummary[] = [];
    for (const child of [...this.#snapshot.inputsOf(id, dates)].reverse()) {
      const made = this.#contentOf(child);
      waiting += made.waiting;
      isRecorded ||= made.isRecorded;
      if (made.content.bullets.length > 0) children.push({label: this.#snapshot.calendar.labelOf(child, made.start), ...made.content});
    }
    children.reverse();
    const {summarizer} = this.#provisional;
    const content =
      children.length === 0 ? NOTHING : contentFromChildren(summarizer.summarizeChildren(tocLevel, children), tocLevel, children);
    return {content, waiting, isRecorded};
  }

  #contentOf(id: NodeId): Made & {start: EpochMs} {
    if (isSegmentId(id)) return this.#segmentContent(id);
    if (this.#snapshot.isStored(id)) return {content: this.#node(id), waiting: 0, isRecorded: true, start: this.#node(id).start};
    return {...this.#provisionalPeriod(id, datesOf(id)), start: this.#snapshot.calendar.boundsOf(id).start};
  }

  #segmentContent(id: SegmentId): Made & {start: EpochMs} {
    if (this.#snapshot.isStored(id)) return {content: this.#node(id), waiting: 0, isRecorded: true, start: this.#node(id).start};
    const segment = this.#cut.get(id)?.segment;
    if (segment === undefined) return {content: NOTHING, waiting: 0, isRecorded: false, start: this.#now};
    return {...this.#provisional.segment(segment), start: segment.start};
  }

  #showSegment(id: SegmentId): ShownSegment | undefined {
    const cut = this.#cut.get(id);
    if (this.#snapshot.isStored(id)) {
      const node = this.#segmentNode(id);
      return storedSegment(node, this.#snapshot.calendar, this.#isSegmentStale(node, cut), this.#now);
    }
    if (cut === undefined) return undefined;
    const {segment} = cut;
    const {content, waiting} = this.#segmentContent(id);
    return {
      id,
      tocLevel: 'segment',
      childIds: segment.events.map((event) => event.id),
      ...this.#unstored(this.#snapshot.calendar.labelOf(id, segment.start), segment, content),
      segment: segmentFacts(segment),
      replacedBy: [],
      replaces: [],
      waitingEvents: waiting,
      children: undefined,
    };
  }

  /** Its session-day is marked and, when it is cut again, gives the segment another fingerprint or no longer contains it. */
  #isSegmentStale(node: SegmentNode, cut: CutSegment | undefined): boolean {
    if (cut !== undefined) return cut.fingerprint !== node.inputFingerprint;
    const key = node.segment.sessionKey;
    return this.#snapshot.markedDays.some(({date, sessionKey}) => date === dateOf(node.id) && sessionKey === key);
  }

  #unreadEvents(dates: Dates): number {
    const unread = this.#snapshot.markedDays.filter(({date, cut}) => cut === undefined && holdsDate(dates, date));
    return unread.reduce((sum, marked) => sum + this.#provisional.leave(marked), 0);
  }

  #unstored(label: string, {start, end}: Period, content: NodeContent): ShownVersion {
    return {
      label,
      title: content.title,
      start,
      end,
      bullets: content.bullets,
      keywords: content.keywords,
      facts: content.facts,
      workstreams: content.workstreams,
      version: 0,
      status: 'current',
      createdAt: undefined,
      summarizer: summarizerName(this.#provisional.summarizer),
      fallback: undefined,
      inputFingerprint: '',
      provisional: true,
      stale: false,
      clipped: false,
      open: isIn({start, end}, this.#now),
      waitingEvents: 0,
    };
  }
}
