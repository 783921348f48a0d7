import {readdirSync, realpathSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {ioError, MemError} from '../../errors.js';
import type {Clock} from '../../system/clock.js';
import {writeFileWithFolders} from '../../system/files/replace-file.js';
import {type CommandResult, complaintOf, type RunCommand} from '../install/run-command.js';

const KEPT_BACKUPS = 5;

/** The crontab of this user, through crontab(1). */
export interface CrontabTable {
  /** @returns undefined when the user has no crontab @throws MemError SERVICE_AWAY when mem cannot find out */
  read(): Promise<string | undefined>;
  /**
   * Replaces `before` by `after`, with a backup; undefined removes the table.
   * @param restore what to write when the table differs afterwards, because another program writes too
   * @throws MemError NOT_WRITTEN when the table is no longer `before`, or is not `after` in the end
   */
  replace(
    before: string | undefined,
    after: string | undefined,
    restore: (current: string | undefined) => string | undefined,
  ): Promise<void>;
}

/** @param backups the folder of the backups @param path the folders to search for the command, as in PATH */
export function openCrontab(run: RunCommand, {backups, path, clock}: {backups: string; path: string; clock: Clock}): CrontabTable {
  const read = async (): Promise<string | undefined> => {
    const listed = await run('crontab', ['-l']);
    if (listed === undefined)
      throw new MemError('SERVICE_AWAY', 'the command crontab does not exist', {hint: 'install cron, or see: mem help install-schedule'});
    if (listed.status === 0) return listed.stdout;
    if (saysNoCrontab(listed, path)) return undefined;
    throw new MemError('SERVICE_AWAY', `crontab -l failed: ${complaintOf(listed)}`, {
      hint: 'nothing was changed; if you may not use cron here, see /etc/cron.allow and /etc/cron.deny',
    });
  };
  const write = async (after: string | undefined): Promise<void> => {
    const written = after === undefined ? await run('crontab', ['-r']) : await run('crontab', ['-'], after);
    if (written?.status === 0) return;
    const complaint = written === undefined ? 'the command crontab does not exist' : complaintOf(written);
    throw new MemError('NOT_WRITTEN', `crontab refused the new table: ${complaint}`, {
      hint: 'the old table is still there; report this with: mem install-schedule --print',
    });
  };
  return {
    read,
    async replace(before, after, restore) {
      if (before !== undefined) keepBackup(backups, before, clock());
      if ((await read()) !== before) throw changedMeanwhile();
      await write(after);
      const written = await read();
      if (written === after) return;
      const restored = restore(written);
      if (restored !== written) await write(restored);
      throw new MemError('NOT_WRITTEN', 'the crontab is not what was written', {
        hint: `another program has changed it, or crontab changes its input; the old table is in ${backups}`,
      });
    },
  };
}

function changedMeanwhile(): MemError {
  return new MemError('NOT_WRITTEN', 'another program changed the crontab at the same time', {
    hint: 'nothing was changed; run the command again',
  });
}

/** Any other complaint may be an error that hides a table. Such a table must not be overwritten. */
function saysNoCrontab(listed: CommandResult, path: string): boolean {
  if (listed.status !== 1 || listed.stdout !== '') return false;
  if (listed.stderr.includes('no crontab for')) return true;
  return isBusybox(path) && /can't open '[^']+': No such file or directory/.test(listed.stderr);
}

/** Whether crontab is BusyBox's. Its crontab has other messages, and its crond reads `%` and backslash literally. */
export function isBusybox(path: string): boolean {
  for (const folder of path.split(':')) {
    try {
      return basename(realpathSync(join(folder, 'crontab'))).startsWith('busybox');
    } catch {
      // Not in this folder.
    }
  }
  return false;
}

function keepBackup(folder: string, text: string, now: number): void {
  try {
    const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '').replace('.', '');
    writeFileWithFolders(join(folder, `crontab-${stamp}`), text);
    const kept = readdirSync(folder)
      .filter((name) => /^crontab-\d{8}T\d{9}Z$/.test(name))
      .sort();
    for (const name of kept.slice(0, -KEPT_BACKUPS)) rmSync(join(folder, name), {force: true});
  } catch (error) {
    throw ioError(error, `the backup of the crontab in ${folder}`);
  }
}
