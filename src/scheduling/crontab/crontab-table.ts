import {readdirSync, realpathSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {ioError, MemError} from '../../errors.js';
import type {Clock} from '../../system/clock.js';
import {writeFileWithFolders} from '../../system/replace-file.js';
import {type CommandResult, complaintOf, type RunCommand} from '../install/run-command.js';

const KEPT_BACKUPS = 5;

/** The crontab of this user, by crontab(1). */
export interface CrontabTable {
  /** @returns undefined where the user has none @throws MemError SERVICE_AWAY when it cannot be told whether he has one */
  read(): Promise<string | undefined>;
  /**
   * Puts `after` in the place of `before`, after a backup; undefined removes the table.
   * @param mend what to write when the table is something else afterwards: another program writes, too
   * @throws MemError NOT_WRITTEN when the table is not `before` any more, or is not `after` then
   */
  replace(before: string | undefined, after: string | undefined, mend: (there: string | undefined) => string | undefined): Promise<void>;
}

/** @param where of the backups a folder; of the command the folders to look in, as PATH has them */
export function openCrontab(run: RunCommand, {backups, path, clock}: {backups: string; path: string; clock: Clock}): CrontabTable {
  const read = async (): Promise<string | undefined> => {
    const listed = await run('crontab', ['-l']);
    if (listed === undefined)
      throw new MemError('SERVICE_AWAY', 'there is no command crontab', {hint: 'install cron, or see: mem help install-schedule'});
    if (listed.status === 0) return listed.stdout;
    if (saysNone(listed, path)) return undefined;
    throw new MemError('SERVICE_AWAY', `crontab -l failed: ${complaintOf(listed)}`, {
      hint: 'nothing was changed; if you may not use cron here, see /etc/cron.allow and /etc/cron.deny',
    });
  };
  const write = async (after: string | undefined): Promise<void> => {
    const written = after === undefined ? await run('crontab', ['-r']) : await run('crontab', ['-'], after);
    if (written?.status === 0) return;
    const complaint = written === undefined ? 'there is no command crontab' : complaintOf(written);
    throw new MemError('NOT_WRITTEN', `crontab refused the new table: ${complaint}`, {
      hint: 'the old one is still there; report it with: mem install-schedule --print',
    });
  };
  return {
    read,
    async replace(before, after, mend) {
      if (before !== undefined) keepBackup(backups, before, clock());
      if ((await read()) !== before) throw changedMeanwhile();
      await write(after);
      const there = await read();
      if (there === after) return;
      const mended = mend(there);
      if (mended !== there) await write(mended);
      throw new MemError('NOT_WRITTEN', 'the crontab is not what was written', {
        hint: `another program has changed it, or crontab changes what it is given; the table as it was lies in ${backups}`,
      });
    },
  };
}

function changedMeanwhile(): MemError {
  return new MemError('NOT_WRITTEN', 'the crontab was changed by another program meanwhile', {
    hint: 'nothing was changed; run the command again',
  });
}

/** Everything but "there is none" may be an error that hides a table, which must not be written over then. */
function saysNone(listed: CommandResult, path: string): boolean {
  if (listed.status !== 1 || listed.stdout !== '') return false;
  if (listed.stderr.includes('no crontab for')) return true;
  return isBusybox(path) && /can't open '[^']+': No such file or directory/.test(listed.stderr);
}

/** Of BusyBox, whose crontab has words of its own, and whose crond reads `%` and backslash as they stand. */
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
