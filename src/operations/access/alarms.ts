import {DAY_MS} from '../../domain/time/durations.js';
import type {InboxAlarmFacts} from '../../inbox/inbox.js';
import type {Mem} from '../mem.js';

/**
 * What every read command says in one line, and `mem status` first: silence is how memories die. It opens nothing: a hole is known
 * from the command's own opening of the store.
 */
export function alarmsOf(mem: Pick<Mem, 'store' | 'inbox' | 'clock'>, facts: InboxAlarmFacts = mem.inbox.alarmFacts()): readonly string[] {
  const alarms: string[] = [];
  if (mem.store.maintenance?.hasHole)
    alarms.push('the store has a hole: commits that were on disk are gone; see "When the store is damaged" in the README');
  if (facts.oldestAt !== undefined && mem.clock() - facts.oldestAt > DAY_MS) {
    alarms.push('events have waited in the inbox for more than a day without reaching the store; see: mem status');
  }
  if (facts.hasUnseenBad) alarms.push('there are bad lines that nobody has looked at; see: mem status');
  return alarms;
}
