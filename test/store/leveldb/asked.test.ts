import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {askForStore, watchAsked} from '../../../src/store/leveldb/asked.js';
import {temporaryHome} from './store-rig.js';

test('who holds the store learns of each that asks meanwhile, and of nobody that asked before', () => {
  using home = temporaryHome();
  const location = join(home.path, 'db');
  mkdirSync(location);
  const first = watchAsked(location);
  expect(first()).toBe(false);
  askForStore(location);
  expect(first()).toBe(true);
  const second = watchAsked(location);
  expect(second()).toBe(false);
  askForStore(location);
  expect(second()).toBe(true);
});

test('where nothing can be written, nobody asks and nothing fails', () => {
  using home = temporaryHome();
  const location = join(home.path, 'gone');
  const isAsked = watchAsked(location);
  askForStore(location);
  expect(isAsked()).toBe(false);
});
