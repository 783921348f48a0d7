import {describe, expect, test} from 'vitest';
import {cutClause, splitParts} from '../../../../src/summarizers/extractive/periods/clause.js';

describe('a text that is too long', () => {
  test.each([
    ['Read tide tables of all ports, because the old ones are wrong', 8, 'Read tide tables of all ports …'],
    ['Read tide tables of all ports (the northern ones, too)', 8, 'Read tide tables of all ports …'],
    ['Read the table "ports, tides" of the harbour office instead of ours', 9, 'Read the table "ports, tides" of the harbour office …'],
    ['Lies die Gezeiten aller Häfen, weil die alten falsch sind', 7, 'Lies die Gezeiten aller Häfen …'],
  ])('is cut where a clause ends, and says so: %s', (text, most, cut) => {
    expect(cutClause(text, most)).toEqual({text: cut, isCut: true});
  });

  test('stays whole where it is a little longer and has no clause', () => {
    const text = 'Read tide tables of all northern ports again';
    expect(cutClause(text, 6)).toEqual({text, isCut: false});
  });

  test('is cut between words where there is no clause, but not in a quotation', () => {
    expect(cutClause('Read `every tide of every port of every year of every almanac` from one table of all tables', 8).text).toBe(
      'Read `every tide of every port of every …',
    );
    expect(cutClause('Read every tide of every port of `every year` of every almanac from one table', 8).text).toBe(
      'Read every tide of every port of …',
    );
  });
});

test('parts stand between semicolons that are in no brackets and no code', () => {
  expect(splitParts('read tides; draw (a; b) curves; run `x; y` now')).toEqual(['read tides', 'draw (a; b) curves', 'run `x; y` now']);
});
