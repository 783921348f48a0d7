import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {castFaults, castsIn} from '../scripts/check-casts.mjs';

test('src holds the casts of the table, each with a reason, and no more of them than agreed', () => {
  expect(castFaults(join(import.meta.dirname, '../src'))).toEqual([]);
});

test.each([
  ['const a = b as Name;', 1],
  [`return \`x\${y}\` as Name;`, 1],
  ['f((a + b) as unknown as Name)', 1],
  ['const [a] = (await b()) as readonly (Name | undefined)[];', 1],
  ['export function f() {\n  return a as Name;\n}', 1],
  ["const a = ['x'] as const;", 0],
  ["import {a as b} from './c.js';\nimport type * as d from './d.js';", 0],
  ["// a cut as Name\n/** as it as Name is */ const a = 'b as Name';", 0],
  [`type T = {readonly [N in Names as \`jobs.\${N}\`]: string};`, 0],
])('counts the casts in %j: %i', (text, casts) => {
  expect(castsIn(text)).toBe(casts);
});

test('a cast that the table does not know is a fault, and so is one too many', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mem-casts-'));
  try {
    mkdirSync(join(folder, 'room'));
    writeFileSync(join(folder, 'room/one.ts'), 'const a = b as Name;\n');
    expect(castFaults(folder, {})).toEqual(['room/one.ts holds 1 casts, scripts/casts.mjs says 0']);
    expect(castFaults(folder, {'room/one.ts': [1, 'why']}, 0)).toEqual(['1 casts are more than 0']);
    expect(castFaults(folder, {'room/one.ts': [1, 'why'], 'gone.ts': [1, 'why']})).toEqual([
      'gone.ts is gone: take it out of scripts/casts.mjs',
    ]);
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});
