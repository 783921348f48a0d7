import {execFileSync} from 'node:child_process';
import {existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {appendOwnFile, readOwnFile, replaceOwnFile} from '../../../src/system/files/own-file.js';

function aFolder(): {readonly path: string; readonly target: string; readonly own: string} & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mem-own-'));
  const target = join(path, 'of-somebody-else');
  writeFileSync(target, 'theirs');
  return {path, target, own: join(path, 'witness'), [Symbol.dispose]: () => rmSync(path, {recursive: true})};
}

test('a link under the name of the temporary file is removed, and its target stays', () => {
  using folder = aFolder();
  symlinkSync(folder.target, `${folder.own}.tmp`);
  replaceOwnFile(folder.own, '7\n');
  expect(readFileSync(folder.target, 'utf8')).toBe('theirs');
  expect(lstatSync(folder.own).isFile()).toBe(true);
  expect(readOwnFile(folder.own)).toBe('7\n');
  expect(existsSync(`${folder.own}.tmp`)).toBe(false);
});

test('a link under the name itself is replaced, and neither read nor written through', () => {
  using folder = aFolder();
  symlinkSync(folder.target, folder.own);
  expect(() => readOwnFile(folder.own)).toThrow('ELOOP');
  expect(() => appendOwnFile(folder.own, '1\n')).toThrow('ELOOP');
  replaceOwnFile(folder.own, 'ours');
  expect([readFileSync(folder.target, 'utf8'), readOwnFile(folder.own)]).toEqual(['theirs', 'ours']);
});

test('a link to a file that does not exist makes none', () => {
  using folder = aFolder();
  const missing = join(folder.path, 'missing');
  symlinkSync(missing, folder.own);
  symlinkSync(missing, `${folder.own}.tmp`);
  expect(() => appendOwnFile(folder.own, '1\n')).toThrow('ELOOP');
  replaceOwnFile(folder.own, 'ours');
  expect(existsSync(missing)).toBe(false);
});

test('a pipe with such a name stops nothing', () => {
  using folder = aFolder();
  execFileSync('mkfifo', [folder.own]);
  expect(readOwnFile(folder.own)).toBe('');
  expect(() => appendOwnFile(folder.own, '1\n')).toThrow('ENXIO');
});
