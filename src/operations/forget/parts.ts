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
  /** Removes what is on its way from other machines: it comes again. @param which `parts` of transfers alone, while a sync runs */
  readonly dropArrivals: (which: 'all' | 'parts') => void;
}
