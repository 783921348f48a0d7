import type {Term} from '../../../language/vocabulary.js';
import type {IsSmall} from '../headline.js';

/** How titles are made and weighed in one segment. */
export interface TitleWords {
  readonly isSmall: IsSmall;
  readonly isGerman: boolean;
  /** What each term is worth. */
  readonly worth: (term: Term) => number;
  /** What the words of a title are worth together. */
  readonly weigh: (title: string) => number;
}
