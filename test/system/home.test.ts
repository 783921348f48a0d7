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
