import type {EpochMs} from '../../domain/event/event.js';
import {MINUTE_MS} from '../../domain/time/durations.js';
import type {FileStamp, SourceFile} from '../../sources/source.js';
import type {FileNote} from './import-book.js';

/** An agent that wrote nothing for this long has written all it had to write. */
export const REST_MS = 10 * MINUTE_MS;
/** Hooks tell their time to the second. */
const HOOK_MS = 1_000;

/** Whether the agent has written all that it had to write. @param stoppedAt when it last said by a hook that it stopped */
export function isAtRest({stamp: {mtimeMs}}: SourceFile, stoppedAt: EpochMs | undefined, now: EpochMs): boolean {
  return now - mtimeMs >= REST_MS || (stoppedAt !== undefined && mtimeMs < stoppedAt + HOOK_MS);
}

/** Whether the file says nothing that was not read. @param note what an earlier import remembers of it */
export function isKnown({stamp}: SourceFile, note: FileNote | undefined, isResting: boolean): boolean {
  return note !== undefined && isSameStamp(stamp, note.cursor.stamp) && (note.wasAtRest || !isResting);
}

function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.inode === b.inode && a.device === b.device;
}
