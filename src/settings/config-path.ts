import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf} from '../errors.js';
import {accountHome} from '../system/account-home.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** `$XDG_CONFIG_HOME/mem/config.toml`, by default under ~/.config; on macOS under ~/Library/Application Support. */
export function configPath(env: Environment, platform: string): string {
  const {XDG_CONFIG_HOME: xdg} = env;
  // The XDG specification: a relative path is invalid and ignored.
  if (xdg?.startsWith('/')) return join(xdg, 'mem', 'config.toml');
  const home = accountHome(env);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'mem', 'config.toml');
  return join(home, '.config', 'mem', 'config.toml');
}

/**
 * Whether the settings may name a database, as their text looks: for who must not read them whole. A file that cannot be read may.
 * @param path of config.toml
 */
export function mayNameDatabase(env: Environment, path: string): boolean {
  if (env['MEM_STORE_URL']) return true;
  try {
    return /^\s*\[?\s*["']?store["']?\s*[\].=]/m.test(readFileSync(path, 'utf8'));
  } catch (error) {
    return errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR';
  }
}
