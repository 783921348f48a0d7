import {spawn, spawnSync} from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type RunnerParts, renderRunner} from '../../../src/scheduling/install/runner-script.js';

const NASTY = `it's 100% \\ $HOME "q" \`x\` #1`;
let folder: string;
let parts: RunnerParts;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mem-runner-')));
  // What mem would say, as JSON: this runs in the place of its script.
  const script = join(folder, 'mem.js');
  writeFileSync(
    script,
    'console.log(JSON.stringify({args: process.argv.slice(2), xdg: process.env.XDG_CONFIG_HOME, path: process.env.PATH, cwd: process.cwd(), umask: process.umask()})); console.error("to stderr")',
  );
  parts = {
    version: '1.0.0',
    home: join(folder, NASTY),
    log: join(folder, 'state', 'log'),
    node: {path: process.execPath, alternatives: []},
    script: {path: script, alternatives: []},
    path: ['/opt/x/bin', '/usr/bin'],
    variables: {XDG_CONFIG_HOME: join(folder, NASTY)},
  };
});
afterEach(() => {
  if (folder.includes('mem-runner-')) rmSync(folder, {recursive: true, force: true});
});

function write(changed: Partial<RunnerParts> = {}): string {
  const path = join(folder, 'run');
  writeFileSync(path, renderRunner({...parts, ...changed}));
  chmodSync(path, 0o700);
  return path;
}

/** As cron starts it. */
const AS_CRON = {HOME: '/nonexistent', LOGNAME: 'nobody', PATH: '/usr/bin:/bin', SHELL: '/bin/sh'};
function runAsCron(path: string, words = 'rollup-day --jitter 300 --via cron') {
  const {status, stdout, stderr} = spawnSync('/bin/sh', ['-c', `${path} ${words}`], {env: AS_CRON, encoding: 'utf8'});
  return {status, stdout, stderr};
}

const logText = (): string => readFileSync(parts.log, 'utf8');
const stamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;

describe('the runner', () => {
  test('starts mem from the environment that cron gives, says nothing, and writes the log', () => {
    expect(runAsCron(write())).toEqual({status: 0, stdout: '', stderr: ''});
    const [start = '', said = '', error = ''] = logText().split('\n');
    expect(start).toMatch(new RegExp(`^${stamp} \\d+ start rollup-day --jitter 300 --via cron$`));
    expect(JSON.parse(said)).toEqual({
      args: ['schedule', 'run', '--store', parts.home, 'rollup-day', '--jitter', '300', '--via', 'cron'],
      xdg: join(folder, NASTY),
      path: '/opt/x/bin:/usr/bin:/usr/local/bin:/bin',
      cwd: '/',
      umask: 0o077,
    });
    expect(error).toBe('to stderr');
    expect(statSync(parts.log).mode & 0o777).toBe(0o600);
  });

  test('started by systemd writes what is said to its journal and to the log, to the last line', () => {
    const {status, stdout} = spawnSync('/bin/sh', [write(), 'rollup-day', '--via', 'systemd'], {encoding: 'utf8', env: AS_CRON});
    expect(status).toBe(0);
    expect(stdout).toMatch(/ start rollup-day --via systemd\n(.*\n)*to stderr\n$/);
    expect(logText()).toBe(stdout);
    expect(readdirSync(dirname(parts.log))).toEqual(['log']);
  });

  test('is a correct program for every shell that is here', () => {
    const path = write({node: {path: '/a b', alternatives: ['/c*/d', '/e']}, script: {path: '/f', alternatives: ["/g'h/*/i"]}});
    for (const shell of ['sh', 'dash', 'bash', 'busybox']) {
      const {error, status, stderr} = spawnSync(shell, [...(shell === 'busybox' ? ['sh'] : []), '-n', path], {encoding: 'utf8'});
      if (error === undefined) expect({shell, status, stderr}).toEqual({shell, status: 0, stderr: ''});
    }
  });

  test('finds a Node of another version in the place of the one that is gone, and says so', () => {
    const bin = join(folder, 'versions of node', 'v22.1.0', 'bin');
    mkdirSync(bin, {recursive: true});
    symlinkSync(process.execPath, join(bin, 'node'));
    const gone = join(folder, 'versions of node', 'v20.0.0', 'bin', 'node');
    const alternatives = [join(folder, 'versions of node', '*', 'bin', 'node')];
    expect(runAsCron(write({node: {path: gone, alternatives}}))).toEqual({status: 0, stdout: '', stderr: ''});
    expect(logText()).toContain(`Node is no longer at ${gone} (now: ${join(bin, 'node')}); run: mem install-schedule\n`);
    expect(logText()).toContain('"rollup-day"');
  });

  test('finds Node on the saved PATH when nothing else is left, but none that is too old', () => {
    for (const [name, text] of [
      ['old', '#!/bin/sh\nexit 1\n'],
      ['new', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'node'), text);
      chmodSync(join(folder, name, 'node'), 0o755);
    }
    const alternatives = [join(folder, 'old', 'node')];
    runAsCron(write({node: {path: '/gone/node', alternatives}, path: [join(folder, 'new')]}));
    expect(logText()).toContain(`(now: ${join(folder, 'new', 'node')})`);
    expect(logText()).toContain('"rollup-day"');
  });

  test('ends with 78 and a line in the log when there is no Node, or no mem', () => {
    const nowhere = {path: join(folder, 'gone'), alternatives: []};
    const old = join(folder, 'old');
    mkdirSync(old);
    writeFileSync(join(old, 'node'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(old, 'node'), 0o755);
    expect(runAsCron(write({node: nowhere, path: [old]}))).toEqual({status: 78, stdout: '', stderr: ''});
    expect(logText()).toContain('(now: nowhere); run: mem install-schedule');
    expect(runAsCron(write({script: nowhere}))).toEqual({status: 78, stdout: '', stderr: ''});
    expect(logText()).toContain(`mem is no longer at ${nowhere.path} (now: nowhere)`);
  });

  test('runs all the same where no log can be written', () => {
    writeFileSync(join(folder, 'state'), 'a file in the way');
    const seen = join(folder, 'seen');
    writeFileSync(parts.script.path, `require('node:fs').writeFileSync(${JSON.stringify(seen)}, 'x')`);
    expect(runAsCron(write())).toEqual({status: 0, stdout: '', stderr: ''});
    expect(existsSync(seen)).toBe(true);
  });

  test('keeps its log below three times the limit, however many run at once, and loses no line of them', async () => {
    const path = write();
    const line = 'x'.repeat(1023);
    mkdirSync(join(folder, 'state'));
    for (const generation of [1, 2, 3]) {
      writeFileSync(parts.log, `generation ${generation}\n${`${line}\n`.repeat(1025)}`);
      const runs = Array.from(
        {length: 12},
        (_, at) => new Promise((resolve) => spawn(path, ['--due', `${generation}.${at}`], {env: AS_CRON}).on('close', resolve)),
      );
      expect(await Promise.all(runs)).toEqual(Array.from({length: 12}, () => 0));
      const names = readdirSync(join(folder, 'state')).sort();
      expect(names).toEqual(generation === 1 ? ['log', 'log.1'] : ['log', 'log.1', 'log.2']);
      expect(readFileSync(`${parts.log}.1`, 'utf8').startsWith(`generation ${generation}\n`)).toBe(true);
      // A run that looked before the turn may write behind it.
      const all = names.map((name) => readFileSync(join(folder, 'state', name), 'utf8')).join('');
      for (let at = 0; at < 12; at++) expect(all).toContain(`start --due ${generation}.${at}\n`);
    }
    expect(readFileSync(`${parts.log}.2`, 'utf8').startsWith('generation 2\n')).toBe(true);
  });

  test('turns its log over although one that was killed left the folder that guards it', () => {
    mkdirSync(`${parts.log}.turning`, {recursive: true});
    spawnSync('touch', ['-d', '2020-01-01', `${parts.log}.turning`]);
    writeFileSync(parts.log, 'x'.repeat(1_100_000));
    runAsCron(write());
    expect(readdirSync(join(folder, 'state')).sort()).toEqual(['log', 'log.1']);
  });

  test('refuses a home whose path would begin a new line', () => {
    expect(() => write({home: '/a\n0 0 * * * rm'})).toThrow(/control character/);
  });
});
