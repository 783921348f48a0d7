import {readFileSync, realpathSync} from 'node:fs';
import {delimiter, dirname, isAbsolute, join} from 'node:path';
import {MemError} from '../../errors.js';
import type {Surroundings} from './schedule-places.js';

/** A program that the runner is to find: a path, and what to look at when it is gone. `*` in an alternative stands for a version. */
export interface Findable {
  readonly path: string;
  readonly alternatives: readonly string[];
}

const VERSION_FOLDER = /^v?\d+(?:\.\d+)+(?:[-_][\w.]+)?$/;
/** fnm's folder of links lives as long as one shell. */
const OF_ONE_SHELL = /\/fnm_multishells\//;
const EPHEMERAL = [
  ['/_npx/', 'npx'],
  ['/pnpm/dlx', 'pnpm dlx'],
  ['/dlx-', 'a dlx command'],
  ['/bunx-', 'bunx'],
] as const;

/**
 * The Node that the runner starts. Its real path is not always the one that lasts: Homebrew removes `Cellar/node/<version>` when it is
 * upgraded, and has `opt/node` that stays. A Node of nvm, fnm, mise, asdf or volta is pinned, and its other versions are alternatives.
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
 * mem's own script. The link that it was called by is what package managers keep.
 * @throws MemError CONFIG_INVALID for one that will be gone soon, unless `allowEphemeral`
 */
export function findScript(
  {scriptPath, temporaryFolder}: Pick<Surroundings, 'scriptPath' | 'temporaryFolder'>,
  allowEphemeral: boolean,
): Findable {
  const real = realpathSync(scriptPath);
  const why = allowEphemeral ? undefined : (ephemeralReason(real, temporaryFolder) ?? ephemeralReason(scriptPath, temporaryFolder));
  if (why !== undefined) {
    throw new MemError('CONFIG_INVALID', `this mem will be gone soon: ${real} belongs to ${why}`, {
      hint: 'install mem where it stays (npm install -g) and run that one; --allow-ephemeral installs the schedule anyway',
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

/** In a second checkout of a repository, which is removed when its branch is done, `.git` is a file. */
function isInWorktree(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      return readFileSync(join(folder, '.git'), 'utf8').includes('/worktrees/');
    } catch {
      // No such file, or a folder: a checkout of its own, or none.
    }
  }
  return false;
}

/** `PATH` without what is relative, of one shell or of one package: what the runner can look through at any time. */
export function stablePath(path: string): readonly string[] {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder) && !OF_ONE_SHELL.test(folder));
  return [...new Set(folders.filter((folder) => !/[\0-\x1f\x7f]|\/node_modules\/\.bin\/?$|\/_npx\//.test(folder)))];
}

function ranked(paths: readonly string[]): Findable {
  const [path = '', ...others] = [...new Set(paths)];
  return {path, alternatives: [...others, ...new Set([path, ...others].flatMap((one) => versionPattern(one) ?? []))]};
}

/** `~/.nvm/versions/node/*\/bin/node` of `~/.nvm/versions/node/v22.1.0/bin/node`; undefined where no folder is named after a version. */
function versionPattern(path: string): string | undefined {
  const parts = dirname(path).split('/');
  const at = parts.findIndex((part) => VERSION_FOLDER.test(part));
  // A star that the path itself has would be taken for ours.
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
