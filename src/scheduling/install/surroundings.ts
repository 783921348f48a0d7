import {readFileSync, realpathSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {accountHome} from '../../system/account-home.js';
import type {Surroundings} from './schedule-places.js';

/** What a schedule depends on: this machine, this user, this Node and this mem. */
export function surroundings(env: Surroundings['env']): Surroundings {
  const scriptPath = resolve(process.argv[1] ?? '');
  const packageRoot = dirname(dirname(realpathSync(scriptPath)));
  const {version} = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {version: string};
  const {uid, username} = userInfo();
  return {
    env,
    platform: process.platform,
    uid,
    userName: username,
    homeFolder: accountHome(env),
    temporaryFolder: tmpdir(),
    nodePath: realpathSync(process.execPath),
    scriptPath,
    packageRoot,
    version,
    root: '/',
  };
}
