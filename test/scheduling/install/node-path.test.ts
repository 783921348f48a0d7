import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {findNode, findScript, lastingPath} from '../../../src/scheduling/install/node-path.js';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mem-node-path-')));
});
afterEach(() => {
  if (folder.includes('mem-node-path-')) rmSync(folder, {recursive: true, force: true});
});

function file(path: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), {recursive: true});
  writeFileSync(whole, '');
  return whole;
}

function link(path: string, target: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), {recursive: true});
  symlinkSync(target, whole);
  return whole;
}

const nodeFor = (nodePath: string, ...path: readonly string[]) =>
  findNode({nodePath, env: {PATH: path.map((one) => join(folder, one)).join(':')}});

describe('the Node of an entry', () => {
  test('is Homebrew’s link that stays, not the folder of a version', () => {
    const nodePath = file('opt/homebrew/Cellar/node/22.1.0/bin/node');
    link('opt/homebrew/opt/node', join(folder, 'opt/homebrew/Cellar/node/22.1.0'));
    expect(nodeFor(nodePath)).toEqual({
      path: join(folder, 'opt/homebrew/opt/node/bin/node'),
      alternatives: [nodePath, join(folder, 'opt/homebrew/Cellar/node/*/bin/node')],
    });
  });

  test('is the folder of a version where Homebrew’s link leads to another one', () => {
    const nodePath = file('opt/homebrew/Cellar/node@20/20.1.0/bin/node');
    file('opt/homebrew/Cellar/node@20/20.2.0/bin/node');
    link('opt/homebrew/opt/node@20', join(folder, 'opt/homebrew/Cellar/node@20/20.2.0'));
    expect(nodeFor(nodePath).path).toBe(nodePath);
  });

  test.each([
    ['nvm', '.nvm/versions/node/v20.20.2/bin/node', '.nvm/versions/node/*/bin/node'],
    ['fnm', '.local/share/fnm/node-versions/v22.1.0/installation/bin/node', '.local/share/fnm/node-versions/*/installation/bin/node'],
    ['mise', '.local/share/mise/installs/node/24.0.1/bin/node', '.local/share/mise/installs/node/*/bin/node'],
    ['asdf', '.asdf/installs/nodejs/20.1.0/bin/node', '.asdf/installs/nodejs/*/bin/node'],
    ['volta', '.volta/tools/image/node/20.1.0/bin/node', '.volta/tools/image/node/*/bin/node'],
  ])('of %s is pinned, and its other versions are alternatives', (_, path, pattern) => {
    const nodePath = file(path);
    link('run/fnm_multishells/123_456/bin/node', nodePath);
    link('bin/node', nodePath);
    expect(nodeFor(nodePath, 'run/fnm_multishells/123_456/bin', 'bin')).toEqual({
      path: nodePath,
      alternatives: [join(folder, 'bin/node'), join(folder, pattern)],
    });
  });

  test('is the link on PATH where Node lies in no version’s folder', () => {
    const nodePath = file('usr/lib/nodejs/bin/node');
    link('usr/local/bin/node', nodePath);
    file('other/node');
    expect(nodeFor(nodePath, 'other', 'usr/local/bin')).toEqual({path: join(folder, 'usr/local/bin/node'), alternatives: [nodePath]});
  });
});

describe('the mem of an entry', () => {
  const find = (scriptPath: string, allowEphemeral = false, temporaryFolder = '/nonexistent') =>
    findScript({scriptPath, temporaryFolder}, allowEphemeral);
  // The tests' own folder is a temporary one.
  const ephemeral = (path: string, word: string): void => expect(() => find(path)).toThrow(word);

  test('is the link that it was called by, and what it leads to after that', () => {
    const real = file('lib/node_modules/mem/bin/mem.js');
    const called = link('bin/mem', real);
    expect(find(called, true)).toEqual({path: called, alternatives: [real]});
  });

  test('is not the link of one shell', () => {
    const real = file('.nvm/versions/node/v20.1.0/lib/node_modules/mem/bin/mem.js');
    const called = link('fnm_multishells/1_2/bin/mem', real);
    expect(find(called, true)).toEqual({path: real, alternatives: [join(folder, '.nvm/versions/node/*/lib/node_modules/mem/bin/mem.js')]});
  });

  test('that will be gone soon is refused, with whose it is', () => {
    ephemeral(file('.npm/_npx/1a/node_modules/mem/bin/mem.js'), 'npx');
    ephemeral(file('.cache/pnpm/dlx-12/node_modules/mem/bin/mem.js'), 'pnpm dlx');
    ephemeral(file('mem/bin/mem.js'), 'a temporary folder');
  });

  test('in a worktree of git is refused, in the repository itself it is not', () => {
    // Not below a temporary folder: the repository that holds this test.
    const here = realpathSync('.');
    const worktree = join(here, 'node_modules/.mem-worktree');
    try {
      mkdirSync(join(worktree, 'bin'), {recursive: true});
      writeFileSync(join(worktree, 'bin/mem.js'), '');
      writeFileSync(join(worktree, '.git'), 'gitdir: /x/.git/worktrees/y\n');
      const isTemporary = /^\/(tmp|var\/tmp|var\/folders|private)\//.test(here);
      expect(() => find(join(worktree, 'bin/mem.js'))).toThrow(isTemporary ? 'a temporary folder' : 'a worktree of git');
    } finally {
      rmSync(worktree, {recursive: true, force: true});
    }
  });
});

test('the PATH of the jobs is the same from whatever shell: Node, what is the user’s, and the system’s', () => {
  const node = {path: '/opt/node/bin/node', alternatives: []};
  const system = ['/usr/local/bin', '/usr/bin', '/bin'];
  expect(lastingPath(node, {platform: 'linux', homeFolder: '/home/u'})).toEqual(['/opt/node/bin', '/home/u/.local/bin', ...system]);
  expect(lastingPath(node, {platform: 'darwin', homeFolder: '/Users/u'})).toEqual([
    '/opt/node/bin',
    '/Users/u/.local/bin',
    '/opt/homebrew/bin',
    ...system,
  ]);
});
