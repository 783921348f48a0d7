import {keepText} from '../../json/compact-json.js';
import type {CompactReport} from '../../operations/care/compact.js';
import type {Line} from '../../text/line.js';
import {bytesText} from '../../text/node-text.js';

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
