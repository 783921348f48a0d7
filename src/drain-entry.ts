import {systemClock} from './clock.js';
import {openInbox} from './inbox/folder-inbox.js';
import type {Drain} from './operations/background-drain.js';
import {makeDrain} from './operations/drained-store.js';
import {openStoreGate} from './store/gate.js';

/** What the ingest lane loads when there is something to drain. */
export async function loadDrain(home: string, tz: string | undefined): Promise<Drain> {
  return makeDrain({store: openStoreGate(home), inbox: openInbox({home, tz}), clock: systemClock});
}
