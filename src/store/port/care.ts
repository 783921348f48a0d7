import type {EventId} from '../../domain/event/event.js';
import type {JournalKind} from '../../domain/journal/journal-end.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {NodeId, TocLevel} from '../../domain/toc/node-id.js';
import type {KnownEnd} from './journal.js';
import type {Store} from './store.js';

/** What a part of a store was found to be. */
export interface PartOfCheck {
  /** How many were looked at. */
  readonly looked: number;
  /** What is wrong, each in words of its own. */
  readonly faults: readonly string[];
}

/** A node as the store has it: all versions that are kept, oldest first, and where its pointer points. */
export interface NodeHistory {
  readonly id: NodeId;
  readonly versions: readonly TocNode[];
  readonly pointer: NodePointer | undefined;
}

/** What a check sees of an open store and no other work does. */
export interface StoreCare {
  /**
   * Looks at a page of everything that is stored, in its own order: at checksums, shapes, and that each value is what its key says.
   * @param from where the page before it ended; undefined for the first
   */
  lookAtValues(from: string | undefined): Promise<PartOfCheck & {readonly next: string | undefined}>;
  /** A page of the nodes of a TOC level, in the order of ids, with those that have versions or a pointer only. @param after the last one of the page before */
  nodeHistories(
    tocLevel: TocLevel,
    after: NodeId | undefined,
  ): Promise<{readonly histories: readonly NodeHistory[]; readonly next: NodeId | undefined}>;
  /** Which of these events were forgotten. */
  forgotten(ids: readonly EventId[]): Promise<ReadonlySet<EventId>>;
  /** A version of a node as its line in the journal. */
  lineOfNode(node: TocNode): string;
  /** Undefined for a line that tells of none. */
  nodeOfLine(line: string): TocNode | undefined;
}

/** What of an old store is in the new one, and what is not. */
export interface SalvageReport {
  /** Where the old store is. */
  readonly from: string;
  /** What is wrong with its files. */
  readonly damage: readonly string[];
  readonly events: number;
  /** How many the old one said that it has; undefined where that could not be read. */
  readonly eventsSaid: number | undefined;
  /** Values that are damaged wherever they were found, by what they are. */
  readonly lost: Readonly<Partial<Record<LostKind, number>>>;
}

export type LostKind = 'events' | 'nodes' | 'spending' | 'others';

/** A store that is made beside the present one, which nobody can open meanwhile. A kill leaves the present one, or the new one. */
export interface Remake {
  /** Undefined where there was no old one. */
  readonly salvage: SalvageReport | undefined;
  /** What of the old one's values is in the new one may be older than what was lost. */
  readonly isPatched: boolean;
  /** The new one. */
  readonly store: Store & {readonly care: StoreCare};
  /**
   * Takes lines of the journal over: events as a drain does, versions of nodes as they are, for which pointers follow with
   * `pointToNewest`. What is there stays as it is.
   * @returns how many were new
   */
  addLines(kind: JournalKind, lines: readonly string[]): Promise<number>;
  /** Points a node to its newest version, or nowhere where it has none. */
  pointToNewest(histories: readonly NodeHistory[]): Promise<void>;
  /**
   * Puts it in the place of the present one, synced.
   * @param ends how far the journal is in it; undefined where there is no journal yet
   * @returns where the present one is now; undefined where there was none
   */
  finish(ends: readonly KnownEnd[] | undefined): Promise<{readonly keptAt: string | undefined}>;
  /** Leaves the present one as it is. Does nothing after `finish`. */
  abandon(): Promise<void>;
}
