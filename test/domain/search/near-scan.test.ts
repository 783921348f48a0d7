import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeWords, encodeWords} from '../../../src/domain/search/index/words-row.js';
import {NearScan} from '../../../src/domain/search/query/near-scan.js';
import {nearWords} from '../../../src/domain/search/query/near-words.js';

const aWord = fc
  .oneof(
    fc.string({unit: fc.constantFrom('a', 'b', 'c', 'ä'), minLength: 1, maxLength: 12}),
    fc.string({unit: fc.constantFrom('修', '复', '登', 'é', '😀', 'a'), minLength: 1, maxLength: 6}),
    fc.constantFrom('harbour', 'harbor', 'harbours', 'harbourmaster', 'master', 'mast', 'parser', 'parse', 'arse', 'a'.repeat(40)),
    fc.string({minLength: 1, maxLength: 300, unit: 'binary'}),
  )
  .filter((word) => word.isWellFormed());

const someWords = fc.uniqueArray(aWord, {maxLength: 60}).map((words) => words.sort());

test('words are the same after they were written and read', () => {
  fc.assert(
    fc.property(someWords, (words) => {
      expect(decodeWords(encodeWords(words))).toEqual(words);
    }),
  );
});

test('no near word is left out, whatever else is looked for beside it', () => {
  fc.assert(
    fc.property(someWords, fc.array(aWord, {minLength: 1, maxLength: 8}), (words, wanted) => {
      const candidates = wanted.map(() => [] as string[]);
      new NearScan(wanted).scan(encodeWords(words), (word, owners) => {
        candidates.forEach((found, at) => {
          if (owners & (1 << at)) found.push(word);
        });
      });
      wanted.forEach((word, at) => {
        expect(nearWords(word, candidates[at] ?? [])).toEqual(nearWords(word, words));
      });
    }),
    {numRuns: 1_000},
  );
});

test('of words that have nothing in common none is looked at', () => {
  const words = Array.from({length: 1_000}, (_, n) => `word${n}x`).sort();
  let looked = 0;
  new NearScan(['harbour', 'gauge']).scan(encodeWords(words), () => looked++);
  expect(looked).toBe(0);
});
