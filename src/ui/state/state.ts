import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import type {ScreenHits} from '../../domain/search/query/screen-hits.js';
import type {TocNode} from '../../domain/toc/node.js';
import type {LocalDate, NodeId, TocLevel} from '../../domain/toc/node-id.js';
import type {Direction, EventPreview, EventsOf, Place, ProjectCount, Section, Sizes} from '../../domain/toc/screen-want.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {type Position, TOP} from '../docs/scroll.js';
import type {Children, Loaded, PlaceKey, TreeRow} from './tree.js';

/** In columns and rows of the terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the store had to say when it was asked last. */
export type StoreState =
  | {readonly kind: 'reading'}
  | {readonly kind: 'ready'}
  | {readonly kind: 'busy'}
  /** Nothing was ever taken in. */
  | {readonly kind: 'empty'}
  | {readonly kind: 'failed'; readonly message: string};

/** The tree; always `rows` of `open` and `children`, with the cursor on one of them that is on the screen. */
export interface TreeState {
  readonly children: Children;
  readonly open: ReadonlySet<PlaceKey>;
  readonly rows: readonly TreeRow[];
  readonly cursor: number;
  readonly top: number;
}

/** The events of a node or a session, one row each. */
export interface EventsState {
  readonly of: EventsOf;
  readonly heading: string;
  /** Undefined until they are read. */
  readonly sections: readonly Section[] | undefined;
  readonly generation: number;
  readonly ids: ReadonlyMap<LocalDate, readonly EventId[]>;
  /** Among all of them, from 0. */
  readonly cursor: number;
  readonly top: number;
  /** What to come back to. */
  readonly back: Pick<BrowserState, 'focus' | 'reader'>;
}

/** The pane at the right: the chosen node or event, or a node's versions. */
export interface ReaderState {
  readonly mode: 'chosen' | 'versions';
  readonly top: Position;
  /** The block that the cursor stands on, where there are choices. */
  readonly cursor: number;
}

export const READER_TOP: ReaderState = {mode: 'chosen', top: TOP, cursor: 0};

/** The next period of the same length, or the next segment, which is looked for. */
export interface NeighbourState {
  readonly tocLevel: TocLevel;
  readonly from: Place | undefined;
  readonly direction: Direction;
  /** Counts them, so that what a former one finds is dropped. */
  readonly serial: number;
  readonly isRunning: boolean;
  /** The month that was looked through last. */
  readonly month: LocalDate | undefined;
}

/** Where the reader was. */
export type Spot = Pick<BrowserState, 'tree' | 'events' | 'focus' | 'reader'>;

/** The search through everything. When its list is left its hits stay: `n` and `N` go from one to the next. */
export interface SearchState {
  /** What is looked for, or was last. */
  readonly query: string;
  /** Counts queries, so that what a former one finds is dropped. */
  readonly serial: number;
  readonly isRunning: boolean;
  /** The last answer; it stays until the next one comes. */
  readonly found: (ScreenHits & {readonly query: string}) | undefined;
  /** Why the query cannot be answered; empty when it can. */
  readonly problem: string;
  /** Among the hits, from 0. */
  readonly cursor: number;
  readonly top: Position;
  /** Enter came before the answer: the first hit is gone to once it is there. */
  readonly isGoing: boolean;
  /** What to come back to; undefined where nobody was led away. */
  readonly back: Spot | undefined;
}

export const NO_SEARCH: SearchState = {
  query: '',
  serial: 0,
  isRunning: false,
  found: undefined,
  problem: '',
  cursor: 0,
  top: TOP,
  isGoing: false,
  back: undefined,
};

/** The projects to choose from. */
export interface ProjectsState {
  /** Undefined until they are read. */
  readonly known: Loaded<{readonly projects: readonly ProjectCount[]; readonly events: number}> | undefined;
  /** Among those that are listed, from 0; 0 stands for all. */
  readonly cursor: number;
  readonly top: Position;
}

export type Prompt =
  | {readonly kind: 'search' | 'project' | 'date'; readonly text: string}
  /** Waits for the key that says what to copy. */
  | {readonly kind: 'copy'};

/** What a step asks for beyond the screen. */
export type Effect =
  | {readonly kind: 'copy'; readonly what: string; readonly text: string}
  | {readonly kind: 'redraw'}
  | {readonly kind: 'suspend'}
  | {readonly kind: 'quit'};

/** All that the browser knows. The reducer makes the next one of it; what is drawn follows from it alone. */
export interface BrowserState {
  readonly size: Size;
  readonly store: StoreState;
  /** Undefined until the store was read. */
  readonly clock: {readonly timeZone: string; readonly now: EpochMs} | undefined;
  /** Counts how often everything was asked for again. */
  readonly generation: number;
  readonly tree: TreeState;
  /** Of what stands below a place, by its key. */
  readonly sizes: ReadonlyMap<PlaceKey, Loaded<Sizes>>;
  readonly nodes: ReadonlyMap<PlaceKey, Loaded<ShownNode | undefined>>;
  /** Undefined for an event that is not there. */
  readonly previews: ReadonlyMap<EventId, EventPreview | undefined>;
  /** The event that was read last, whole. */
  readonly event: {readonly id: EventId; readonly event: AgentEvent | undefined} | undefined;
  readonly versions: {readonly id: NodeId; readonly loaded: Loaded<readonly TocNode[]>} | undefined;
  /** Where the cursor shall go once the way there is read. */
  readonly goal: Place | 'today' | undefined;
  /** The event whose source view shall open. */
  readonly source: EventId | undefined;
  /** The hit to which the cursor shall go in the tree. */
  readonly hit: EventId | undefined;
  /** The list that stands in the tree's place; undefined: the tree. */
  readonly events: EventsState | undefined;
  readonly focus: 'list' | 'reader';
  readonly reader: ReaderState;
  /** The help, scrolled to a line; undefined when it is not open. */
  readonly help: Position | undefined;
  readonly prompt: Prompt | undefined;
  readonly search: SearchState;
  readonly neighbour: NeighbourState | undefined;
  /** The key of the one project that is shown; undefined for all. */
  readonly project: string | undefined;
  readonly projects: ProjectsState;
  /** Said at the bottom until the next key. */
  readonly notice: string;
  readonly effect: Effect | undefined;
}

export function initialState(size: Size): BrowserState {
  return {
    size,
    store: {kind: 'reading'},
    clock: undefined,
    generation: 0,
    tree: {children: new Map(), open: new Set(), rows: [], cursor: 0, top: 0},
    sizes: new Map(),
    nodes: new Map(),
    previews: new Map(),
    event: undefined,
    versions: undefined,
    goal: 'today',
    source: undefined,
    hit: undefined,
    events: undefined,
    focus: 'list',
    reader: READER_TOP,
    help: undefined,
    prompt: undefined,
    search: NO_SEARCH,
    neighbour: undefined,
    project: undefined,
    projects: {known: undefined, cursor: 0, top: TOP},
    notice: '',
    effect: undefined,
  };
}
