import type {ScreenHits} from '../domain/search/query/screen-hits.js';
import type {LocalDate, TocLevel} from '../domain/toc/node-id.js';
import type {Direction, Found, Place, ScreenReading, Want} from '../domain/toc/screen-want.js';
import type {Size, StoreState} from './state/state.js';

/** What the browser reads; the store is closed again before any of these resolves. */
export interface BrowserReader {
  /** @param isReadAgain what waits in the inbox is drained first @param project the key of the one that is shown; undefined for all */
  read(
    wants: readonly Want[],
    isReadAgain: boolean,
    project: string | undefined,
  ): Promise<ScreenReading | Exclude<StoreState, {kind: 'ready' | 'reading'}>>;
  /** @yields each month that was looked through */
  findNeighbour(sought: NeighbourWanted): AsyncGenerator<LocalDate, Found | FailedSearch | undefined>;
  /** Makes ready for a search that is likely to come; where it fails, so will the search. */
  prepareSearch(): Promise<void>;
  /** Searches everything. @param signal the answer is wanted no longer: it fails, and the store is let go */
  search(text: string, project: string | undefined, signal: AbortSignal): Promise<ScreenHits | {readonly problem: string} | 'busy'>;
  /** Whether something came in or was rolled up since it was read last. It opens nothing. */
  hasChanged(): Promise<boolean>;
}

export interface NeighbourWanted {
  readonly tocLevel: TocLevel;
  readonly from: Place | undefined;
  readonly direction: Direction;
  readonly project: string | undefined;
}

/** The store could not be read on the way. */
export interface FailedSearch {
  readonly failed: string;
}

/** The terminal, in the state in which the browser needs it. */
export interface BrowserTerminal {
  readonly color: boolean;
  size(): Size;
  write(text: string): void;
  /** Asks the terminal to put a text on the clipboard. */
  copy(text: string): void;
  /** Gives the terminal back and stops the process; `redraw` is called when it goes on. */
  suspend(): void;
}
