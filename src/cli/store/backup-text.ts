import {Calendar} from '../../domain/time/period.js';
import type {BackupReport} from '../../operations/care/backup.js';
import type {RestoreReport} from '../../operations/care/restore.js';
import type {Line} from '../../text/line.js';
import {count, thousands} from '../../text/node-text.js';

export function backupLines({dryRun, folder, files, bytes, copiedFiles, copiedBytes, isWhole}: BackupReport): readonly Line[] {
  if (!isWhole) return [[`It was ended before it was done; the backup before still stands in ${folder}.`]];
  const copied = `${count(copiedFiles, 'file')} (${kibibytes(copiedBytes)})`;
  return [[`Backup in ${folder}: ${count(files, 'file')} (${kibibytes(bytes)}); ${dryRun ? 'would be copied' : 'copied now'}: ${copied}`]];
}

export function restoreLines({dryRun, folder, home, manifest, store}: RestoreReport): readonly Line[] {
  const {createdAt, timeZone, events, files} = manifest;
  const when = new Calendar(timeZone).format(createdAt);
  const lines: Line[] = [[`Backup in ${folder}: ${count(files.length, 'file')} with ${count(events, 'event')}, made ${when}`]];
  if (dryRun) lines.push(['It is whole.']);
  else if (store === undefined) lines.push(['It was ended before it was done; nothing was made.']);
  else {
    lines.push([`Restored in ${home}: ${count(store.events, 'event')}; time zone ${store.timeZone}`]);
    if (files.some(({path}) => path === 'config.toml')) lines.push([`The settings are in ${folder}/config.toml.`]);
  }
  return lines;
}

const kibibytes = (bytes: number): string => `${thousands(Math.ceil(bytes / 1024))} KiB`;
