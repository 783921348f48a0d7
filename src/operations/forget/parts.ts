import type {EventId} from '../../domain/event/event.js';
import type {MarkWords} from '../../domain/event/tombstone.js';
import type {Bells} from '../../inbox/bells.js';
import type {Intents} from '../../intents/intents.js';

/** What was recalled once: see `recall-log.ts`. */
interface RecalledOnce {
  readonly query: string;
  readonly event_ids: readonly string[];
}

/** What only forgetting needs of a home. */
export interface ForgetParts {
  readonly intents: Intents;
  readonly markWords: MarkWords;
  readonly bells: Bells;
  /** Takes entries out of the log of what was recalled. */
  readonly filterRecalls: (isKept: (entry: RecalledOnce) => boolean) => void;
}

/** What a deed does to records, wherever they lie. */
export interface RecordChange {
  /** The same record where it stays as it is, undefined where it goes. */
  readonly ofRecord: (record: Buffer) => Buffer | undefined;
  readonly ids: ReadonlySet<EventId>;
}
