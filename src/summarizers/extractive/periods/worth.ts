import {withoutPrefix} from './commit-prefix.js';
import type {PieceKind} from './piece.js';
import {WEIGHTS} from './weights.js';

/** Work on the work: it says nothing of what the work is about. */
const CHORE =
  /^(?:merg(?:e[ds]?|ing)|rebas(?:e[ds]?|ing)|bump(?:s|ed)?|wip|gofmt|lint(?:ed|ing)?|format(?:ted|ting)?|commit(?:ted|ting)?|push(?:ed|ing)?|cherry-pick(?:ed)?|squash(?:ed)?|run|ran|continu(?:e|ed|ing)|small refactor|generated (?:with|by)|co-authored|step \d+|(?:initial|first) commit)\b|^fix(?:ed)? (?:[\w`.]+ ){0,2}(?:gofmt|lint(?:er|ing)?|format(?:ting)?|typos?|nits?|conflicts?|ci|build)\b(?: [\w`.]+){0,2}$|^fix(?:ed)? lint|\bneed(?:s|ed)? (?:gofmt|format)|^(?:all |both |the )?(?:\w+ )?(?:tests?|lint|checks?|changes|everything)\b.{0,30}\b(?:pass(?:es|ed|ing)?|pushed|clean|committed|done)\b/iu;
/** An answer to what others said of the work: it tells where the work stands, but not what it is. */
const REVIEW =
  /^(?:address|apply|appli|resolv|implement|incorporat|fix|repl)(?:e|es|ed|y|ied)? (?:[\w`.#'-]+ ){0,4}(?:review|feedback|comments?|suggestions?)\b|^(?:pr |code )?review\b|^(?:creat|updat|logg|post|mov|clos)(?:e|ed)? (?:(?:as|in|to|the|issue|ticket|linear) )*[a-z]{2,}-\d+/iu;
/** It speaks of something that stands before it, as a list's number does. */
export const LEANING =
  /^[(\d]|^(?:this|that)(?= (?:is|was|has|had|will|would|can|could|should|may|might|did|\p{L}+s)\b)|^(?:these|those)(?= (?:are|were|have|had|will|would|can|could|should)\b)|^(?:can|could|does|did|is|was|will|would|should) (?:it|this|that|they|these|those|he|she)\b|^(?:it|it's|they|he|she|the (?:fix|changes?|issue|problem|bug|same|file|code|tests?|function|method|user|plan|other)|both|here|there|yes|no|so|but|and|also|because|otherwise|instead|then|weil|dies|das|es|ceci|cela|ça|esto|eso|это|这|那|これ|それ)\b/iu;
/** How one speaks of what is to be done next. */
const FRAGMENT = /^(?:skip|start|keep|go|step|do|yes|let|to|i|we|you)\b/iu;
/** An identifier, a path, a flag: a sign inside of a word. */
export const CODE = /`|\w[._/\\:=(]\w|[a-z][A-Z]|_|^--?\w/;

/** Whether a text says what a piece of work is about; an answer to a review, or a merge, does not. */
export function isTopic(text: string): boolean {
  const bare = withoutPrefix(text);
  return !CHORE.test(bare) && !REVIEW.test(bare) && !LEANING.test(bare) && !FRAGMENT.test(bare);
}

/** Whether a piece can follow another one in a line: it tells what came out, and not merely that work went on. */
export function isOutcome(kind: PieceKind, text: string): boolean {
  return kind !== 'request' && kind !== 'other' && !CHORE.test(withoutPrefix(text));
}

/** How well a piece tells by itself what came out. */
export function worthOf(kind: PieceKind, text: string): number {
  const bare = withoutPrefix(text);
  let worth: number = WEIGHTS.kind[kind];
  if (CHORE.test(bare)) worth *= WEIGHTS.chore;
  else if (REVIEW.test(bare)) worth *= WEIGHTS.review;
  if (LEANING.test(bare)) worth *= WEIGHTS.leaning;
  const tokens = bare.split(' ');
  const code = tokens.filter((token) => CODE.test(token)).length;
  worth *= Math.max(WEIGHTS.leastPlain, 1 - (WEIGHTS.code * code) / tokens.length);
  return worth;
}
