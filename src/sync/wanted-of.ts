import type {FileNameParts} from '../journal/file-name.js';
import type {JournalFile} from '../journal/journal.js';
import type {PeerFile, Wanted} from './peer.js';
import {digestOf} from './raw-files.js';

/** What is wanted of a file, where `ours` is our version of it. Of our own files others have no more than we had, unless we lost something. */
export function wantedOf(
  file: PeerFile,
  ours: JournalFile | undefined,
  {isOwn, parts: {generation, hash}}: {isOwn: boolean; parts: FileNameParts},
): readonly Wanted[] {
  const whole = [{file, from: 0, digest: ''}];
  // Two machines may have written the same lines under generations of their own.
  if (ours !== undefined && ours.generation > 0 && ours.hash === hash) return [];
  if (ours === undefined || (ours.name !== file.name && !(isOwn && ours.generation > generation))) return whole;
  if (ours.name !== file.name || generation > 0) return [];
  if (file.bytes <= ours.bytes) return digestOf(ours.path, file.bytes) === file.digest ? [] : whole;
  return isOwn ? whole : [{file, from: ours.bytes, digest: digestOf(ours.path, ours.bytes)}];
}
