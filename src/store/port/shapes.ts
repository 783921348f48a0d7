import type {Activity} from '../../domain/event/activity.js';
import type {EpochMs, SessionKey} from '../../domain/event/event.js';
import type {EventHead} from '../../domain/event/event-record.js';
import type {LocalDate, PeriodId} from '../../domain/toc/node-id.js';

/** Said once when the store is made, and kept. */
export interface StoreHeader {
  readonly storeId: string;
  readonly formatVersion: number;
  /** It may hold events under ids that an older mem gave them: what is drained is looked up under those, too. */
  readonly holdsFormerIds: boolean;
  readonly timeZone: string;
  /** The version of the cutting rules that its segments were made with. */
  readonly rulesVersion: number;
  readonly createdAt: EpochMs;
  /** What `mem status` should say of the store, e.g. that its writer's time zone was none; empty when there is nothing. */
  readonly alarm: string;
}

/** What is decided where a store is made. */
export type NewStoreHeader = Omit<StoreHeader, 'storeId' | 'formatVersion' | 'holdsFormerIds'>;

export interface StoreCounters {
  readonly events: number;
  /** Deliveries that were dropped because their event was here already. */
  readonly duplicates: number;
  /** When the last event that is stored came in; 0 for never. */
  readonly lastIngestAt: EpochMs;
}

/** The events of one session in one day of the store's zone. */
export interface SessionDay {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly agent: string;
  readonly sessionId: string;
  readonly first: EpochMs;
  readonly last: EpochMs;
  /** All that were stored, with what is superseded. */
  readonly count: number;
  /** Only where nothing has come since a rollup read it whole. */
  readonly activity?: Activity;
}

export interface SessionDayMark {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  /** Equal or not, and nothing else. It never comes twice for a mark, not even after a mark was removed or a commit was lost. */
  readonly token: string;
}

/** Only of a period: a segment is looked at again by the mark of its session-day. */
export interface NodeMark {
  readonly id: PeriodId;
  /** As that of `SessionDayMark`. */
  readonly token: string;
}

/** What an import remembers of a thing by its name, e.g. how far a file was read. To lose it costs time, never events. */
export interface ImportNote {
  /** An agent, for its files; else what kind of thing it is. */
  readonly topic: string;
  readonly name: string;
  /** JSON, small. */
  readonly value: unknown;
}

/** A row of the search index. @property key ASCII without `~`, short */
export interface SearchRow {
  readonly key: string;
  readonly row: Buffer;
}

/** An event as it lies in the store: its head, and its bytes for `decodeEvent`. */
export interface StoredEvent {
  readonly head: EventHead;
  readonly record: Buffer;
}

/** Half-open, by local date; an undefined side is open. */
export interface DateRange {
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
}

export interface EventPage {
  /** In the one order of events. */
  readonly events: readonly StoredEvent[];
  /** Where the next page starts; undefined when this was the last. */
  readonly next: EpochMs | undefined;
}
