import {withoutPrefix} from '../commit-prefix.js';
import {byPlace, type Piece} from './piece.js';
import {shareIn, termsOf} from './terms.js';

/** Verbs that take something away again, in the languages that mem knows best. */
const REMOVAL =
  /^(?:(?:I|We)(?:['’]ve| have)? )?(?:remov(?:e[ds]?|ing)|delet(?:e[ds]?|ing)|dropp?(?:ed|s|ing)?|revert(?:ed|s|ing)?|und(?:o|id|one|oes)|back(?:ed|s)? out|rip(?:ped|s)? out|entfern\p{L}*|lösch\p{L}*|gelöscht|supprim\p{L}*|retir\p{L}*|elimin\p{L}*|quit(?:a|ar|é|ado|amos)|удал\p{L}*|убра\p{L}*)(?=\s)|^(?:删除|移除|去掉|撤销|回滚)|(?:を削除|を取り消)/iu;
const REVERT = /^revert(?:ed|s)? ["“`](.+?)["”`]/iu;
/** How much of what is removed must stand in what was made, and the other way round. */
const OBJECT_IN_MADE = 0.99;
const MADE_IN_OBJECT = 0.5;

export interface Undone {
  readonly undone: ReadonlySet<Piece>;
  /** What says that they are gone. */
  readonly undoing: ReadonlySet<Piece>;
}

/**
 * Pieces of one workstream of which a later piece says that they are gone: nobody wants to read at the end of a week of a helper that the
 * week itself took out again.
 * @returns what was undone, and the pieces that undid it
 */
export function findUndone(pieces: readonly Piece[]): Undone {
  const undone = new Set<Piece>();
  const undoing = new Set<Piece>();
  const ordered = [...pieces].sort(byPlace);
  const removals = ordered.map((piece, at) => ({piece, at})).filter(({piece}) => isRemoval(piece));
  for (const {piece: removal, at} of removals) {
    const object = objectOf(removal.text);
    if (object.length === 0) continue;
    const reverted = REVERT.test(removal.text);
    const wanted = new Set(object);
    for (const made of ordered.slice(0, at)) {
      if (isRemoval(made) || made.kind === 'request') continue;
      const known = new Set(made.terms);
      const isSame =
        shareIn(object, known) >= OBJECT_IN_MADE && (reverted || object.length > 1) && shareIn(made.terms, wanted) >= MADE_IN_OBJECT;
      if (!isSame) continue;
      undone.add(made);
      undoing.add(removal);
    }
  }
  return {undone, undoing};
}

function isRemoval({text, kind}: Piece): boolean {
  return kind !== 'request' && kind !== 'other' && REMOVAL.test(withoutPrefix(text));
}

/** What a removal takes away: its telling words but for the verb, up to the first clause's end. */
function objectOf(text: string): readonly number[] {
  const quoted = REVERT.exec(text)?.[1];
  if (quoted !== undefined) return termsOf(quoted);
  const bare = withoutPrefix(text).replace(REMOVAL, '');
  const [clause = ''] = bare.split(/[,;:(—–]| - | (?:because|since|so|from|in|as|which|that|and|weil|aus|parce|porque|de)\s/u);
  return termsOf(clause);
}
