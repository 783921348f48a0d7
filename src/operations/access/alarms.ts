import {DAY_MS} from '../../domain/time/durations.js';
import type {InboxAlarmFacts} from '../../inbox/inbox.js';
import type {Mem} from '../mem.js';

/**
 * The lines that every reading command prints, and `mem status` first: a memory must not die in silence. It opens nothing: a hole is known
 * from the command's own opening of the store.
 */
export function alarmsOf(
  mem: Pick<Mem, 'store' | 'inbox' | 'clock' | 'sourceAlarms'>,
  facts: InboxAlarmFacts = mem.inbox.alarmFacts(),
): readonly string[] {
  const now = mem.clock();
  const alarms: string[] = [];
  if (mem.store.maintenance?.hasHole)
    alarms.push('the store has a hole: commits that were on disk are gone; run: mem repair');
  if (facts.oldestAt !== undefined && facts.oldestAt < now - DAY_MS) {
    alarms.push('events have waited in the inbox for more than a day without reaching the store; see: mem status');
  }
  if (facts.hasUnseenBad) alarms.push('there are new bad lines; see: mem status');
  return [...alarms, ...mem.sourceAlarms()];
}
