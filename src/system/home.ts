import {isAbsolute, join, resolve} from 'node:path';
import {MemError} from '../errors.js';
import {accountHome} from './account-home.js';

export interface HomeFacts {
  /** The value of `--store`; it wins over everything else. */
  readonly store: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/**
 * The folder that holds `inbox/`, `db/` and `locks/`, as an absolute path. It may not exist yet.
 * @throws MemError USAGE when `--store` is empty: a script with an unset variable must not write into another home unnoticed. Also when
 * the folder is not absolute once `~/` is replaced: it would be another one in each working folder
 */
export function findHome({store, env, platform}: HomeFacts): string {
  if (store === '') throw new MemError('USAGE', '--store is empty', {hint: 'name a folder: --store FOLDER; or leave --store out'});
  const {MEM_HOME, XDG_DATA_HOME: share} = env;
  const named = store ?? MEM_HOME;
  if (named) return absoluteFolder(named, store === undefined ? 'MEM_HOME' : '--store', env);
  const user = accountHome(env);
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'mem');
  // The XDG specification: a relative path must be ignored.
  return share && isAbsolute(share) ? join(share, 'mem') : join(user, '.local', 'share', 'mem');
}

function absoluteFolder(named: string, where: string, env: HomeFacts['env']): string {
  const folder = named === '~' || named.startsWith('~/') ? join(accountHome(env), named.slice(1)) : named;
  if (isAbsolute(folder)) return resolve(folder);
  throw new MemError('USAGE', `the folder "${named}" in ${where} is not absolute`, {
    hint: `name it from the root, for example "$PWD/${named}", or begin it with ~/`,
  });
}
