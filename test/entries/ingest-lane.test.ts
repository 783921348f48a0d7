import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {lazyBuiltins} from '../../scripts/bundle-plugins.mjs';
import {aLine} from '../operations/ingest/ingest-rig.js';

// The lane as a process, bundled as the build does it but without the store: what it loads and says must not depend on that.
const folder = mkdtempSync(join(tmpdir(), 'mem-lane-'));
const home = join(folder, 'home');
let lane = '';

beforeAll(async () => {
  const entry = `
    import {main} from './src/entries/ingest-lane.ts';
    const status = await main(process.argv.slice(2), async () => async () => 'busy');
    process.exitCode = status ?? 99;
  `;
  const {outputFiles} = await build({
    stdin: {contents: entry, resolveDir: join(import.meta.dirname, '../..'), loader: 'ts'},
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [lazyBuiltins],
    write: false,
  });
  lane = outputFiles[0]?.text ?? '';
  writeFileSync(join(folder, 'lane.mjs'), lane);
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

function run(args: readonly string[], input: string, env: Readonly<Record<string, string>> = {}) {
  const {status, stdout, stderr} = spawnSync(process.execPath, [join(folder, 'lane.mjs'), ...args], {
    input,
    encoding: 'utf8',
    cwd: folder,
    env: {PATH: process.env['PATH'] ?? '', HOME: folder, ...env},
  });
  return {status, stdout, stderr};
}

const waitingIn = (where: string) => readdirSync(join(where, 'inbox', 'new')).length;

test('takes events in and says nothing', () => {
  expect(run(['ingest', '--store', home], aLine())).toEqual({status: 0, stdout: '', stderr: ''});
  expect(run(['ingest', `--store=${home}`, '-'], aLine())).toEqual({status: 0, stdout: '', stderr: ''});
  expect(run(['ingest'], aLine(), {MEM_HOME: home})).toEqual({status: 0, stdout: '', stderr: ''});
  expect(waitingIn(home)).toBe(3);
});

test("without a name the home is the platform's", () => {
  expect(run(['ingest'], aLine()).status).toBe(0);
  expect(run(['ingest'], aLine(), {XDG_DATA_HOME: 'relative'}).status).toBe(0);
  const usual =
    process.platform === 'darwin' ? join(folder, 'Library', 'Application Support', 'mem') : join(folder, '.local', 'share', 'mem');
  expect(waitingIn(usual)).toBe(2);
});

test('exits with 65 for bad lines, and shows hostile text in no other form than escaped', () => {
  const {status, stdout, stderr} = run(['ingest', '--store', join(folder, 'bad')], `hello\n${aLine({role: '\x1b[2J'})}${aLine()}`);
  expect([status, stdout]).toEqual([65, '']);
  expect(stderr).toBe(
    'mem: error: line 1 is not JSON [LINE_NOT_JSON]\n' +
      'mem: hint: send one JSON object per line\n' +
      'mem: error: line 2 has the "role" "\\u001b[2J", which is not a role [FIELD_INVALID]\n' +
      'mem: hint: use one of user, assistant, system, tool\n',
  );
  expect(waitingIn(join(folder, 'bad'))).toBe(1);
});

test('lists twenty bad lines and counts the rest', () => {
  const {stderr} = run(['ingest', '--store', join(folder, 'many')], 'bad\n'.repeat(23));
  const lines = stderr.split('\n');
  expect(lines.length).toBe(24);
  expect(lines.slice(19)).toEqual([
    'mem: error: line 20 is not JSON [LINE_NOT_JSON]',
    'mem: hint: send one JSON object per line',
    'mem: error: 3 more bad lines, 23 in all [INPUT_BAD]',
    'mem: hint: all of them are kept in inbox/bad; mem ingest --json lists them',
    '',
  ]);
});

test('exits with 66 for a file that is not there, after the others are in', () => {
  writeFileSync(join(folder, 'good.jsonl'), aLine());
  expect(run(['ingest', '--store', join(folder, 'files'), 'none\u202e.jsonl', 'good.jsonl'], '')).toEqual({
    status: 66,
    stdout: '',
    stderr:
      'mem: error: the file none<U+202E>.jsonl does not exist [NO_INPUT]\nmem: hint: check the path; files are read as JSON Lines, one event per line\n',
  });
  expect(waitingIn(join(folder, 'files'))).toBe(1);
});

test('exits with 73 where the inbox cannot be', () => {
  writeFileSync(join(folder, 'file'), '');
  const {status, stderr} = run(['ingest', '--store', join(folder, 'file')], aLine());
  expect(status).toBe(73);
  expect(stderr).toMatch(
    /^mem: error: a file is in the way of the inbox at .*file.inbox.new \(ENOTDIR\); nothing was accepted \[NOT_WRITTEN\]\nmem: hint: .* MEM_HOME .*\n$/,
  );
});

test('ignores and counts while mem itself is summarizing', () => {
  const ignored = join(folder, 'ignored');
  expect(run(['ingest', '--store', ignored], aLine(), {MEM_SUMMARIZING: '1'})).toEqual({status: 0, stdout: '', stderr: ''});
  expect(readdirSync(join(ignored, 'inbox'))).toEqual(['ignored']);
  expect(readFileSync(join(ignored, 'inbox', 'ignored'), 'utf8')).toBe('1\n');
});

test.each([[['ingest', '--json']], [['ingest', '--help']], [['ingest', '--store']], [['toc', 'show']], [[]]])(
  'leaves %j to the commands',
  (args) => {
    expect(run(args, '')).toEqual({status: 99, stdout: '', stderr: ''});
  },
);

test('loads few modules, and none that costs a start-up', () => {
  const imported = [...lane.matchAll(/from "([^"]+)"/g)].map(([, name]) => name ?? '');
  expect([...new Set(imported)].sort()).toEqual(['node:fs', 'node:path']);
});
