import fc from 'fast-check';
import {expect, test} from 'vitest';
import {porterStem} from '../../../src/domain/search/words/porter.js';
import {TermFinder} from '../../../src/domain/search/words/term-finder.js';
import {SearchTokenizer} from '../../../src/domain/search/words/tokenizer.js';

const tokenizer = new SearchTokenizer();

const aPiece = fc.oneof(
  fc.constantFrom(
    ...'parseQueue parser running ran a_b IDs the not Café cafe é ’s 修复登录 登 😀 HTTPServer x2 2024 tries try fly dies'.split(' '),
  ),
  fc.constantFrom(' ', ' ', '  ', '\n', '. ', '-', '_', "'", "don'_x", '…', '\u0301', '\ud800'),
  fc.string({unit: fc.constantFrom(..."abeinrstyABS _'0é."), maxLength: 9}),
  fc.constantFrom('z'.repeat(45), 'the '.repeat(30), ' '.repeat(100)),
);
const aText = fc.array(aPiece, {maxLength: 60}).map((pieces) => pieces.join(''));
/** A text, and some terms, most of which it has. */
const aSearch = aText.chain((text) =>
  fc.record({
    text: fc.constant(text),
    wanted: fc.uniqueArray(fc.constantFrom(...tokenizer.terms(text), 'absent', 'par'), {maxLength: 4}),
  }),
);

test('finds what the tokenizer finds, of the terms that are wanted', () => {
  fc.assert(
    fc.property(aSearch, ({text, wanted}) => {
      const all = tokenizer.found(text).filter(({term}) => wanted.includes(term));
      expect(new TermFinder(tokenizer, wanted).found(text)).toEqual(all);
    }),
    // Behind an apostrophe an underscore may begin a term.
    {numRuns: 2_000, examples: [[{text: "eS'_i", wanted: ['_i']}], [{text: "eS'__ eS'_é", wanted: ['__', '_é', '_e']}]]},
  );
});

test('tells how many terms stand between two, up to what is of interest', () => {
  fc.assert(
    fc.property(aSearch, fc.integer({min: 1, max: 5}), ({text, wanted}, most) => {
      const gaps = (places: readonly {readonly term: string; readonly at: number}[]) =>
        places.map(({term, at}, place) => [term, Math.min(most + 1, at - (places[place - 1]?.at ?? at))]);
      const all = tokenizer.terms(text).map((term, at) => ({term, at}));
      const found = new TermFinder(tokenizer, wanted).places(text, most);
      expect(gaps(found)).toEqual(gaps(all.filter(({term}) => wanted.includes(term))));
    }),
    {numRuns: 2_000},
  );
});

test('the stemmer leaves three letters at the beginning of a word, or all but the last of a short stem', () => {
  fc.assert(
    fc.property(
      fc.string({unit: fc.constantFrom(...'abcdefgilmnoqrstuvyz'), minLength: 1, maxLength: 6}),
      fc.constantFrom('', 'ies', 'ing', 'ed', 'eed', 'sses', 'ational', 'ization', 'iviti', 'eli', 'ement', 'ly', 'y', 'ss', 'll', 'e'),
      (start, end) => {
        const word = start + end;
        const stem = porterStem(word);
        expect(word.startsWith(stem.slice(0, Math.max(1, Math.min(3, stem.length - 1))))).toBe(true);
      },
    ),
    {numRuns: 20_000},
  );
});
