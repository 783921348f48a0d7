import type {EpochMs} from '../../domain/event/event.js';
import {DAY_MS} from '../../domain/time/durations.js';

/** How long ago something was, in whole days: "today", "yesterday", "3 days ago". */
export function daysText(at: EpochMs, now: EpochMs): string {
  const days = Math.floor((now - at) / DAY_MS);
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}
