import type {SessionKey} from '../../event/event.js';
import type {LocalDate} from '../../toc/node-id.js';
import type {FoundPlaces} from './found-places.js';

/** Session-days as the ranker sees them, in order of date and session, each by its place. */
export interface SearchedDays {
  readonly length: number;
  /** Of all of them together. */
  readonly events: number;
  readonly terms: number;
  date(day: number): LocalDate;
  sessionKey(day: number): SessionKey;
  /** The terms of all its events together. */
  lengthOf(day: number): number;
}

/** The part of the index that a query needs: the session-days in its scope, and the places of its terms. */
export interface IndexView {
  readonly days: SearchedDays;
  readonly places: ReadonlyMap<string, FoundPlaces>;
}

/** A term that is looked for. @property weight less than 1 where it stands for a word that occurs nowhere */
export interface WantedTerm {
  readonly term: string;
  readonly weight: number;
}
