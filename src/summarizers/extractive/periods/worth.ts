import {requestCore} from '../../turns/request-core.js';
import {ENDS_ASKING, isPersonal, isProcess} from '../../turns/user-message.js';
import {isChore, isMeans, isReview} from '../chore.js';
import {withoutPrefix, worthOfPrefix} from '../commit-prefix.js';
import type {PieceKind} from './piece.js';
import {WEIGHTS} from './weights.js';

/** It speaks of something that stands before it, as a list's number does. */
export const LEANING =
  /^[(\d]|^(?:this|that)(?= (?:is|was|has|had|will|would|can|could|should|may|might|did|\p{L}+s)\b)|^(?:these|those)(?= (?:are|were|have|had|will|would|can|could|should)\b)|^(?:can|could|does|did|is|was|will|would|should) (?:it|this|that|they|these|those|he|she)\b|^(?:it|it's|they|he|she|the (?:fix|changes?|issue|problem|bug|same|file|code|tests?|function|method|user|plan|other)|both|here|there|yes|no|so|but|and|also|because|otherwise|instead|then|weil|dies|das|es|ceci|cela|ça|esto|eso|это|这|那|これ|それ)\b/iu;
/** An identifier, a path, a flag: a sign inside of a word. */
export const CODE = /`|\w[._/\\:=(]\w|[a-z][A-Z]|_|^--?\w/;

/** Whether a text says what a piece of work is about; an answer to a review, or a merge, does not. */
export function isTopic(text: string): boolean {
  const bare = withoutPrefix(text);
  return !isProcess(bare) && !isChore(bare) && !isReview(bare);
}

const NO_OUTCOME: ReadonlySet<PieceKind> = new Set(['request', 'planned', 'found', 'report', 'other']);

/** Whether a piece can follow another one in a line: it tells what came out, and not merely that work went on. */
export function isOutcome(kind: PieceKind, text: string): boolean {
  return !NO_OUTCOME.has(kind) && !isChore(text) && !isProcess(text);
}

/** What tells by its first word what was done: a commit is called after what came out. */
const MEANS_IN: ReadonlySet<PieceKind> = new Set(['task', 'titled', 'said', 'outcome']);
/** "Read the tide tables" may be what a program does now. */
const READING = /^read\b/i;

/** How well a piece tells by itself what came out. */
export function worthOf(kind: PieceKind, text: string): number {
  const bare = withoutPrefix(text);
  let worth: number = WEIGHTS.kind[kind];
  worth *= worthOfPrefix(text);
  if (isChore(bare)) worth *= WEIGHTS.chore;
  else if (isReview(bare)) worth *= WEIGHTS.review;
  if (kind === 'request' && (!isAskedOf(text) || /^it\b/i.test(text))) worth *= WEIGHTS.unasked;
  if (MEANS_IN.has(kind) && isMeans(text) && (kind === 'task' || !READING.test(text))) worth *= WEIGHTS.means;
  return worth * plainness(bare);
}

/** How much more or less a commit tells for its size: a factor. @param lines added and removed; undefined where they are not known */
export function worthOfSize(lines: number | undefined): number {
  const {least, perDoubling, most} = WEIGHTS.size;
  return lines === undefined ? 1 : Math.min(most, least + perDoubling * Math.log2(1 + lines));
}

/** Whether a person asks for work, asks a question or tells of a problem, and names what about. */
function isAskedOf(text: string): boolean {
  return requestCore(text, 0, text.length).isAsked || ENDS_ASKING.test(text) || isPersonal(text);
}

/** How much of a text is words: paths and identifiers say less. */
export function plainness(text: string): number {
  const tokens = text.split(' ');
  const code = tokens.filter((token) => CODE.test(token)).length;
  return Math.max(WEIGHTS.leastPlain, 1 - (WEIGHTS.code * code) / tokens.length);
}
