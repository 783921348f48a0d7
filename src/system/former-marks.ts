import {type MarkWords, wordsMarker} from '../domain/event/tombstone.js';
import {redactKeys} from './redact-key.js';

/** Marks words under keys that the memory had before; none where its key was never joined with another one. */
export function formerMarks(home: string): readonly MarkWords[] {
  return redactKeys(home)
    .slice(1)
    .map((key) => wordsMarker(() => key));
}
