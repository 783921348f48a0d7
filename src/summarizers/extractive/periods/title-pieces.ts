import type {ChildSummary} from '../../../domain/toc/summary.js';
import {splitParts} from '../../turns/clip.js';
import {REQUEST_VERBS} from '../../turns/request-shapes.js';
import {branchWords} from '../branch-name.js';
import {withoutPrefix} from '../commit-prefix.js';
import type {Piece} from './piece.js';
import {shareIn, termsOf} from './terms.js';
import {isOutcome, worthOf} from './worth.js';

/** With fewer telling words nobody knows what is meant. */
const LEAST_TERMS = 2;
/** Of a title so much comes up in one bullet or fact of its segment, where something came of it. */
const LEAST_TOLD = 0.5;
/** A title of which more stands in the branch's name says no more than that. */
const TITLE_IN_NAME = 0.6;

/**
 * What a segment's title says beside the words of its branch, where something was edited: what a line tells that has no fact. It cites the
 * bullet that shares most of its words.
 * @param child the segment's number in the day @param seen texts that another piece has; what is made here is added
 */
export function titlePieces(segment: ChildSummary, child: number, seen: Set<string>): readonly Piece[] {
  const {title, bullets, workstreams, facts} = segment;
  if (bullets.length === 0 || !isEdited(segment)) return [];
  const branch = new Set(workstreams.flatMap((workstream) => termsOf(branchWords(workstream.branch).join(' '))));
  const [, name = '', behind = ''] = /^(.+?): (.+)$/u.exec(title) ?? [];
  const body = name !== '' && shareIn(termsOf(name), branch) === 1 ? behind : title;
  return splitParts(body).flatMap((text): Piece[] => {
    const terms = termsOf(text);
    const isTask = facts.some((fact) => fact.kind === 'task' && fact.state === 'done' && withoutPrefix(fact.text).startsWith(text));
    if (terms.length < LEAST_TERMS || seen.has(text) || !(isTask || beginsWithVerb(text)) || shareIn(terms, branch) > TITLE_IN_NAME)
      return [];
    seen.add(text);
    const shares = bullets.map((bullet) => shareIn(terms, new Set(termsOf(bullet.text))));
    const most = Math.max(...shares);
    const bullet = Math.max(0, shares.indexOf(most));
    // Nothing came of what neither a bullet nor a fact tells of.
    const isTold = most >= LEAST_TOLD || facts.some((fact) => shareIn(terms, new Set(termsOf(fact.text))) >= LEAST_TOLD);
    const kind = isTold ? ('titled' as const) : ('request' as const);
    const workstream = bullets[bullet]?.workstream;
    const own = {
      child,
      bullet,
      kind,
      name: '',
      text,
      terms,
      worth: worthOf(kind, text),
      isOutcome: isOutcome(kind, text),
    };
    return [workstream === undefined ? own : {...own, workstream}];
  });
}

/** Whether something was done in a segment, and not only talked about. */
export function isEdited({facts}: ChildSummary): boolean {
  return facts.some(({kind, state}) => kind === 'file' || kind === 'commit' || (kind === 'task' && state === 'done'));
}

/** A name for something tells nothing that was done. */
function beginsWithVerb(text: string): boolean {
  const [verb = '', object = '', detail] = text.toLowerCase().split(' ', 3);
  return (
    detail !== undefined && REQUEST_VERBS.has(verb) && !/^(?:is|are|was|were|has|have|does|fails?|this|that|these|those)$/.test(object)
  );
}
