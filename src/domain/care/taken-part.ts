import type {EventId, SessionKey} from '../event/event.js';
import type {LocalDate} from '../toc/node-id.js';

/**
 * What a forgetting or a retention changed of one date in a store that several homes write to: the journals of the others still have it.
 * It holds none of the words.
 */
export interface TakenPart {
  readonly date: LocalDate;
  /** Whose segments of the date went, where nodes did. */
  readonly sessionKeys: readonly SessionKey[];
  /** Events that are not stored any more, or are stored as another record. */
  readonly ids: readonly EventId[];
  readonly takesNodes: boolean;
}

/** How far a home's own journal is rid of what was taken out of the store. */
export interface TakenNote {
  /** Of which store. */
  readonly storeId: string;
  /** So many parts. */
  readonly parts: number;
}

/** Where a home notes it. */
export interface TakenNotes {
  /** Undefined where nothing was noted: the journal may hold all of it. */
  read(): TakenNote | undefined;
  write(note: TakenNote): void;
}
