import {withoutPrefix} from './commit-prefix.js';
import type {Piece} from './piece.js';
import {WEIGHTS} from './weights.js';

/** Work on the work: it says nothing of what the work is about. */
const PROCESS =
  /^(?:merge[ds]?|rebas(?:e[ds]?|ing)|bump(?:s|ed)?|wip|format(?:ted)?|lint(?:ed)?|committed|pushed|cherry-pick(?:ed)?|squash(?:ed)?|(?:address|apply|fix|resolve|implement|incorporate)(?:e?[ds])? (?:\w+ ){0,3}(?:review|lint(?:er|ing)?|format(?:ting)?|feedback|comments?|conflicts?|typos?|ci|build|nits?|suggestions?)|(?:all )?(?:\w+ )?(?:tests?|lint|checks?|changes)\b.{0,30}\b(?:pass|pushed|clean|committed|done)|commit|push|run |ran |continu|everything )/i;
/** It speaks of something that stands before it. */
export const LEANING =
  /^(?:this|it|that|these|those|they|the (?:fix|change|issue|problem|bug|same|file|code|tests?|function|method|user|plan|other)|both|here|there|yes|no|so|but|and|also|because|otherwise|instead|then|dies|das|es|ceci|cela|ça|esto|eso|это|这|那|これ|それ)\b/iu;
/** An identifier, a path, a flag: a sign inside of a word. */
const CODE = /`|\w[._/\\:=(]\w|[a-z][A-Z]|_|^--?\w/;

/** How well a piece tells by itself what came out. */
export function worthOf({kind, text}: Piece): number {
  const bare = withoutPrefix(text);
  let worth: number = WEIGHTS.kind[kind];
  if (PROCESS.test(bare)) worth *= WEIGHTS.process;
  if (LEANING.test(bare)) worth *= WEIGHTS.leaning;
  const tokens = bare.split(' ');
  const code = tokens.filter((token) => CODE.test(token)).length;
  worth *= Math.max(WEIGHTS.leastPlain, 1 - (WEIGHTS.code * code) / tokens.length);
  return text.endsWith('…') ? worth * WEIGHTS.cut : worth;
}
