import {Calendar} from '../../domain/time/period.js';
import type {Amount, BackupReport} from '../../operations/care/backup/back-up.js';
import type {RestoreReport} from '../../operations/care/backup/restore.js';
import {type Line, styled} from '../../text/line.js';
import {bytesText, count} from '../../text/node-text.js';

/** What was copied, and what keeps it from being all. */
export function backupLines({dryRun, folder, name, files, added, removedFiles, problems}: BackupReport): readonly Line[] {
  const troubles = problems.map((problem): Line => [styled('red', problem)]);
  if (dryRun) return [...troubles, [`Would be backed up into ${folder}: ${amountText(files)}, of them new ${amountText(added)}`]];
  if (name === undefined) return [['It was ended before it was done; what was copied stays for the next run.']];
  const removed = removedFiles === 0 ? [] : [[`${count(removedFiles, 'file')} of backups that are kept no longer removed`]];
  return [
    ...troubles,
    [`Backed up into ${folder}: ${amountText(files)}, of them new ${amountText(added)}`],
    ...removed,
    [`Manifest: ${name}`],
  ];
}

const amountText = ({files, bytes}: Amount): string => `${count(files, 'file')} (${bytesText(bytes)})`;

/** What was verified and made; what is to be done by hand comes last. */
export function restoreLines(report: RestoreReport): readonly Line[] {
  const {dryRun, home, manifest, at, timeZone, files, bytes, manifests, refused, store, forgotten, tombstones, hasSettings} = report;
  const when = new Calendar(timeZone).formatMinute(at);
  const lines: Line[] = [[`Backup: ${manifest} of ${when} (${timeZone}), ${amountText({files, bytes})}`]];
  for (const name of refused) lines.push([styled('red', `Not whole, or of a newer mem: ${name}`)]);
  if (dryRun) return [...lines, ['Every file is as it was backed up.'], ...manifests.map((name): Line => [`There is: ${name}`])];
  if (store === undefined) return [...lines, [styled('red', 'It was ended before it was done; run it again.')]];
  lines.push([`Home: ${home}, ${count(store.events, 'event')}`]);
  if (forgotten > 0) lines.push([`${count(forgotten, 'event')} forgotten since stay forgotten`]);
  lines.push([
    tombstones === 0
      ? 'It knows of no forgotten events: what was forgotten after this backup is back.'
      : `It knows of ${count(tombstones, 'forgotten event')}.`,
  ]);
  if (store.keptAt !== undefined) lines.push([`The old store is kept at ${store.keptAt}; remove it when you miss nothing.`]);
  if (hasSettings)
    lines.push([`Settings of the backup lie in ${home}/restored-settings.toml; put what you want into the file that mem config names.`]);
  lines.push(['Next: mem connect, mem install-schedule']);
  return lines;
}
