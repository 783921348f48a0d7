import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {roomFaults} from '../scripts/check-rooms.mjs';

const ROOMS = {
  errors: {may: [], node: false, packages: []},
  domain: {may: ['errors'], node: false, packages: []},
  'store/port': {may: ['domain'], node: false, packages: []},
  'store/leveldb': {may: ['domain', 'store/port'], node: true, packages: ['classic-level']},
  cli: {may: ['domain'], loads: ['entries'], node: ['node:tty'], packages: []},
  entries: {may: ['*'], node: true, packages: []},
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mem-rooms-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

function faultsOf(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return roomFaults(folder, ROOMS);
}

test('finds nothing in files that import what their rooms may', () => {
  const faults = faultsOf({
    'errors.ts': 'export const A = 1;\n',
    'domain/event.ts': "import {A} from '../errors.js';\nexport type {A};\n",
    'store/port/store.ts': "import type {A} from '../../domain/event.js';\n",
    'store/leveldb/db.ts': "import {open} from 'node:fs';\nimport {ClassicLevel} from 'classic-level';\nimport '../port/store.js';\n",
  });
  expect(faults).toEqual([]);
});

test('finds an import of a room that is not open, by name of both files', () => {
  const faults = faultsOf({
    'domain/event.ts': "import type {Db} from '../store/leveldb/db.js';\n",
    'store/leveldb/db.ts': 'export interface Db {}\n',
  });
  expect(faults).toEqual(['domain/event imports store/leveldb/db, which domain may not']);
});

test('finds a type-only import that closes a circle', () => {
  const faults = faultsOf({
    'domain/one.ts': "import type {Two} from './two.js';\nexport interface One {\n  two: Two;\n}\n",
    'domain/two.ts': "import type {Three} from './three.js';\nexport type Two = Three;\n",
    'domain/three.ts': "export type {One as Three} from './one.js';\n",
  });
  expect(faults).toEqual(['domain/one, domain/two, domain/three import each other in a circle']);
});

test('lets a bundle be loaded where it must not be imported', () => {
  const files = {'entries/browser.ts': 'export const A = 1;\n'};
  expect(faultsOf({...files, 'cli/browse.ts': "const {A} = await import('../entries/browser.js');\n"})).toEqual([]);
  expect(faultsOf({...files, 'cli/browse.ts': "import {A} from '../entries/browser.js';\n"})).toEqual([
    'cli/browse imports entries/browser, which cli may not',
  ]);
});

test('finds packages, parts of Node and files without a room', () => {
  const faults = faultsOf({
    'cli/print.ts': "import {isatty} from 'node:tty';\nimport {readFileSync} from 'node:fs';\nimport {z} from '@scope/zod/mini';\n",
    'loose.ts': 'export const A = 1;\n',
  });
  expect(faults).toEqual([
    'cli/print imports node:fs, which cli may not',
    'cli/print imports the package @scope/zod, which cli may not',
    'loose is in no room: give its folder a line in scripts/rooms.mjs',
  ]);
});

test('takes no import that stands in a comment or a text', () => {
  const faults = faultsOf({
    'domain/event.ts':
      "// import {a} from 'node:fs';\n/*\nimport {b} from 'node:fs';\n*/\nexport const TEXT = 'import {c} from node:fs';\n",
  });
  expect(faults).toEqual([]);
});
