import type {Activity} from '../../../domain/event/activity.js';
import type {NodeMark, SessionDayMark} from '../../../store/port/store.js';

export type Mark = SessionDayMark | NodeMark;

/** Of some work, what a commit needs. */
export interface MarkedWork {
  readonly mark: Mark;
  /** Nothing more will come of it by itself: once all its parts are stored the mark can go. */
  readonly isSettled: boolean;
  /** Of a session-day, what was counted of it; it is stored as the mark goes. */
  readonly activity?: Activity;
  /** Parts that are not stored yet: each node to make is one, and all the rest together is one. */
  partsLeft: number;
}
