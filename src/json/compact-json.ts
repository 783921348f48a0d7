import type {CompactReport} from '../operations/care/compact.js';

/** A compaction for programs. */
export function compactJson({
  dryRun,
  inbox,
  journal,
  versions,
  commitRecords,
  bytesBefore,
  bytesAfter,
}: CompactReport): Record<string, unknown> {
  return {
    dry_run: dryRun,
    bytes_before: bytesBefore ?? null,
    bytes_after: bytesAfter ?? null,
    versions: {removed: versions.removed, kept: versions.kept, keep_versions: versions.keepVersions ?? 'all'},
    journal: {sealed_files: journal.files, saved_bytes: journal.savedBytes, damaged_files: journal.damagedFiles},
    inbox_files: {removed: inbox.files, removed_bytes: inbox.bytes},
    commit_records: {removed: commitRecords.removed, kept: commitRecords.kept},
  };
}
