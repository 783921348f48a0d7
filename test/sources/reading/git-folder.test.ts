import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {folderFacts} from '../../../src/sources/reading/git-folder.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mem-folder-'));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), {recursive: true});
  writeFileSync(join(root, path), content);
}

/** A repository as git makes it, as far as it is read. */
function repository(path: string, origin?: string): void {
  write(`${path}/HEAD`, 'ref: refs/heads/main\n');
  const remote =
    origin === undefined ? '' : `[remote "fork"]\n\turl = https://x.example/other/one.git\n[remote "origin"]\n\turl = ${origin}\n`;
  write(`${path}/config`, `[core]\n\tbare = false\n${remote}[branch "main"]\n\tremote = origin\n`);
}

function folder(path: string): string {
  mkdirSync(join(root, path), {recursive: true});
  return join(root, path);
}

test('names a repository by its origin, from any folder below it', () => {
  repository('kitchen/.git', 'git@git.example.org:Acme/Kitchen.git');
  expect(folderFacts(folder('kitchen/src/soup'))).toEqual({
    kind: 'there',
    project: 'acme/kitchen',
    root: join(root, 'kitchen'),
    isIgnored: false,
  });
});

test('names a repository without an origin by its folder', () => {
  repository('kitchen/.git');
  expect(folderFacts(folder('kitchen/src'))).toMatchObject({project: 'kitchen'});
});

test('gives a work tree the project of the main one', () => {
  repository('kitchen/.git');
  write('kitchen/.git/worktrees/soup/commondir', '../..\n');
  write('trees/soup/.git', `gitdir: ${join(root, 'kitchen/.git/worktrees/soup')}\n`);
  expect(folderFacts(folder('trees/soup'))).toMatchObject({project: 'kitchen', root: join(root, 'trees/soup')});
});

test('gives a submodule a project of its own', () => {
  repository('kitchen/.git', 'https://git.example.org/acme/kitchen');
  repository('kitchen/.git/modules/pots', 'https://git.example.org/acme/pots');
  write('kitchen/lib/pots/.git', 'gitdir: ../../.git/modules/pots\n');
  expect(folderFacts(folder('kitchen/lib/pots/src'))).toMatchObject({project: 'acme/pots'});
});

test('names a submodule without an origin by its folder', () => {
  repository('kitchen/.git');
  repository('kitchen/.git/modules/pots');
  write('kitchen/lib/pots/.git', 'gitdir: ../../.git/modules/pots\n');
  expect(folderFacts(folder('kitchen/lib/pots'))).toMatchObject({project: 'pots'});
});

test('names a work tree of a bare repository by the repository', () => {
  repository('kitchen.git');
  write('kitchen.git/worktrees/soup/commondir', '../..\n');
  write('soup/.git', `gitdir: ${join(root, 'kitchen.git/worktrees/soup')}\n`);
  expect(folderFacts(folder('soup'))).toMatchObject({project: 'kitchen'});
});

test('sees that a project is to be left out', () => {
  repository('kitchen/.git');
  write('kitchen/.memignore', '');
  expect(folderFacts(folder('kitchen/src'))).toMatchObject({isIgnored: true});
  write('plain/.memignore', '');
  expect(folderFacts(folder('plain'))).toMatchObject({project: 'plain', isIgnored: true});
});

test('knows nothing of a folder that is gone', () => {
  expect(folderFacts(join(root, 'gone'))).toEqual({kind: 'gone'});
});
