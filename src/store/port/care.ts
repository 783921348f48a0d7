import type {EpochMs, EventId} from '../../domain/event/event.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {NodeId, TocLevel} from '../../domain/toc/node-id.js';
import type {NewStoreHeader, StoreHeader} from './shapes.js';

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

export interface RemakeOptions {
  /** Takes over what can be read of the old one; else only what no journal has: jobs, what was spent, what is to be forgotten. */
  readonly salvages: boolean;
  /** Leaves the search index out: it is counted again. */
  readonly dropsIndex?: boolean;
  readonly headerOf: (old: StoreHeader | undefined) => NewStoreHeader | undefined;
  readonly at: EpochMs;
  /** After each page of values that was taken over. */
  readonly onValues?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
}
