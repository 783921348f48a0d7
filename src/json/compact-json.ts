import type {CompactReport} from '../operations/care/compact.js';

/** A compaction for programs. */
export function compactJson({dryRun, inbox, versions, commitRecords, bytesBefore, bytesAfter}: CompactReport): Record<string, unknown> {
  return {
    dry_run: dryRun,
    bytes_before: bytesBefore,
    bytes_after: bytesAfter,
    versions: {removed: versions.removed, kept: versions.kept, keep_versions: versions.keepVersions ?? 'all'},
    inbox_files: {removed: inbox.files, removed_bytes: inbox.bytes, kept: inbox.keptFiles, inbox_keep: keepText(inbox.keepDays)},
    commit_records: {removed: commitRecords.removed, kept: commitRecords.kept},
  };
}

/** `30d` or `forever`, as the setting inbox_keep is written. */
export function keepText(days: number | undefined): string {
  return days === undefined ? 'forever' : `${days}d`;
}
