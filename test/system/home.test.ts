import {userInfo} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {findHome} from '../../src/system/home.js';

const find = (store: string | undefined, env: Readonly<Record<string, string>> = {}, platform = 'linux') =>
  findHome({store, env: {HOME: '/home/eve', ...env}, platform});

test('the home is what --store names, else MEM_HOME, else the place of the platform', () => {
  expect(find('/a', {MEM_HOME: '/b'})).toBe('/a');
  expect(find(undefined, {MEM_HOME: '/b', XDG_DATA_HOME: '/c'})).toBe('/b');
  expect(find(undefined, {MEM_HOME: '', XDG_DATA_HOME: '/c'})).toBe('/c/mem');
  expect(find(undefined, {XDG_DATA_HOME: 'relative'})).toBe('/home/eve/.local/share/mem');
  expect(find(undefined, {}, 'darwin')).toBe('/home/eve/Library/Application Support/mem');
});

test('an empty --store is wrong usage: the variable of a script was not set', () => {
  // It meant the default home without a word.
  expect(() => find('')).toThrow(expect.objectContaining({code: 'USAGE', message: '--store is empty'}));
});

test('a leading ~/ is the folder of the account, as in a file that no shell reads', () => {
  expect(find('~/memory')).toBe('/home/eve/memory');
  expect(find(undefined, {MEM_HOME: '~'})).toBe('/home/eve');
  // It made a folder named "~" in each working folder.
  expect(find(undefined, {MEM_HOME: '~/memory'})).toBe('/home/eve/memory');
});

test.each([
  [undefined, {MEM_HOME: 'memory'}, 'the folder "memory" in MEM_HOME is not absolute'],
  ['./memory', {}, 'the folder "./memory" in --store is not absolute'],
  ['~eve/memory', {}, 'the folder "~eve/memory" in --store is not absolute'],
])('a folder that is not absolute is refused: %s %j', (store, env, message) => {
  expect(() => find(store, env)).toThrow(expect.objectContaining({code: 'USAGE', message}));
});

test.each(['', 'relative'])('with HOME=%j the folder of the account comes from the password database', (home) => {
  // The memory was made in the project that an agent worked in.
  expect(find(undefined, {HOME: home})).toBe(join(userInfo().homedir, '.local/share/mem'));
});
