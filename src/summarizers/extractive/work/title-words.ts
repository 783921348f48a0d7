import type {Term} from '../../../language/vocabulary.js';
import type {IsSmall} from '../headline.js';

/** How titles are made and weighed in one segment. */
export interface TitleWords {
  readonly isSmall: IsSmall;
  readonly isGerman: boolean;
  /** Something was edited or committed. */
  readonly isWorkedOn: boolean;
  /** What each term is worth. */
  readonly worth: (term: Term) => number;
  /** The distinct words of a text. */
  readonly terms: (text: string) => readonly Term[];
  /** See `headline`; made once for a text. */
  readonly headlineOf: (text: string) => string;
  /** Whether a word comes up in requests, reports or facts. */
  readonly isSaid: (word: string) => boolean;
  /** What the words of a title are worth together. */
  readonly weigh: (title: string) => number;
}

/** A title that could be taken, and how much it covers. */
export interface Proposal {
  readonly title: string;
  readonly score: number;
}
