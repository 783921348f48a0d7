import type {EpochMs} from '../../domain/event/event.js';
import type {SessionDayCounter} from '../../domain/search/index/entry.js';
import type {Calendar} from '../../domain/time/period.js';
import type {NodeId} from '../../domain/toc/node-id.js';
import type {Mem} from '../mem.js';

/** What of a rollup decides what becomes of a session-day. */
export interface DayRun {
  readonly mem: Pick<Mem, 'summarizer' | 'model'>;
  readonly calendar: Calendar;
  /** Decides what is due, the same for the whole run. */
  readonly now: EpochMs;
  /** No summarizer is called and nothing is stored. */
  readonly isDryRun: boolean;
  /** For the search index. */
  readonly counter: SessionDayCounter;
  /** Nodes for which the model is asked again now. */
  readonly dueRetries: ReadonlySet<NodeId>;
}
