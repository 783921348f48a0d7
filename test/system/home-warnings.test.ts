import {chmodSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
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

/** A home that only its owner may write to, in a folder of its own. */
function aHome(): {readonly parent: string; readonly home: string} & Disposable {
  const parent = mkdtempSync(join(tmpdir(), 'mem-open-'));
  const home = join(parent, 'mem');
  mkdirSync(join(home, 'db'), {recursive: true, mode: 0o700});
  return {parent, home, [Symbol.dispose]: () => rmSync(parent, {recursive: true})};
}

test.each([0o777, 0o722, 0o770, 0o1777])('a home with the mode %o is open to others, and how to close it is said', (mode) => {
  using place = aHome();
  expect(homeWarnings(place.home)).toEqual([]);
  chmodSync(place.home, mode);
  expect(homeWarnings(place.home)).toEqual([
    expect.stringMatching(new RegExp(`^others may write to ${place.home} \\(mode 0?${mode.toString(8)}\\) .*chmod go-w ${place.home},`)),
  ]);
  chmodSync(place.home, 0o755);
  expect(homeWarnings(place.home)).toEqual([]);
});

test('a folder of the home that others may write to is named', () => {
  using place = aHome();
  chmodSync(join(place.home, 'db'), 0o777);
  expect(homeWarnings(place.home)).toEqual([expect.stringContaining(`write to ${place.home}/db (mode 0777)`)]);
});

test('a folder above the home is open when others may replace what is in it, which the sticky bit forbids', () => {
  using place = aHome();
  chmodSync(place.parent, 0o777);
  expect(homeWarnings(place.home)).toEqual([expect.stringContaining(`may write to ${place.parent} (mode 0777): move the home`)]);
  chmodSync(place.parent, 0o1777);
  expect(homeWarnings(place.home)).toEqual([]);
});
