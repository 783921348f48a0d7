import type {IngestResult} from '../domain/event/ingest-result.js';
import type {RejectedLine} from '../domain/event/rejection.js';

/** A line that was refused, without its text: there can be millions of them. */
export type RejectedJson = Pick<RejectedLine, 'file' | 'line' | 'code' | 'reason'>;

/** What became of all that an ingest read. @param rejected all lines that were refused */
export function ingestJson(
  {accepted, stored, duplicates, drainedElsewhere, queued}: IngestResult,
  rejected: readonly RejectedJson[],
): Record<string, unknown> {
  return {accepted, stored, duplicates, queued, ...(drainedElsewhere > 0 ? {drained_elsewhere: drainedElsewhere} : {}), rejected};
}
