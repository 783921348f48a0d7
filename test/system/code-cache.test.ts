import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {codeCacheFolder, keepCode, readKeptCode} from '../../src/system/code-cache.js';
import {asNobody} from '../as-nobody.js';

const SOURCE = Buffer.from('module.exports = 1;');
const CODE = Buffer.from('what V8 made of it');
const isRoot = process.geteuid?.() === 0;

let parent = '';
let folder = '';
const file = () => join(folder, 'cli.v8');
const read = () => readKeptCode(folder, 'cli', SOURCE)?.bytes.toString();

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mem-code-'));
  folder = join(parent, 'cache', 'mem');
});
afterEach(() => {
  chmodSync(parent, 0o700);
  rmSync(parent, {recursive: true});
});

describe('where compiled code is kept', () => {
  test.each([
    ['linux', {HOME: '/home/ada'}, '/home/ada/.cache/mem'],
    ['linux', {HOME: '/home/ada', XDG_CACHE_HOME: '/fast'}, '/fast/mem'],
    ['linux', {HOME: '/home/ada', XDG_CACHE_HOME: 'relative'}, '/home/ada/.cache/mem'],
    ['darwin', {HOME: '/Users/ada', XDG_CACHE_HOME: '/fast'}, '/Users/ada/Library/Caches/mem'],
    ['linux', {}, undefined],
    ['linux', {HOME: ''}, undefined],
    ['linux', {HOME: '/home/ada', NODE_DISABLE_COMPILE_CACHE: '1'}, undefined],
  ])('on %s with %j it is %s', (platform, env, expected) => {
    expect(codeCacheFolder(env, platform)).toBe(expected);
  });
});

test('what was kept is read again, and only its owner can read it', () => {
  keepCode(folder, 'cli', SOURCE, CODE);
  expect(read()).toBe('what V8 made of it');
  expect([lstatSync(join(parent, 'cache')), lstatSync(folder), lstatSync(file())].map(({mode}) => mode & 0o777)).toEqual([
    0o700, 0o700, 0o600,
  ]);
  expect(readdirSync(folder)).toEqual(['cli.v8']);
});

test('it is worth keeping again after an hour, or when it is of the future', () => {
  keepCode(folder, 'cli', SOURCE, CODE);
  const isOld = () => readKeptCode(folder, 'cli', SOURCE)?.isOld;
  expect(isOld()).toBe(false);
  const now = Date.now() / 1000;
  utimesSync(file(), now, now - 3_700);
  expect(isOld()).toBe(true);
  utimesSync(file(), now, now + 3_700);
  expect(isOld()).toBe(true);
});

test('it counts for its own source only, even for one that is as long', () => {
  keepCode(folder, 'cli', SOURCE, CODE);
  expect(readKeptCode(folder, 'cli', Buffer.from('module.exports = 2;'))).toBe(undefined);
});

test('a flipped bit anywhere in the file makes it worth nothing', () => {
  keepCode(folder, 'cli', SOURCE, CODE);
  const whole = readFileSync(file());
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 4;
    writeFileSync(file(), flipped);
    expect(read(), `byte ${at}`).toBe(undefined);
  }
  writeFileSync(file(), whole);
  expect(read()).toBe('what V8 made of it');
});

test('a file that is cut short anywhere is worth nothing', () => {
  keepCode(folder, 'cli', SOURCE, CODE);
  for (let size = lstatSync(file()).size - 1; size >= 0; size--) {
    truncateSync(file(), size);
    expect(read(), `${size} bytes`).toBe(undefined);
  }
});

describe('what others may have put there is not run', () => {
  const TRICKS: Readonly<Record<string, () => void>> = {
    'a file that the group may write': () => chmodSync(file(), 0o620),
    'a file that everybody may write': () => chmodSync(file(), 0o602),
    'a folder that the group may write': () => chmodSync(folder, 0o720),
    'a folder that everybody may write': () => chmodSync(folder, 0o702),
    'a link in the place of the file': () => {
      renameSync(file(), join(parent, 'elsewhere'));
      symlinkSync(join(parent, 'elsewhere'), file());
    },
    'a link in the place of the folder': () => {
      renameSync(folder, join(parent, 'elsewhere'));
      symlinkSync(join(parent, 'elsewhere'), folder);
    },
    'a folder in the place of the file': () => {
      rmSync(file());
      mkdirSync(file());
    },
  };
  test.each(Object.entries(TRICKS))('%s', (_, play) => {
    keepCode(folder, 'cli', SOURCE, CODE);
    play();
    expect(read()).toBe(undefined);
  });

  test.runIf(isRoot).each(['file', 'folder'])('a %s of another owner', (what) => {
    keepCode(folder, 'cli', SOURCE, CODE);
    chownSync(what === 'file' ? file() : folder, 65_534, 65_534);
    expect(read()).toBe(undefined);
  });
});

describe('nothing is kept, and nothing fails,', () => {
  const keep = () => keepCode(folder, 'cli', SOURCE, CODE);

  test('where the folder above may not be written', async () => {
    chmodSync(parent, 0o500);
    await asNobody(keep);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('where the folder belongs to others', () => {
    mkdirSync(folder, {recursive: true});
    chmodSync(folder, 0o777);
    keep();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(isRoot)('for root in the home of somebody else: that one could not remove it', () => {
    chownSync(parent, 65_534, 65_534);
    keep();
    expect(readdirSync(parent)).toEqual([]);
  });

  test('where no more than the two last folders are missing: a home that does not exist is not made', () => {
    keepCode(join(parent, 'home', '.cache', 'mem'), 'cli', SOURCE, CODE);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('where a file stands in the place of the folder', () => {
    mkdirSync(join(parent, 'cache'));
    writeFileSync(folder, '');
    keep();
    expect(readFileSync(folder, 'utf8')).toBe('');
  });

  test('where a link waits in the place of the temporary file', () => {
    mkdirSync(folder, {recursive: true});
    writeFileSync(join(parent, 'precious'), 'as it was');
    linkSync(join(parent, 'precious'), join(folder, `.cli.${process.pid}.tmp`));
    keep();
    expect(readFileSync(join(parent, 'precious'), 'utf8')).toBe('as it was');
  });
});

test('of very many files the oldest half goes', () => {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  for (let at = 0; at < 64; at++) {
    writeFileSync(join(folder, `old-${at}.v8`), '');
    utimesSync(join(folder, `old-${at}.v8`), 1_000 + at, 1_000 + at);
  }
  writeFileSync(join(folder, 'not-ours.txt'), '');
  keepCode(folder, 'cli', SOURCE, CODE);
  const left = readdirSync(folder);
  expect(left).toHaveLength(34);
  expect(left).toEqual(expect.arrayContaining(['cli.v8', 'not-ours.txt', 'old-32.v8', 'old-63.v8']));
});
