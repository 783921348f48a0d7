import {isAbsolute, join, resolve} from 'node:path';
import {MemError} from '../errors.js';

export interface HomeFacts {
  /** The value of `--store`; it wins over everything else. */
  readonly store: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/**
 * The folder that holds `inbox/`, `db/` and `locks/`, as an absolute path. It may not exist yet.
 * @throws MemError USAGE when `--store` is empty: a script with an unset variable must not write into another home unnoticed
 */
export function findHome({store, env, platform}: HomeFacts): string {
  if (store === '') throw new MemError('USAGE', '--store is empty', {hint: 'name a folder: --store FOLDER; or leave --store out'});
  const {MEM_HOME, HOME, XDG_DATA_HOME: share} = env;
  const named = store ?? MEM_HOME;
  if (named) return resolve(named);
  const user = HOME || process.getBuiltinModule('node:os').homedir();
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'mem');
  // The XDG specification: a relative path must be ignored.
  return share && isAbsolute(share) ? join(share, 'mem') : join(user, '.local', 'share', 'mem');
}
