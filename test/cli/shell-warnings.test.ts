import {chownSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {shellWarnings} from '../../src/cli/frame/shell-warnings.js';
import {loadSettings} from '../../src/settings/config.js';
import {temporaryHome} from '../store/leveldb/store-rig.js';

test.skipIf(process.getuid?.() !== 0)('root with the HOME of another user is warned, others and root at home are not', () => {
  using home = temporaryHome();
  const [theirs, own] = [join(home.path, 'ines'), join(home.path, 'root')];
  for (const folder of [theirs, own]) mkdirSync(folder);
  chownSync(theirs, 1234, 1234);
  const settings = loadSettings({}, {}, '/nowhere');
  const warningsFor = (HOME: string, uid: number) => shellWarnings(settings, {HOME}, uid);
  expect(warningsFor(theirs, 0)).toEqual([expect.stringMatching(/^you are root, and HOME is .*\/ines, which belongs to another user: /)]);
  expect([warningsFor(own, 0), warningsFor(theirs, 1234)]).toEqual([[], []]);
});
