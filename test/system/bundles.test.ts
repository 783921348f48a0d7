import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';

// As processes: code is kept when one ends, and damaged code would make the next one crash.
const shared = mkdtempSync(join(tmpdir(), 'mem-bundles-'));
let folder = '';
const cache = () => join(folder, 'cache');

beforeAll(async () => {
  await build({
    stdin: {
      contents: `
        import {openBundles} from './src/system/bundles.ts';
        const [folder, cacheFolder, command, file] = process.argv.slice(2);
        const load = openBundles({folder, cacheFolder: cacheFolder || undefined, command});
        console.log(JSON.stringify(load(file)));`,
      resolveDir: join(import.meta.dirname, '../..'),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: join(shared, 'load.cjs'),
  });
});
afterAll(() => rmSync(shared, {recursive: true}));

beforeEach(() => {
  folder = mkdtempSync(join(shared, 'run-'));
  mkdirSync(cache(), {mode: 0o700});
  writeFileSync(join(folder, 'main.js'), "exports.twice = require('./other.js') === require('./other.js') && require('./other.js');\n");
  writeFileSync(
    join(folder, 'other.js'),
    "exports.at = [__dirname, __filename, require('node:path').sep, require.resolve('./main.js')];\n",
  );
});
afterEach(() => rmSync(folder, {recursive: true}));

function load({file = 'main.js', cacheFolder = cache(), command = 'toc-show', flags = [] as readonly string[]} = {}) {
  const args = [...flags, join(shared, 'load.cjs'), folder, cacheFolder, command, file];
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {encoding: 'utf8'});
  return {status, stdout: stdout.trim(), stderr};
}
const LOADED = () => ({
  status: 0,
  stdout: JSON.stringify({twice: {at: [folder, join(folder, 'other.js'), '/', join(folder, 'main.js')]}}),
  stderr: '',
});
const kept = () => readdirSync(cache()).sort();

test('a bundle gets the one beside it, once, and all that require gives', () => {
  expect(load({cacheFolder: ''})).toEqual(LOADED());
  expect(kept()).toEqual([]);
});

test('what V8 made of each bundle is kept per command and version of Node, and used by the next process', () => {
  const suffix = `toc-show.${process.version}-${process.arch}.v8`;
  expect(load()).toEqual(LOADED());
  expect(kept()).toEqual([`main.${suffix}`, `other.${suffix}`]);
  const before = kept().map((name) => statSync(join(cache(), name)).ino);
  expect(load()).toEqual(LOADED());
  expect(kept().map((name) => statSync(join(cache(), name)).ino)).toEqual(before);
});

test('it is kept again when it is an hour old, or was made with other flags', () => {
  load();
  const [name = ''] = kept();
  const inode = () => statSync(join(cache(), name)).ino;
  const first = inode();
  utimesSync(join(cache(), name), 1_000, 1_000);
  expect(load()).toEqual(LOADED());
  const second = inode();
  expect(second).not.toBe(first);
  expect(load({flags: ['--no-opt', '--stack-size=900']})).toEqual(LOADED());
  expect(inode()).not.toBe(second);
});

test('a bundle that was built anew, as long as before, is the one that runs', () => {
  load();
  writeFileSync(join(folder, 'other.js'), readFileSync(join(folder, 'other.js'), 'utf8').replace('exports.at', 'exports.AT'));
  expect(load().stdout).toContain('{"twice":{"AT":');
});

test('damaged code does no harm and is made again', () => {
  load();
  const paths = kept().map((name) => join(cache(), name));
  const whole = paths.map((path) => readFileSync(path));
  for (let part = 0; part < 8; part++) {
    for (const [at, path] of paths.entries()) {
      const bytes = Buffer.from(whole[at] ?? '');
      const byte = Math.floor((bytes.length * part) / 8);
      bytes[byte] = (bytes[byte] ?? 0) ^ 0x10;
      writeFileSync(path, bytes);
    }
    expect(load(), `part ${part}`).toEqual(LOADED());
    expect(paths.map((path, at) => readFileSync(path).length === whole[at]?.length)).toEqual([true, true]);
  }
});

test('a process that fails keeps nothing: it has run little of what its command is made of', () => {
  writeFileSync(join(folder, 'main.js'), 'process.exitCode = 64;');
  expect(load().status).toBe(64);
  expect(kept()).toEqual([]);
});

test('an error tells the line of the bundle it comes from', () => {
  writeFileSync(join(folder, 'other.js'), "\n\nthrow new Error('thrown here');");
  expect(load().stderr).toContain(`${join(folder, 'other.js')}:3`);
});
