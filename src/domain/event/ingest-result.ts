import type {MemError} from '../../errors.js';
import type {RejectedLine} from './parse/rejection.js';

/** The progress of an ingest. */
export interface IngestProgress {
  readonly bytes: number;
  /** The size of all inputs opened so far; undefined when one is a pipe. */
  readonly totalBytes: number | undefined;
  readonly accepted: number;
  readonly rejected: number;
}

/** The outcome of an ingest. */
export interface IngestResult {
  /** Acknowledged events: the sum of the next four counts, and events whose id belongs to another event. */
  readonly accepted: number;
  readonly stored: number;
  readonly duplicates: number;
  /** Events that another process has moved out of the inbox. Only that process knows which were duplicates. */
  readonly drainedElsewhere: number;
  /** Events that are on disk in the inbox. */
  readonly queued: number;
  readonly rejectedCount: number;
  /** The first rejected lines; `onRejected` gets all. */
  readonly rejected: readonly RejectedLine[];
  /** Inputs that could not be read to their end. The last problem may be that the inbox took no more. */
  readonly problems: readonly MemError[];
  /** The inbox took no more: later input was not read to its end, and a read of a pipe may still be running. */
  readonly isCutShort: boolean;
  /** Why the accepted events could not be drained. Nothing was lost. */
  readonly drainProblem: unknown;
}
