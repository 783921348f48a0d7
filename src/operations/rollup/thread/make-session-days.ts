import {supersededOf} from '../../../domain/event/identity/superseded.js';
import {SessionDayCounter} from '../../../domain/search/index/entry.js';
import {SearchTokenizer} from '../../../domain/search/words/tokenizer.js';
import {Calendar} from '../../../domain/time/period.js';
import type {Summarizer} from '../../../domain/toc/summary.js';
import {eventLoopTurn} from '../../../system/sleep.js';
import type {Made} from '../commit/made.js';
import type {DayRun} from '../day-run.js';
import {shownEvents} from '../find/read-session-days.js';
import {sessionDayWork} from '../find/session-day-work.js';
import {makeOffline} from '../make/make-offline.js';
import {unpackGroup} from './pack-group.js';
import type {GroupToMake, ThreadSetup} from './session-day-thread.js';

/** A thread has no store, and what it makes has nothing stored that it would look at. */
const NOTHING_STORED = {nodes: async () => [], searchRowsOf: async () => []};

/** What makes groups on the other thread, by the same rules as on the first one. */
export function sessionDayMaker(
  {timeZone, now}: Omit<ThreadSetup, 'summarizer'>,
  summarizer: Summarizer,
): (group: GroupToMake) => Promise<readonly Made[]> {
  const mem = {summarizer, model: undefined};
  const counter = new SessionDayCounter(new SearchTokenizer());
  const run: DayRun = {mem, calendar: new Calendar(timeZone), now, isDryRun: false, counter, dueRetries: new Set()};
  return async (group) => {
    const read = unpackGroup(group);
    const superseded = supersededOf(read.flat().map(({event}) => event));
    const made: Made[] = [];
    for (const [at, {mark}] of group.sessionDays.entries()) {
      // What was asked or answered meanwhile, and what is being read, come in.
      await eventLoopTurn();
      const events = shownEvents(read[at] ?? [], superseded);
      const work = await sessionDayWork(run, NOTHING_STORED, {mark, events, pointers: []});
      made.push(
        await makeOffline(
          summarizer,
          work,
          work.toMake.map((node) => ({node, isCallSaved: false})),
        ),
      );
    }
    return made;
  };
}
