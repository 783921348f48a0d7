import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readPasswordFile} from '../../../src/system/secret/pgpass.js';

const PLACE = {host: 'db', port: 5432, user: 'ada', database: 'mem'};
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-pgpass-'));
  path = join(folder, 'pgpass');
});
afterEach(() => rmSync(folder, {recursive: true}));

test.each([
  ['the first line that fits', '*:*:*:eve:a\ndb:5432:mem:ada:b\n*:*:*:*:c', 'b'],
  ['a colon and a backslash behind a backslash', String.raw`db:*:*:*:a\:b\\c`, String.raw`a:b\c`],
  ['no comment', '#db:5432:mem:ada:b', undefined],
  ['no line that is too short', 'db:5432:mem:ada', undefined],
])('it takes %s', (_, text, password) => {
  writeFileSync(path, text, {mode: 0o600});
  expect(readPasswordFile(path, PLACE)).toBe(password);
});

test('a database that is not named has the name of the user', () => {
  writeFileSync(path, 'db:5432:ada:ada:b', {mode: 0o600});
  expect(readPasswordFile(path, {...PLACE, database: undefined})).toBe('b');
});

test('a file that others can read, or that does not exist, is ignored', () => {
  expect(readPasswordFile(path, PLACE)).toBeUndefined();
  writeFileSync(path, '*:*:*:*:b');
  chmodSync(path, 0o640);
  expect(readPasswordFile(path, PLACE)).toBeUndefined();
});
