import {openInbox} from '../inbox/folder-inbox.js';
import {openJournal} from '../journal/folder-journal.js';
import {makeDrain} from '../operations/access/drained-store.js';
import type {Drain} from '../operations/ingest/background-drain.js';
import {openStoreGate} from '../store/leveldb/gate.js';
import {systemClock, systemTicks} from '../system/clock.js';

/** The ingest lane loads this when there is something to drain. */
export async function loadDrain(home: string, tz: string | undefined): Promise<Drain> {
  return makeDrain({
    store: openStoreGate(home, {journal: openJournal(home)}),
    inbox: openInbox({home, tz}),
    clock: systemClock,
    ticks: systemTicks,
  });
}
