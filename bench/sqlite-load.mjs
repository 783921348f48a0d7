import {spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, rmSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {run} from './measure.mjs';

/** What loads a file of events into a new database with the sqlite3 shell; undefined where the shell or load.sql is missing. */
export function sqliteLoad(folder, file, evalFolder) {
  if (evalFolder === undefined || !existsSync(join(evalFolder, 'load.sql'))) return undefined;
  if (spawnSync('sqlite3', ['--version']).status !== 0) return undefined;
  const beside = join(folder, 'big.jsonl');
  rmSync(beside, {force: true});
  symlinkSync(file, beside);
  copyFileSync(join(evalFolder, 'load.sql'), join(folder, 'load.sql'));
  return () => {
    rmSync(join(folder, 'new.db'), {force: true});
    return run(`cd '${folder}' && sqlite3 new.db < load.sql`);
  };
}
