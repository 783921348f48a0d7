import {expect, test} from 'vitest';
import type {Piece} from '../../../../src/summarizers/extractive/periods/piece.js';
import {termsOf} from '../../../../src/summarizers/extractive/periods/terms.js';
import {findUndone} from '../../../../src/summarizers/extractive/periods/undone.js';

function piecesOf(...texts: string[]): Piece[] {
  return texts.map((text, child) => ({
    child,
    bullet: 0,
    kind: 'commit',
    name: '',
    text,
    terms: termsOf(text),
    worth: 1,
    isOutcome: true,
  }));
}

function undoneIn(...texts: string[]): string[] {
  return [...findUndone(piecesOf(...texts)).undone].map(({text}) => text);
}

test.each([
  ['Add cached tide reader', 'Remove cached tide reader'],
  ['feat: add cached tide reader', 'refactor: drop cached tide reader because it was slow'],
  ['Add cached tide reader', 'Revert "Add cached tide reader"'],
  ['Added the cached tide reader', 'I removed the cached tide reader again'],
  ['Cached tide reader eingebaut', 'Entfernt cached tide reader'],
  ['Change heights of tides to feet', 'Change tide heights from feet to metres'],
  ['Gezeiten auf Fuß umstellen', 'Gezeiten von Fuß auf Meter umstellen'],
])('"%s" is gone after "%s"', (made, removal) => {
  expect(undoneIn(made, removal)).toEqual([made]);
});

test.each([
  ['the removal came first', ['Remove cached tide reader', 'Add cached tide reader']],
  ['another thing was removed', ['Add cached tide reader', 'Remove unused harbour fees']],
  ['only a part of it was removed', ['Add cached tide reader with fees, legends, curves and ports', 'Remove cached legends']],
  ['the value of another thing is changed', ['Change harbour fees to feet', 'Change tide heights from feet to metres']],
  ['another value is changed', ['Change tide heights to feetings', 'Change tide heights from feet to metres']],
  ['the change came first', ['Change tide heights from feet to metres', 'Change tide heights to feet']],
  ['one word alone is the same', ['Add tide reader', 'Remove tides']],
])('nothing is gone where %s', (_, texts) => {
  expect(undoneIn(...texts)).toEqual([]);
});
