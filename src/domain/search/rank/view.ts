import type {SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import type {FoundPlaces} from './found-places.js';

/** A session-day as the ranker sees it. */
export interface SearchedDay {
  readonly date: LocalDate;
  readonly sessionKey: SessionKey;
  readonly events: number;
  /** The terms of all its events together. */
  readonly length: number;
}

/** The part of the index that a query needs: the session-days in its scope, in order of date and session, and the places of its terms. */
export interface IndexView {
  readonly days: readonly SearchedDay[];
  readonly places: ReadonlyMap<string, FoundPlaces>;
}

/** A term that is looked for. @property weight less than 1 where it stands for a word that occurs nowhere */
export interface WantedTerm {
  readonly term: string;
  readonly weight: number;
}
