import {wordsMarker} from '../domain/event/tombstone.js';
import {openInbox} from '../inbox/folder-inbox.js';
import {openJournal} from '../journal/folder-journal.js';
import {openDatabaseGate} from '../operations/access/database-gate.js';
import {makeDrain} from '../operations/access/drained-store.js';
import type {Drain} from '../operations/ingest/background-drain.js';
import {configPath, mayNameDatabase} from '../settings/config-path.js';
import {openStoreGate} from '../store/leveldb/gate.js';
import type {StoreGate} from '../store/port/store.js';
import {systemClock, systemTicks} from '../system/clock.js';
import {formerMarks} from '../system/former-marks.js';
import {redactKey} from '../system/redact-key.js';

// As in the lane: the settings' own file would load them all.
const env: Readonly<Record<string, string | undefined>> = process.env;

/** The ingest lane loads this when there is something to drain. */
export async function loadDrain(home: string, tz: string | undefined): Promise<Drain> {
  const inbox = openInbox({home, tz});
  const drain = (store: StoreGate) => makeDrain({store, inbox, clock: systemClock, ticks: systemTicks});
  const local = () =>
    drain(
      openStoreGate(home, {
        journal: openJournal(home),
        markWords: wordsMarker(() => redactKey(home)),
        formerMarks: () => formerMarks(home),
      }),
    );
  // The settings are read where they may matter: all else of them must not stop an ingest.
  if (!mayNameDatabase(env, configPath(env, process.platform))) return local();
  const {loadDatabaseSettings, openDatabase, settleJournalOf} = await import('./postgres.js');
  const settings = loadDatabaseSettings();
  const {url: location = 'unknown', fault} = settings;
  if (fault === undefined && settings.url === undefined) return local();
  const store = openDatabaseGate({location, inbox, load: () => openDatabase(home, settings)});
  const remote = drain(store);
  return async (call) => {
    // A hook never waits for a network: the next command drains, or a job.
    if (call.drainMs === 0) return 'busy';
    const drained = await remote(call);
    if (drained !== 'busy') await settleJournalOf(home, {store, inbox});
    return drained;
  };
}
