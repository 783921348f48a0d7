import type {EpochMs} from '../../domain/event/event.js';
import {latest} from '../../domain/time/instant.js';

/**
 * When the last event came in, after a commit that was made at `at`: the later time, since a file can come late. A known time behind the
 * commit is of a clock that went ahead, and what was stored after it is what came last.
 */
export function lastIngestAfter(known: EpochMs, {events, lastIngestAt}: {events: number; lastIngestAt: EpochMs}, at: EpochMs): EpochMs {
  if (events > 0 && known > at) return lastIngestAt;
  return latest(known, lastIngestAt);
}
