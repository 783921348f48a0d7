import {withoutPrefix} from '../commit-prefix.js';
import {byPlace, type Piece} from './piece.js';
import {shareIn, termsOf} from './terms.js';

/** Verbs that take something away again, in the languages that mem knows best. */
const REMOVAL =
  /^(?:(?:I|We)(?:['’]ve| have)? )?(?:remov(?:e[ds]?|ing)|delet(?:e[ds]?|ing)|dropp?(?:ed|s|ing)?|revert(?:ed|s|ing)?|und(?:o|id|one|oes)|back(?:ed|s)? out|rip(?:ped|s)? out|entfern\p{L}*|lösch\p{L}*|gelöscht|supprim\p{L}*|retir\p{L}*|elimin\p{L}*|quit(?:a|ar|é|ado|amos)|удал\p{L}*|убра\p{L}*)(?=\s)|^(?:删除|移除|去掉|撤销|回滚)|(?:を削除|を取り消)/iu;
/** The verb says nothing of the thing; a thing of one word has none before it. */
const FIRST_WORD = /^\S+\s/;
const REVERT = /^revert(?:ed|s)? ["“`](.+?)["”`]/iu;
/** How much of what is removed must stand in what was made, and the other way round. */
const OBJECT_IN_MADE = 0.99;
const MADE_IN_OBJECT = 0.5;

/** "… from A to B": whoever changes A again says so. What had been changed to A is no longer so. */
const CHANGED_AGAIN: readonly {readonly again: RegExp; readonly to: string}[] = [
  {again: /\sfrom (\S.{0,40}?) to (?=\S)/iu, to: 'to'},
  {again: /\svon (\S.{0,40}?) auf (?=\S)/iu, to: 'auf'},
  {again: /\sde (\S.{0,40}?) à (?=\S)/iu, to: 'à'},
];

export interface Undone {
  readonly undone: ReadonlySet<Piece>;
  /** What says of something that it is gone, and of nothing that is there. */
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
  for (const [at, {text, kind, terms}] of ordered.entries()) {
    for (const change of kind === 'request' ? [] : changesIn(text)) {
      for (const made of ordered.slice(0, at)) if (isChangedAgain(made, change, terms)) undone.add(made);
    }
  }
  return {undone, undoing};
}

/** A value that is no longer so, and the word that stood before it when it was set. */
interface Change {
  readonly to: string;
  readonly value: string;
}

function changesIn(text: string): readonly Change[] {
  return CHANGED_AGAIN.flatMap(({again, to}) => {
    const value = again.exec(text)?.[1]?.toLowerCase();
    return value === undefined ? [] : [{to, value}];
  });
}

/** Whether a piece had set the value of the same thing. @param terms of what changes it again */
function isChangedAgain(made: Piece, {to, value}: Change, terms: readonly number[]): boolean {
  if (made.kind === 'request') return false;
  const [thing = '', ...behind] = made.text.toLowerCase().split(` ${to} `);
  const isSet = behind.some((rest) => rest.startsWith(value) && !/^[\p{L}\p{N}]/u.test(rest.slice(value.length)));
  return isSet && termsOf(thing.replace(FIRST_WORD, '')).some((term) => terms.includes(term));
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
