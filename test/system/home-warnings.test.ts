import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {homeWarnings} from '../../src/system/home-warnings.js';

test('a home on a local disk gives no warning', () => {
  expect(homeWarnings(join(tmpdir(), 'not-there', 'mem'))).toEqual([]);
});

test('a home in a folder that is synced is warned of, with the folder', () => {
  expect(homeWarnings('/home/ana/Dropbox/mem')).toEqual([expect.stringContaining('/home/ana/Dropbox')]);
  const folder = mkdtempSync(join(tmpdir(), 'mem-sync-'));
  mkdirSync(join(folder, '.stfolder'));
  expect(homeWarnings(join(folder, 'a', 'mem'))).toEqual([expect.stringContaining(folder)]);
  rmSync(folder, {recursive: true});
});
