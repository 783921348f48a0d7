import type {CompactReport} from '../../operations/care/compact.js';
import type {Line} from '../../text/line.js';
import {bytesText} from '../../text/node-text.js';

/** How much was removed, and why the rest is kept. */
export function compactLines({dryRun, inbox, journal, versions, bytesBefore, bytesAfter}: CompactReport): readonly Line[] {
  const removed = dryRun ? 'would be removed' : 'removed';
  return [
    [`Store: ${sizeText(bytesBefore, dryRun ? undefined : bytesAfter)}`],
    [
      `Versions: ${versions.removed} ${removed}, ${versions.kept} kept (keep_versions is ${versions.keepVersions ?? '"all"'}; the latest always stays)`,
    ],
    [journalText(dryRun, journal)],
    ...(journal.damagedFiles === 0 ? [] : [[`Journal: ${files(journal.damagedFiles)} damaged and left: run mem repair`] as const]),
    ...(inbox.files === 0 ? [] : [[`Inbox: ${files(inbox.files)} that an older mem kept ${removed} (${bytesText(inbox.bytes)})`] as const]),
    ['Events: all kept, as always'],
  ];
}

function sizeText(before: number | undefined, after: number | undefined): string {
  if (before === undefined) return 'a database, which compacts itself';
  return after === undefined ? bytesText(before) : `${bytesText(before)} before, ${bytesText(after)} now`;
}

function journalText(dryRun: boolean, {files: sealed, savedBytes}: CompactReport['journal']): string {
  if (dryRun) return `Journal: ${files(sealed)} would be sealed`;
  return `Journal: ${files(sealed)} sealed${sealed === 0 ? '' : `, ${bytesText(savedBytes)} less`}`;
}

const files = (number: number): string => (number === 1 ? '1 file' : `${number} files`);
