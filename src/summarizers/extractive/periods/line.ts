import type {SummaryBullet} from '../../../domain/toc/summary.js';
import {clipped, countWords} from '../../turns/clip.js';
import {asRequest} from '../../turns/outcome-shape.js';
import {requestCore} from '../../turns/request-core.js';
import {REQUEST_VERBS} from '../../turns/request-shapes.js';
import {withoutLabel} from '../../turns/user-message.js';
import {withoutKind} from '../commit-prefix.js';
import {sentenceCased} from '../sentence-case.js';
import {byPlace, type Piece, type PieceKind, placeOf} from './piece.js';
import {PROJECT_MARK} from './projects.js';
import {NOT_DONE} from './read-pieces.js';
import {shareIn, termsOf} from './terms.js';
import {WEIGHTS} from './weights.js';

/** A line of a period while it is made: what it is called, what it may say, and what was chosen of it. */
export interface Line {
  /** In front of the name, where the period has several projects; else empty. */
  readonly project: string;
  readonly name: string;
  /** What the line's workstream weighs. */
  readonly weight: number;
  /** In time order. */
  readonly pieces: readonly Piece[];
  readonly chosen: readonly Piece[];
  /** See `Group`. */
  readonly factTerms: ReadonlyMap<number, number>;
}

/** From this share on an outcome says all that a name says. */
const SAYS_NAME = 0.7;

/**
 * `name: outcome; outcome`. Where the only outcome says what the name says, it stands alone; so does a name where nothing came out that is
 * worth telling.
 */
export function bulletOf({project, name, chosen}: Line, outcomeWords: number): SummaryBullet {
  const told = [...chosen].sort(byPlace);
  const sources = [...new Set(told.map(placeOf))];
  const heard = name === '' ? told : heardOf(told);
  const outcomes = heard.map((piece) => outcomeText(piece, outcomeWords));
  const [only = '', ...others] = outcomes;
  const before = project === '' ? '' : `${project}${PROJECT_MARK}`;
  if (only === '') return {text: `${before}${name}`, sources};
  const isSaid = name === '' || (others.length === 0 && shareIn(termsOf(name), new Set(termsOf(only))) >= SAYS_NAME);
  if (isSaid) return {text: `${before}${[capitalized(only), ...others.map(lowered)].join('; ')}`, sources};
  return {text: `${before}${name}: ${outcomes.map(lowered).join('; ')}`, sources};
}

/** What a line with a name tells: what is worth it, else one thing that was done, however full of paths. */
function heardOf(told: readonly Piece[]): readonly Piece[] {
  const worthy = told.filter(isWorthTelling);
  return worthy.length > 0 ? worthy : told.filter(({isOutcome}) => isOutcome).slice(0, 1);
}

/** Whether a piece is told in a line that has a name. */
export function isWorthTelling(piece: Piece): boolean {
  const {kind, isOutcome} = piece;
  return (kind === 'request' || kind === 'planned' || kind === 'found' || isOutcome) && piece.worth >= WEIGHTS.leastTold;
}

/** How a piece stands in a line: what was done as one asks for it, like a commit's subject. */
export function outcomeText({text, kind}: Piece, outcomeWords: number): string {
  const asked = kind === 'outcome' ? asRequest(text) : undefined;
  const label = NOT_DONE[kind];
  if (label !== undefined) return `${label}${clipped(kind === 'request' ? askedIn(text) : text, outcomeWords)}`;
  return clipped(asked === undefined ? bareFact(kind, text) : capitalized(asked), outcomeWords);
}

/** A plan is called by its heading, any other fact without what only says of which kind it is. */
function bareFact(kind: PieceKind, text: string): string {
  return sentenceCased(withoutKind(kind === 'plan' ? withoutLabel(text) : text));
}

/** "Ok. Hm, no. The crane …": a breath before what is said. */
const BREATH = /^(?:(?:ok|okay|uh+|um+|hm+|ah+|oh+|no|yes|yeah|well|so|right|great|good|cool|nice|thanks)[,.!…]+\s+)+(?=\S+ \S)/iu;

/** What a user asked for, without the politeness before it; of what asks for nothing, all that was said. */
function askedIn(text: string): string {
  const {from, to, isAsked} = requestCore(text, 0, text.length);
  return isAsked ? text.slice(from, to) : text.replace(BREATH, '');
}

/** Whether a line says no more than its name. */
export function isBare({name, chosen}: Line): boolean {
  return name !== '' && heardOf(chosen).length === 0;
}

export function wordsOf(line: Line, outcomeWords: number): number {
  return line.chosen.length === 0 ? 0 : countWords(bulletOf(line, outcomeWords).text);
}

/** Behind a name, what was done begins alike, whether a commit, a task or a report told it. */
export function lowered(outcome: string): string {
  const [verb = ''] = outcome.split(' ', 1);
  return /^\p{Lu}\p{Ll}+$/u.test(verb) && REQUEST_VERBS.has(verb.toLowerCase())
    ? `${verb.toLowerCase()}${outcome.slice(verb.length)}`
    : outcome;
}

/** A line begins with a capital, but for code and a commit's own prefix. */
function capitalized(text: string): string {
  return /^\p{Ll}\p{L}* /u.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}
