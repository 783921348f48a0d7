import type {AgentEvent, EpochMs, EventId, SessionKey} from '../../src/domain/event/event.js';
import {makeEventId, timeOfId} from '../../src/domain/event/identity/event-id.js';
import type {ScreenHit, ScreenHits} from '../../src/domain/search/query/screen-hits.js';
import {addDays} from '../../src/domain/time/local-date.js';
import {Calendar, weekIdOf} from '../../src/domain/time/period.js';
import type {NodePointer} from '../../src/domain/toc/node.js';
import {
  dateOf,
  dayId,
  isSegmentId,
  type LocalDate,
  monthIdOf,
  type NodeId,
  namesNode,
  type PeriodId,
  type SegmentId,
  segmentId,
  tocLevelOf,
  yearIdOf,
} from '../../src/domain/toc/node-id.js';
import {
  type Answer,
  datesAt,
  type EventsOf,
  type Place,
  type Rows,
  type ScreenReading,
  type Want,
} from '../../src/domain/toc/screen-want.js';
import type {ShownNode} from '../../src/domain/toc/shown-node.js';
import {TocSnapshot} from '../../src/domain/toc/toc-snapshot.js';
import {aNode, aSegment} from '../cli/shown-node-builder.js';

export const NOW = Date.parse('2024-03-06T10:00:00Z') as EpochMs;

export interface TocModelOptions {
  /** The text of the `nth` title, bullet, keyword or event. */
  readonly text?: (nth: number) => string;
  readonly segmentsPerDay?: number;
  readonly eventsPerSegment?: number;
  readonly first?: LocalDate;
  readonly everyDays?: number;
  /** Where `today` leads when nothing was recorded on March 6 yet. */
  readonly lastDay?: LocalDate;
  /** How many superseded events of each date are counted, where the events of many dates are. */
  readonly superseded?: number;
}

/** A table of contents out of nothing, which answers a screen's wants as the operations would, up to 2024-03-06. */
export class TocModel {
  readonly calendar = new Calendar('UTC');
  readonly #options: Required<TocModelOptions>;
  readonly #snapshot: TocSnapshot;
  #nth = 0;
  /** All wants that were answered. */
  readonly wanted: Want[] = [];

  constructor(options: TocModelOptions = {}) {
    this.#options = {
      text: (nth) => `text ${nth} of the tide table`,
      segmentsPerDay: 3,
      eventsPerSegment: 4,
      first: '2023-11-22' as LocalDate,
      everyDays: 3,
      lastDay: '2024-03-06' as LocalDate,
      superseded: 0,
      ...options,
    };
    const pointers: NodePointer[] = [];
    for (let date = this.#options.first; date <= '2024-03-06'; date = addDays(date, this.#options.everyDays))
      pointers.push(this.#pointer(dayId(date)));
    this.#snapshot = new TocSnapshot({calendar: this.calendar, pointers, markedNodes: [], markedDays: []});
  }

  #pointer(id: PeriodId): NodePointer {
    return {id, version: 1, status: 'current', ...this.calendar.boundsOf(id), inputFingerprint: '', contentDigest: ''};
  }

  read(wants: readonly Want[]): ScreenReading {
    this.wanted.push(...wants);
    return {timeZone: 'UTC', now: NOW, answers: wants.map((want) => this.#answer(want))};
  }

  #text(): string {
    return this.#options.text(this.#nth++);
  }

  #answer(want: Want): Answer {
    const {kind} = want;
    switch (kind) {
      case 'path':
        if (want.to !== 'today') return {kind, ...this.path(want.to)};
        return {kind, ...this.path({parent: undefined, id: dayId(this.#options.lastDay)}), to: 'toc:day:2024-03-06' as NodeId};
      case 'rows':
        return {kind, rows: this.#rows(want.below)};
      case 'sizes': {
        // The later, the larger.
        const ids = want.below === undefined ? this.#years() : this.#rows(want.below).ids.filter(namesNode);
        return {kind, sizes: new Map(ids.map((id, at) => [id, at + 1]))};
      }
      case 'nodes':
        return {kind, nodes: want.places.map((place) => ({place, node: this.#node(place)}))};
      case 'previews':
        return {kind, previews: want.ids.map((id) => ({...this.#event(id), speaker: this.#text(), toolName: '', start: this.#text()}))};
      case 'event':
        return {kind, event: this.#event(want.id)};
      case 'sections':
        return {kind, sections: this.#sections(want.of).map((section) => ({...section, rows: section.count}))};
      case 'event-ids':
        return {kind, ids: this.#eventIds(want.of, want.date)};
      case 'source': {
        const date = this.calendar.dateOf(this.#event(want.id).time);
        const of = {kind: 'session', date, sessionKey: '0'.repeat(16) as SessionKey} as const;
        const ids = this.#eventIds(of, date);
        return {kind, source: {of, ids, at: Math.max(0, ids.indexOf(want.id))}};
      }
      case 'versions':
        return {kind, versions: []};
      case 'event-place': {
        const date = this.calendar.dateOf(timeOfId(want.id));
        const segment = {parent: dayId(date), id: segmentId(date, `${want.id.slice(0, 10)}${'0'.repeat(16)}` as EventId)};
        const {rows} = this.path(segment);
        return {kind, found: {kind: 'segment', rows, segment}};
      }
      case 'projects':
        return {
          kind,
          projects: ['acme/api', 'acme/web', this.#text()].map((project, at) => ({project, events: 30 - 10 * at})),
          events: 99,
        };
    }
  }

  /** What is found: an event of each of three days; nothing for `nowhere`. */
  hits(query: string): ScreenHits {
    if (query === 'nowhere') return {hits: [], hasMore: false, notes: ['"nowhere" occurs nowhere', 'nothing was found']};
    const dates = this.#snapshot.datesIn({from: '0000-01-01' as LocalDate, to: '9999-12-31' as LocalDate}).slice(-3);
    const hits = dates.map((date, at): ScreenHit => {
      const segment = this.#segment(date, at);
      const id = this.#eventsOf(segment)[1] as EventId;
      const text = this.#text();
      return {
        id,
        time: timeOfId(id),
        who: this.#text(),
        where: this.#text(),
        segment: {id: segment as SegmentId, title: this.#text()},
        lines: [{text, marks: [{start: Math.min(2, text.length), end: Math.min(6, text.length)}]}],
      };
    });
    return {hits, hasMore: false, notes: []};
  }

  path({parent, id: to}: Place): {to: NodeId; rows: readonly Rows[]; place: Place | undefined} {
    const date =
      tocLevelOf(to) === 'week' && parent !== undefined
        ? datesAt({parent, id: to}).from
        : this.calendar.dateOf(this.calendar.boundsOf(to).start);
    const way = [yearIdOf(date), monthIdOf(date), weekIdOf(date), dayId(date), to].slice(
      0,
      ['year', 'month', 'week', 'day', 'segment'].indexOf(tocLevelOf(to)) + 1,
    );
    const rows: Rows[] = [{below: undefined, ids: this.#years()}];
    let place: Place | undefined;
    for (const id of way) {
      if (!rows.at(-1)?.ids.includes(id)) break;
      place = {parent: place?.id, id};
      rows.push(this.#rows(place));
    }
    return {to, rows, place};
  }

  #years(): readonly NodeId[] {
    return [...new Set(this.#snapshot.datesIn({from: '0000-01-01' as LocalDate, to: '9999-12-31' as LocalDate}).map(yearIdOf))];
  }

  #rows(below: Place): Rows {
    const tocLevel = tocLevelOf(below.id);
    if (tocLevel === 'day')
      return {below, ids: Array.from({length: this.#options.segmentsPerDay}, (_, at) => this.#segment(dateOf(below.id), at))};
    if (tocLevel === 'segment') return {below, ids: this.#eventsOf(below.id)};
    return {below, ids: this.#snapshot.shownBelow(below.id, datesAt(below))};
  }

  #segment(date: LocalDate, at: number): NodeId {
    const time = (Date.parse(`${date}T06:00:00Z`) + at * 100_000) as EpochMs;
    return segmentId(date, makeEventId(time, '0'.repeat(16)));
  }

  #eventsOf(segment: NodeId): readonly EventId[] {
    const bits = (at: number) => String(at).padStart(16, '0');
    const first = segment.slice(-26, -16);
    return Array.from({length: this.#options.eventsPerSegment}, (_, at) => `${first}${bits(at)}` as EventId);
  }

  #node(place: Place): ShownNode {
    const ids = this.#eventsOf(this.#segment('2024-03-06' as LocalDate, 0));
    const parts = {
      bullets: [this.#text(), this.#text()],
      title: this.#text(),
      keywords: [this.#text()],
      provisional: true,
      stale: true,
    };
    const facts = {sessionKey: 'k' as SessionKey, sessionId: 's', eventCount: ids.length, tokenCount: 1, agents: [], projects: []};
    const node = isSegmentId(place.id) ? aSegment(place.id, facts, parts) : aNode(place.id, parts);
    return {...node, bullets: node.bullets.map((bullet) => ({...bullet, eventIds: ids}))};
  }

  #event(id: EventId): AgentEvent {
    return {
      id,
      time: NOW,
      seq: 0,
      type: 'user_message',
      role: 'user',
      sessionId: this.#text(),
      agent: this.#text(),
      project: this.#text(),
      source: this.#text(),
      sourceEventId: '',
      text: `${this.#text()}\n${this.#text()}`,
      textBytes: 0,
      metadata: {speaker: this.#text()},
    };
  }

  #sections(of: EventsOf): readonly {date: LocalDate; count: number}[] {
    const dates = of.kind === 'dates' ? this.#snapshot.datesIn(of.dates) : of.kind === 'session' ? [of.date] : [dateOf(of.id)];
    const superseded = of.kind === 'dates' ? this.#options.superseded : 0;
    return dates.map((date) => ({date, count: this.#eventIds(of, date).length + superseded}));
  }

  #eventIds(of: EventsOf, date: LocalDate): readonly EventId[] {
    if (of.kind === 'segment') return this.#eventsOf(of.id);
    return Array.from({length: this.#options.segmentsPerDay}, (_, at) => this.#eventsOf(this.#segment(date, at))).flat();
  }
}
