import {Calendar} from '../domain/time/period.js';
import type {BackupReport} from '../operations/care/backup.js';
import type {CheckReport} from '../operations/care/check/check-report.js';
import type {MadeStore} from '../operations/care/repair/make-store.js';
import type {RebuildReport} from '../operations/care/repair/rebuild.js';
import type {RepairReport} from '../operations/care/repair/repair.js';
import type {RestoreReport} from '../operations/care/restore.js';

/** What a check found. */
export function checkJson({depth, at, verdicts, storeFault, cure, isWhole}: CheckReport): Record<string, unknown> {
  return {
    depth,
    at: new Calendar('UTC').format(at),
    is_whole: isWhole,
    is_well: cure === undefined,
    store_fault: storeFault ?? null,
    parts: verdicts.map(({part, looked, faults, examples, remarks}) => ({part, looked_at: looked, faults, examples, remarks})),
    cure: cure ?? null,
  };
}

/** What a repair found, did, and found then. */
export function repairJson({dryRun, before, copies, store, journal, after}: RepairReport): Record<string, unknown> {
  return {
    dry_run: dryRun,
    before: checkJson(before),
    repaired: copies,
    store: madeStoreJson(store),
    journal:
      journal === undefined
        ? null
        : {files: journal.files, events: journal.events, versions: journal.versions, kept_at: journal.keptAt ?? null},
    after: after === undefined ? null : checkJson(after),
  };
}

export function rebuildJson({dryRun, files, lines, damaged, store}: RebuildReport): Record<string, unknown> {
  return {
    dry_run: dryRun,
    journal: {files, events: lines.events, versions: lines.versions, damaged_places: damaged},
    store: madeStoreJson(store),
  };
}

export function backupJson({dryRun, folder, files, bytes, copiedFiles, copiedBytes, isWhole}: BackupReport): Record<string, unknown> {
  return {dry_run: dryRun, folder, is_whole: isWhole, files, bytes, copied_files: copiedFiles, copied_bytes: copiedBytes};
}

export function restoreJson({dryRun, folder, home, manifest, store}: RestoreReport): Record<string, unknown> {
  const {createdAt, timeZone, events, files} = manifest;
  const backup = {created_at: new Calendar(timeZone).format(createdAt), time_zone: timeZone, events, files: files.length};
  return {dry_run: dryRun, folder, home, backup, store: madeStoreJson(store)};
}

function madeStoreJson(store: MadeStore | undefined): Record<string, unknown> | null {
  if (store === undefined) return null;
  return {
    time_zone: store.timeZone,
    events: store.events,
    events_from_journal: store.eventsFromJournal,
    versions_from_journal: store.versionsFromJournal,
    lost_events: store.lostEvents,
    damage: store.salvage?.damage ?? [],
    fixed_session_days: store.fixedSessionDays,
    fixed_nodes: store.fixedNodes,
    kept_at: store.keptAt ?? null,
  };
}
