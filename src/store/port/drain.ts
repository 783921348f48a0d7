import type {EpochMs} from '../../domain/event/event.js';
import type {StoredEvent} from './shapes.js';

/** The events of one file of the inbox. */
export interface DrainFile {
  readonly records: readonly StoredEvent[];
  readonly writtenAt: EpochMs;
}

/** What became of a file's events. */
export interface DrainOutcome {
  readonly stored: number;
  /** Dropped: they were in the store already, came earlier in the batch, or are to be forgotten. */
  readonly duplicates: number;
  /** The places of records whose ULID is that of another event. They were not stored. */
  readonly conflicts: readonly number[];
}
