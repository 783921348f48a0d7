import {instant} from '../domain/time/instant.js';
import {Calendar} from '../domain/time/period.js';
import type {BackupReport} from '../operations/care/backup/back-up.js';
import type {RestoreReport} from '../operations/care/backup/restore.js';
import {madeStoreJson} from './care-json.js';

const utc = (at: number): string => new Calendar('UTC').format(instant(at));

/** What a backup holds, and what of it is new. */
export function backupJson({dryRun, folder, at, name, files, added, removedFiles, problems}: BackupReport): Record<string, unknown> {
  return {dry_run: dryRun, folder, at: utc(at), manifest: name ?? null, files, added, removed_files: removedFiles, problems};
}

/** What a restore found and made. */
export function restoreJson(report: RestoreReport): Record<string, unknown> {
  const {dryRun, folder, home, manifest, at, timeZone, files, bytes, manifests, refused, store, forgotten, tombstones, hasSettings} =
    report;
  return {
    dry_run: dryRun,
    folder,
    home,
    manifest,
    at: utc(at),
    time_zone: timeZone,
    files,
    bytes,
    manifests,
    refused,
    store: madeStoreJson(store),
    forgotten_again: forgotten,
    tombstones,
    has_settings: hasSettings,
  };
}
