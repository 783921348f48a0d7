import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {parseDatabaseUrl} from '../../src/domain/database-url.js';
import {loadDatabaseSettings, loadSettings, loadValidSettings} from '../../src/settings/config.js';
import {mayNameDatabase} from '../../src/settings/config-path.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-settings-'));
  path = join(folder, 'config.toml');
});
afterEach(() => rmSync(folder, {recursive: true}));

test('without a setting the memory lies in the home, and the password would be in PGPASSWORD', () => {
  const local = {url: undefined, password: {command: undefined, file: undefined, variable: 'PGPASSWORD'}};
  expect(loadSettings({}, {}, path).database).toEqual(local);
  expect(loadDatabaseSettings({}, path)).toEqual(local);
});

test.each([
  ['postgres://ada@db.example/mem', {host: 'db.example', port: 5432, user: 'ada', database: 'mem', sslMode: 'verify-full'}],
  ['postgresql://db.example:26257/mem?sslmode=require', {port: 26257, user: undefined, sslMode: 'require'}],
  ['postgres://ada@localhost/mem', {host: 'localhost', sslMode: 'prefer'}],
  ['postgres://ada@/mem?host=/run/postgresql', {host: '/run/postgresql', sslMode: 'disable'}],
  ['postgres://ada@%2Frun%2Fpostgresql/mem', {host: '/run/postgresql'}],
  ['postgres:///mem', {host: 'localhost', user: undefined}],
])('%s is the address of a database', (url, parts) => {
  expect(parseDatabaseUrl(url)).toMatchObject({url, ...parts});
});

test.each([
  ['a password', 'postgres://ada:secret@db/mem'],
  ['an empty password', 'postgres://ada:@db/mem'],
  ['a password as a parameter', 'postgres://ada@db/mem?password=secret'],
  ['a mode that is not known', 'postgres://ada@db/mem?sslmode=maybe'],
  ['another scheme', 'mysql://ada@db/mem'],
  ['no address', 'db.example'],
  ['a bad escape', 'postgres://ada@db/%E0'],
])('an address with %s is refused, and not repeated', (_, url) => {
  expect(parseDatabaseUrl(url)).toBeUndefined();
  const error = (() => {
    try {
      return loadSettings({}, {MEM_STORE_URL: url}, path);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toMatchObject({code: 'CONFIG_INVALID', message: 'store.url cannot be the given value (MEM_STORE_URL)'});
});

test('the settings may name a database where their text looks so, or cannot be read', () => {
  const may = (text: string, env = {}) => {
    writeFileSync(path, text);
    return mayNameDatabase(env, path);
  };
  expect(mayNameDatabase({}, join(folder, 'none'))).toBe(false);
  expect(mayNameDatabase({}, folder)).toBe(true);
  expect(may('min_age = "1h"')).toBe(false);
  expect(may('min_age = "1h"', {MEM_STORE_URL: 'postgres://db/mem'})).toBe(true);
  for (const text of ['[store]\nurl = ""', 'store.url = ""', ' [ store ]', '"store".url = ""', 'store = {url = ""}'])
    expect(may(text)).toBe(true);
});

test('where the file cannot be read it is not known where the memory is, if the file may name a database', () => {
  writeFileSync(path, 'not TOML');
  expect(loadDatabaseSettings({}, path).fault).toBeUndefined();
  writeFileSync(path, '[store]\nurl = "postgres://db/mem"\nnot TOML');
  expect(loadDatabaseSettings({}, path).fault).toMatchObject({code: 'CONFIG_INVALID'});
  expect(loadValidSettings({}, {}, path).settings.database.fault).toMatchObject({code: 'CONFIG_INVALID'});
});

test('a fault of another setting does not hide where the memory is', () => {
  writeFileSync(path, 'min_age = "never"\n[store]\nurl = "postgres://db/mem"');
  expect(loadDatabaseSettings({}, path)).toMatchObject({url: 'postgres://db/mem'});
  expect(loadDatabaseSettings({}, path).fault).toBeUndefined();
});
