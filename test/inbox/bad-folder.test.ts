import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {BadFolder} from '../../src/inbox/bad-folder.js';
import {aBadLine, temporaryFolder} from './inbox-rig.js';

const LIMIT = 64 * 1024;

test('of a line that would take more than half of the room its beginning is kept, and the others stay', () => {
  using folder = temporaryFolder();
  const bad = new BadFolder(join(folder.path, 'bad'), LIMIT);
  bad.keep([aBadLine()]);
  // A control character takes six bytes in JSON.
  bad.keep([aBadLine({line: 2, raw: Buffer.alloc(LIMIT - 1, 1)})]);
  const {badLines, badBytes, badLinesDropped} = bad.facts();
  expect([badLines, badLinesDropped]).toEqual([2, 0]);
  expect(badBytes).toBeLessThan(LIMIT / 2);
  const kept = readdirSync(join(folder.path, 'bad')).map((name) => JSON.parse(readFileSync(join(folder.path, 'bad', name), 'utf8')));
  const [cut] = kept.filter(({line}) => line === 2);
  expect([cut.bytes, cut.text]).toEqual([LIMIT - 1, '\u0001'.repeat(LIMIT / 16)]);
});

test('lines that do not fit together take no more room than there is: the first of them go, counted', () => {
  using folder = temporaryFolder();
  const bad = new BadFolder(join(folder.path, 'bad'), LIMIT);
  bad.keep(Array.from({length: 5}, (_, line) => aBadLine({line, raw: Buffer.alloc(LIMIT / 3, 'x')})));
  const {badLines, badBytes, badLinesDropped} = bad.facts();
  expect(badBytes).toBeLessThanOrEqual(LIMIT);
  expect([badLines > 0, badLines + badLinesDropped]).toEqual([true, 5]);
});
