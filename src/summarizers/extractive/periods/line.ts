import type {SummaryBullet} from '../../../domain/toc/summary.js';
import {cutClause} from './clause.js';
import {byPlace, type Piece, placeOf} from './piece.js';
import {countWords, shareIn, termsOf} from './terms.js';

/** A line of a period while it is made: what it is called, what it may say, and what was chosen of it. */
export interface Line {
  readonly name: string;
  /** What the line's workstream weighs. */
  readonly weight: number;
  /** In time order. */
  readonly pieces: readonly Piece[];
  readonly chosen: readonly Piece[];
}

/** From this share on an outcome says all that a name says. */
const SAYS_NAME = 0.7;

/** `name: outcome; outcome`. Where the only outcome says what the name says, it stands alone. */
export function bulletOf({name, chosen}: Line, outcomeWords: number): SummaryBullet {
  const told = [...chosen].sort(byPlace);
  const outcomes = told.map(({text}) => cutClause(text, outcomeWords).text);
  const [only = ''] = outcomes;
  const isSaid = outcomes.length === 1 && (name === '' || shareIn(termsOf(name), new Set(termsOf(only))) >= SAYS_NAME);
  const text = isSaid || name === '' ? capitalized(outcomes.join('; ')) : `${name}: ${outcomes.join('; ')}`;
  return {text, sources: [...new Set(told.map(placeOf))]};
}

export function wordsOf(line: Line, outcomeWords: number): number {
  return line.chosen.length === 0 ? 0 : countWords(bulletOf(line, outcomeWords).text);
}

/** A line begins with a capital, but for code and a commit's own prefix. */
function capitalized(text: string): string {
  return /^\p{Ll}\p{L}* /u.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}
