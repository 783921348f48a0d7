import {DAY_MS} from '../../domain/time/durations.js';
import type {InboxAlarmFacts} from '../../inbox/inbox.js';
import type {Mem} from '../mem.js';

/**
 * The lines that every reading command prints, and `mem status` first: a memory must not die in silence. It opens nothing: what the
 * journal lost is known from the command's own opening of the store.
 */
export function alarmsOf(
  mem: Pick<Mem, 'store' | 'inbox' | 'clock' | 'sourceAlarms' | 'forgetting'>,
  facts: InboxAlarmFacts = mem.inbox.alarmFacts(),
): readonly string[] {
  const now = mem.clock();
  const alarms: string[] = [];
  if (mem.store.maintenance?.journal?.facts?.shortSince !== undefined)
    alarms.push('the journal lost events that the store still has: write them again with mem repair');
  if (facts.oldestAt !== undefined && facts.oldestAt < now - DAY_MS) {
    alarms.push('events have waited in the inbox for more than a day without reaching the store; see: mem status');
  }
  if (facts.hasUnseenBad) alarms.push('there are new bad lines; see: mem status');
  if (mem.forgetting.intents.pending().length > 0) alarms.push('a forgetting was begun and cut short; finish it with: mem forget --finish');
  return [...alarms, ...mem.sourceAlarms()];
}
