import type {MemError} from '../../errors.js';
import type {RejectedLine} from './rejection.js';

/** How far an ingest is. */
export interface IngestProgress {
  readonly bytes: number;
  /** Of all inputs that were opened so far; undefined when one is a pipe. */
  readonly totalBytes: number | undefined;
  readonly accepted: number;
  readonly rejected: number;
}

/** What became of all that an ingest read. */
export interface IngestResult {
  /** Events that are acknowledged: those of the next four counts, and those whose id turned out to be another event's. */
  readonly accepted: number;
  readonly stored: number;
  readonly duplicates: number;
  /** Events that another process moved out of the inbox meanwhile: stored, or duplicates, which it alone knows. */
  readonly drainedElsewhere: number;
  /** Events that lie on disk in the inbox. */
  readonly queued: number;
  readonly rejectedCount: number;
  /** The first of them; `onRejected` is told of all. */
  readonly rejected: readonly RejectedLine[];
  /** Inputs that could not be read, or not to their end; the last one may be why the inbox took no more. */
  readonly problems: readonly MemError[];
  /** The inbox took no more: what came after that was not read to its end, and a read of a pipe may still be under way. */
  readonly isCutShort: boolean;
  /** Why what was ingested could not be drained; nothing was lost by it. */
  readonly drainProblem: unknown;
}
