import {describe, expect, test} from 'vitest';
import {clipped, splitParts, tidy} from '../../../src/summarizers/turns/clip.js';

describe('tidy text', () => {
  test('has no marks of lists, headings and bold type', () => {
    expect(tidy('## **Tide**  tables\n')).toBe('Tide tables');
  });

  test('has no tags around it, and keeps those within', () => {
    expect(tidy('<summary>The crane shows a <lamp> at night.</summary>')).toBe('The crane shows a <lamp> at night.');
    expect(tidy('<lamp> is what the crane shows')).toBe('<lamp> is what the crane shows');
  });

  test.each(['__ ', '****', '***', '# '])('keeps %j, which is nothing but marks', (text) => {
    expect(tidy(text)).toBe(text.trim());
  });
});

describe('a text that is too long', () => {
  test.each([
    ['Read tide tables of all ports, because the old ones are wrong', 8, 'Read tide tables of all ports …'],
    ['Read tide tables of all ports (the northern ones, too)', 8, 'Read tide tables of all ports …'],
    ['Read the table "ports, tides" of the harbour office instead of ours', 9, 'Read the table "ports, tides" of the harbour office …'],
    ['Lies die Gezeiten aller Häfen, weil die alten falsch sind', 7, 'Lies die Gezeiten aller Häfen …'],
  ])('is cut where a clause ends, and says so: %s', (text, most, cut) => {
    expect(clipped(text, most)).toBe(cut);
  });

  test('stays whole where it is a little longer and has no clause', () => {
    const text = 'Read tide tables of all northern ports again';
    expect(clipped(text, 6)).toBe(text);
  });

  test('is cut between words where there is no clause, but not in a quotation', () => {
    expect(clipped('Read `every tide of every port of every year of every almanac` from one table of all tables', 8)).toBe(
      'Read `every tide of every port of every …',
    );
    expect(clipped('Read every tide of every port of `every year` of every almanac from one table', 8)).toBe(
      'Read every tide of every port of …',
    );
  });
});

test('parts stand between semicolons that are in no brackets and no code', () => {
  expect(splitParts('read tides; draw (a; b) curves; run `x; y` now')).toEqual(['read tides', 'draw (a; b) curves', 'run `x; y` now']);
});
