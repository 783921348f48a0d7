import type {IngestResult} from '../domain/event/ingest-result.js';
import type {RejectedLine} from '../domain/event/parse/rejection.js';

/** A rejected line without its text: there may be millions of them. */
export type RejectedJson = Pick<RejectedLine, 'file' | 'line' | 'code' | 'reason'>;

/** The outcome of an ingest. @param rejected all rejected lines */
export function ingestJson(
  {accepted, stored, duplicates, drainedElsewhere, queued}: IngestResult,
  rejected: readonly RejectedJson[],
): Record<string, unknown> {
  return {accepted, stored, duplicates, queued, ...(drainedElsewhere > 0 ? {drained_elsewhere: drainedElsewhere} : {}), rejected};
}
