import {readFileSync, realpathSync} from 'node:fs';
import {delimiter, dirname, isAbsolute, join} from 'node:path';
import {MemError} from '../../errors.js';
import type {Surroundings} from './schedule-places.js';

/** A program that the runner must find: its path, and where to look when it is gone. `*` in an alternative stands for a version. */
export interface Findable {
  readonly path: string;
  readonly alternatives: readonly string[];
}

const VERSION_FOLDER = /^v?\d+(?:\.\d+)+(?:[-_][\w.]+)?$/;
/** fnm's folder of links exists as long as one shell. */
const OF_ONE_SHELL = /\/fnm_multishells\//;
const EPHEMERAL = [
  ['/_npx/', 'npx'],
  ['/pnpm/dlx', 'pnpm dlx'],
  ['/dlx-', 'a dlx command'],
  ['/bunx-', 'bunx'],
] as const;

/**
 * The Node that the runner starts. Its real path is not always the lasting one: an upgrade by Homebrew removes `Cellar/node/<version>` and
 * keeps `opt/node`. A Node of nvm, fnm, mise, asdf or volta is pinned, and its other versions are alternatives.
 */
export function findNode({nodePath, env}: Pick<Surroundings, 'nodePath' | 'env'>): Findable {
  const {PATH = ''} = env;
  const cellar = /^(.*)\/Cellar\/([^/]+)\/[^/]+\/(bin\/.+)$/.exec(nodePath);
  const stable = cellar === null ? [] : [`${cellar[1]}/opt/${cellar[2]}/${cellar[3]}`].filter((path) => isSame(path, nodePath));
  const linked = stablePath(PATH)
    .map((folder) => join(folder, 'node'))
    .filter((path) => isSame(path, nodePath));
  const isManaged = versionPattern(nodePath) !== undefined;
  return ranked(isManaged ? [...stable, nodePath, ...linked] : [...stable, ...linked, nodePath]);
}

/**
 * mem's own script. Package managers keep the link through which it was called.
 * @throws MemError CONFIG_INVALID for a script that will soon be gone, unless `allowEphemeral`
 */
export function findScript(
  {scriptPath, temporaryFolder}: Pick<Surroundings, 'scriptPath' | 'temporaryFolder'>,
  allowEphemeral: boolean,
): Findable {
  const real = realpathSync(scriptPath);
  const why = allowEphemeral ? undefined : (ephemeralReason(real, temporaryFolder) ?? ephemeralReason(scriptPath, temporaryFolder));
  if (why !== undefined) {
    throw new MemError('CONFIG_INVALID', `this mem will soon be gone: ${real} belongs to ${why}`, {
      hint: 'install mem permanently (npm install -g) and run that mem; --allow-ephemeral installs the schedule anyway',
    });
  }
  return ranked([scriptPath, real].filter((path) => !OF_ONE_SHELL.test(path)));
}

function ephemeralReason(path: string, temporaryFolder: string): string | undefined {
  const known = EPHEMERAL.find(([part]) => path.includes(part));
  if (known !== undefined) return known[1];
  const folders = ['/tmp', '/var/tmp', '/private/tmp', '/var/folders', '/private/var/folders', realpathOr(temporaryFolder)];
  if (folders.some((folder) => folder !== '/' && path.startsWith(`${folder}/`))) return 'a temporary folder';
  return isInWorktree(path) ? 'a worktree of git' : undefined;
}

/** In a worktree, which is removed when its branch is done, `.git` is a file. */
function isInWorktree(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      return readFileSync(join(folder, '.git'), 'utf8').includes('/worktrees/');
    } catch {
      // The file does not exist or is a folder: an ordinary checkout, or no repository.
    }
  }
  return false;
}

/**
 * The PATH of the jobs: Node's own folder, the user's and the system's. It does not follow the shell that installs: from another one the
 * installation would look changed.
 */
export function lastingPath({path}: Findable, {platform, homeFolder}: Pick<Surroundings, 'platform' | 'homeFolder'>): readonly string[] {
  const brew = platform === 'darwin' ? ['/opt/homebrew/bin'] : [];
  return [dirname(path), join(homeFolder, '.local', 'bin'), ...brew, '/usr/local/bin', '/usr/bin', '/bin'];
}

/** The folders of `PATH` that last. Relative folders, and those of one shell or one package, are left out. */
function stablePath(path: string): readonly string[] {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder) && !OF_ONE_SHELL.test(folder));
  return [...new Set(folders.filter((folder) => !/[\0-\x1f\x7f]|\/node_modules\/\.bin\/?$|\/_npx\//.test(folder)))];
}

function ranked(paths: readonly string[]): Findable {
  const [path = '', ...others] = [...new Set(paths)];
  return {path, alternatives: [...others, ...new Set([path, ...others].flatMap((known) => versionPattern(known) ?? []))]};
}

/** Turns `~/.nvm/versions/node/v22.1.0/bin/node` into `~/.nvm/versions/node/*\/bin/node`; undefined if no folder is named after a version. */
function versionPattern(path: string): string | undefined {
  const parts = dirname(path).split('/');
  const at = parts.findIndex((part) => VERSION_FOLDER.test(part));
  // A star in the path itself would look like ours.
  if (at < 0 || path.includes('*')) return undefined;
  return [...parts.slice(0, at), '*', ...parts.slice(at + 1), path.slice(path.lastIndexOf('/') + 1)].join('/');
}

function isSame(path: string, real: string): boolean {
  return realpathOr(path) === real;
}

function realpathOr(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
