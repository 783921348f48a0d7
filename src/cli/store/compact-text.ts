import type {CompactReport} from '../../operations/care/compact.js';
import type {Line} from '../../text/line.js';
import {bytesText} from '../../text/node-text.js';

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

/** How much was removed, and why the rest is kept. */
export function compactLines({dryRun, inbox, versions, bytesBefore, bytesAfter}: CompactReport): readonly Line[] {
  const removed = dryRun ? 'would be removed' : 'removed';
  return [
    [dryRun ? `Store: ${bytesText(bytesBefore)}` : `Store: ${bytesText(bytesBefore)} before, ${bytesText(bytesAfter)} now`],
    [
      `Versions: ${versions.removed} ${removed}, ${versions.kept} kept (keep_versions is ${versions.keepVersions ?? '"all"'}; the latest always stays)`,
    ],
    [
      `Stored inbox files: ${inbox.files} ${removed} (${bytesText(inbox.bytes)}), ${inbox.keptFiles} kept (inbox_keep is "${keepText(inbox.keepDays)}")`,
    ],
    ['Events: all kept, as always'],
  ];
}

function keepText(days: number | undefined): string {
  return days === undefined ? 'forever' : `${days}d`;
}
