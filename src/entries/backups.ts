// The entry of backups: what they are made in, and the home that one becomes.
import {createHash} from 'node:crypto';
import {realpathSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {openBackupFolder} from '../backups/backup-folder.js';
import {assertFree, beginHome} from '../backups/new-home.js';
import {MemError} from '../errors.js';
import type {BackupParts} from '../operations/care/backup.js';
import type {RestoreParts} from '../operations/care/restore.js';
import type {Settings} from '../settings/config.js';
import {openSettingsFile} from '../settings/own-settings-file.js';
import {settingsToKeep} from '../settings/settings-to-keep.js';
import {readFileIfThere} from '../system/files/replace-file.js';
import {redactKey} from '../system/redact-key.js';
import {redactPatternsPath} from '../system/redact-patterns.js';

/** @throws MemError USAGE where one lies in the other */
export function backupParts(home: string, folder: string, settings: Pick<Settings, 'list'>): BackupParts {
  const location = locationOf(home, folder);
  // It makes the key, where none is yet.
  const memory = createHash('sha256').update('mem backup ').update(redactKey(home)).digest('hex').slice(0, 16);
  const path = join(home, 'redact-key');
  return {
    folder: openBackupFolder(location),
    key: {path, bytes: Buffer.byteLength(readFileIfThere(path) ?? ''), memory},
    rules: readFileIfThere(redactPatternsPath(home)),
    settings: settingsToKeep(settings, openSettingsFile()),
  };
}

/** @throws MemError USAGE where one lies in the other */
export function restoreParts(home: string, folder: string): Omit<RestoreParts, 'open'> {
  return {
    folder: openBackupFolder(locationOf(home, folder)),
    home,
    assertFree: () => assertFree(home),
    begin: () => beginHome(home),
  };
}

function locationOf(home: string, folder: string): string {
  const [at, of] = [real(resolve(folder)), real(home)];
  if (at === of || at.startsWith(`${of}/`) || of.startsWith(`${at}/`)) {
    throw new MemError('USAGE', `the backup ${at} and the home ${of} may not lie in each other`, {hint: 'name a folder on another disk'});
  }
  return at;
}

/** With links followed, as far as the path exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path));
  }
}
