import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {WEIGHTS} from '../../../src/summarizers/extractive/weights.js';

const ROOT = join(import.meta.dirname, '../../..');

/** The names of the weights that a bench tries other values of. */
function triedIn(bench: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'bench', bench), 'utf8');
  return [...text.matchAll(/^ {2}\['(\w+)', \[/gm)].map(([, name = '']) => name);
}

test('the fold check tries other values of weights that there are', () => {
  const tried = triedIn('folds.mjs');
  expect(tried.length).toBeGreaterThan(10);
  expect(tried.filter((name) => !(name in WEIGHTS.work))).toEqual([]);
});
