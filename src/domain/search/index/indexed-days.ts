import type {SearchedDays} from '../rank/view.js';
import type {SessionDayEntry} from './entry.js';

/** Session-days of the index, by their place in order of date and session. */
export interface IndexedDays extends SearchedDays {
  /** All that one of them has; a project may come twice. */
  readonly projects: readonly string[];
  agent(day: number): string;
  projectsOf(day: number): readonly string[];
  /** Its entry, where it waits or was counted just now; what is merged has its events in a row of their own. */
  entryOf(day: number): SessionDayEntry | undefined;
}
