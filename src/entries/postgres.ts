import type {DatabaseUrl} from '../domain/database-url.js';
import {parseDatabaseUrl} from '../domain/database-url.js';
import {wordsMarker} from '../domain/event/tombstone.js';
import {MemError} from '../errors.js';
import {openBells} from '../inbox/bell-folder.js';
import {openJournal} from '../journal/folder-journal.js';
import {openLocks} from '../locks/epoch-locks.js';
import {type OwnJournalMem, trySettleOwnJournal} from '../operations/forget/own-journal.js';
import {environment, loadDatabaseSettings} from '../settings/config.js';
import type {StoreSettings} from '../settings/store-settings.js';
import type {StoreGate} from '../store/port/store.js';
import {openPostgresGate} from '../store/postgres/gate.js';
import {accountHome} from '../system/account-home.js';
import {systemClock} from '../system/clock.js';
import {filterRecalls} from '../system/notes/recall-log.js';
import {readTakenNote, writeTakenNote} from '../system/notes/taken-note.js';
import {redactKey, redactKeys, writeRedactKeys} from '../system/redact-key.js';
import {readPasswordFile} from '../system/secret/pgpass.js';
import {readSecret} from '../system/secret/read-secret.js';

/**
 * The part of the composition root that is loaded only if the memory lies in a database.
 * @param hasJournal the home journals what it brings; false: it brings nothing
 */
export async function openDatabase(home: string, settings: StoreSettings, {hasJournal = true} = {}): Promise<StoreGate> {
  if (settings.fault !== undefined) throw settings.fault;
  const address = settings.url === undefined ? undefined : parseDatabaseUrl(settings.url);
  if (address === undefined) throw new MemError('CONFIG_INVALID', 'store.url is invalid', {hint: 'see: mem config get store.url'});
  return openPostgresGate(
    {...address, password: await readPassword(address, settings)},
    {
      ...(hasJournal && {journal: openJournal(home)}),
      markWords: wordsMarker(() => redactKey(home)),
      homeKeys: {
        read: () => redactKeys(home).map((key) => key.toString('latin1')),
        write: (keys) => writeRedactKeys(home, keys),
      },
    },
  );
}

export {loadDatabaseSettings};

/** Takes out of a home's journal what other homes took out of the database. */
export async function settleJournalOf(home: string, parts: Pick<OwnJournalMem, 'store' | 'inbox'>): Promise<void> {
  await trySettleOwnJournal({
    ...parts,
    journal: openJournal(home),
    locks: openLocks(home, systemClock),
    clock: systemClock,
    takenNotes: {read: () => readTakenNote(home), write: (note) => writeTakenNote(home, note)},
    forgetting: {bells: openBells(home), filterRecalls: (isKept) => filterRecalls(home, isKept)},
  });
}

/** Each process reads it once, and keeps it only in memory. */
async function readPassword(address: DatabaseUrl, {password: places}: StoreSettings): Promise<string | undefined> {
  const name = {noun: 'password', setting: 'store.password'};
  const found = await readSecret(places, name, environment, new AbortController().signal);
  if (found === undefined) return readPasswordFile(environment['PGPASSFILE'] ?? `${accountHome(environment)}/.pgpass`, address);
  const password = found.text.replace(/\r?\n$/, '');
  if (password !== '' && !/[\x00-\x1f\x7f]/.test(password)) return password;
  throw new MemError(
    'CONFIG_INVALID',
    `${found.place} holds no password: ${password === '' ? 'it is empty' : 'it has more than one line'}`,
    {
      hint: 'put the password there, and nothing else',
    },
  );
}
