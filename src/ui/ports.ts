import type {LocalDate} from '../domain/toc/node-id.js';
import type {Direction, Found, Place, ScreenReading, Sought, Want} from '../domain/toc/screen-want.js';
import type {Size, StoreState} from './state/state.js';

/** What the browser reads; the store is closed again before any of these resolves. */
export interface BrowserReader {
  /** @param isReadAgain what waits in the inbox is drained first */
  read(wants: readonly Want[], isReadAgain: boolean): Promise<ScreenReading | Exclude<StoreState, {kind: 'ready' | 'reading'}>>;
  find(sought: Sought, from: Place | undefined, direction: Direction): AsyncGenerator<LocalDate, Found | FailedSearch | undefined>;
  /** Whether something came in or was rolled up since it was read last. It opens nothing. */
  hasChanged(): Promise<boolean>;
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
