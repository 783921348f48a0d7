import {expect, test} from 'vitest';
import {searchedText} from '../../../src/domain/search/index/entry.js';
import {anEvent} from '../../store/leveldb/store-rig.js';

const output = (text: string): string => searchedText(anEvent({type: 'tool_result', role: 'tool', text}));

test('of the output of a tool a thousand characters are searched, and no part of a word at their end', () => {
  const before = 'a '.repeat(496);
  expect(output(`${before}checkpoint is made`)).toBe(before);
  expect(output(`${before}checkpo. is made`)).toBe(`${before}checkpo.`);
  expect(output(`${before}short`)).toBe(`${before}short`);
  // Base64 has no words.
  expect(output('x'.repeat(2_000)).length).toBe(960);
});
