import {NO_LINES} from '../../../domain/journal/journal-end.js';
import type {Journal} from '../../../journal/journal.js';
import type {KnownEnd} from '../../../store/port/journal.js';

/**
 * Ends behind all that the journal holds now: each writer's next lines begin a new file. Undefined where there is no journal, so that what
 * is stored is written to one.
 */
export function endsBehindAll(journal: Pick<Journal, 'list' | 'hasFiles'>): readonly KnownEnd[] | undefined {
  if (!journal.hasFiles()) return undefined;
  const ends = new Map<string, KnownEnd>();
  for (const {writer, kind, month, number} of journal.list().files) {
    ends.set(`${writer} ${kind}`, {writer, kind, month, number: number + 1, bytes: 0, last: NO_LINES});
  }
  return [...ends.values()];
}
