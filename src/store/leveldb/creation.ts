import {randomBytes, randomUUID} from 'node:crypto';
import {mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {ioError, MemError} from '../../errors.js';
import {makeFolders} from '../../system/files/make-folders.js';
import {namesIn} from '../../system/files/names-in.js';
import {syncFoldersAbove} from '../../system/files/sync-folder.js';
import {isProcessAlive} from '../../system/host.js';
import type {NewStoreHeader, StoreHeader, StoreJournal} from '../port/store.js';
import {SealedBatch} from './commit/sealed-batch.js';
import {isFolder, openDb, syncPath} from './db.js';
import {COUNTERS_KEY, HEADER_KEY, LAST_KEY} from './keys.js';
import {STORE_FORMAT} from './read/read-start.js';
import {formatJson, NO_COUNTERS} from './records.js';

const TEMPORARY = /^db\.tmp-(\d+)-[0-9a-f]+$/;

/**
 * Makes the store of a home that has none: whole in a folder of its own, then renamed. A power cut while a LevelDB is made in place can
 * leave one that nobody can open. When another process was faster, its store stays.
 * @throws MemError STORE_DAMAGED when there was a store once, NOT_WRITTEN
 */
export async function createStore(
  home: string,
  header: NewStoreHeader,
  journal: Pick<StoreJournal, 'hasFiles'> | undefined,
): Promise<void> {
  const location = join(home, 'db');
  try {
    makeFolders(home);
    assertNoTrace(home, journal);
    if (isFolder(location)) return;
    sweep(home);
    const temporary = newFolder(home);
    try {
      await fill(temporary, {...header, storeId: randomUUID(), formatVersion: STORE_FORMAT, holdsFormerIds: false});
      // Where a store is, an ingest takes the folders of the inbox for synced.
      syncFoldersAbove(join(home, 'inbox', 'new'));
      renameSync(temporary, location);
    } catch (error) {
      rmSync(temporary, {recursive: true, force: true});
      if (isFolder(location)) return;
      throw error;
    }
    syncPath(home);
  } catch (error) {
    throw ioError(error, `the store at ${location}`);
  }
}

/** A folder in which a store is made, before it is renamed; `sweep` removes it when this process is dead. */
export function newFolder(home: string): string {
  const folder = join(home, `db.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
  // LevelDB leaves out why it could not.
  mkdirSync(folder, {mode: 0o700});
  return folder;
}

async function fill(folder: string, header: StoreHeader): Promise<void> {
  const db = await openDb(folder, {create: true});
  try {
    await db.write(
      (batch) => {
        const sealed = new SealedBatch(batch, {valuesRead: 0, keysWritten: 0});
        sealed.put(HEADER_KEY, formatJson(header));
        sealed.put(COUNTERS_KEY, formatJson(NO_COUNTERS));
        sealed.put(LAST_KEY, formatJson(0));
      },
      {sync: true},
    );
  } finally {
    await db.close();
  }
  await settleFiles(folder);
}

/** Another opening writes the log into a table, and a MANIFEST that is whole. Then all of it is on disk. */
export async function settleFiles(folder: string): Promise<void> {
  await (await openDb(folder)).close();
  // LOCK is empty, and no file of that name is ever opened.
  for (const name of readdirSync(folder)) if (name !== 'LOCK') syncPath(join(folder, name));
  syncPath(folder);
}

/** Removes what killed creations left. */
export function sweep(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = TEMPORARY.exec(name)?.[1];
    if (pid !== undefined && !isProcessAlive(Number(pid))) rmSync(join(home, name), {recursive: true, force: true});
  }
}

/** @throws MemError STORE_DAMAGED when the home has no store but what only a store leaves: an empty one in its place would hide the loss */
export function assertNoTrace(home: string, journal: Pick<StoreJournal, 'hasFiles'> | undefined): void {
  if (isFolder(join(home, 'db'))) return;
  const trace = traceOf(home, journal);
  // A process that was faster made the store, and then its first trace.
  if (trace === undefined || isFolder(join(home, 'db'))) return;
  throw new MemError('STORE_DAMAGED', `the store at ${home}/db is gone, but ${trace.path} is still there`, {hint: trace.hint});
}

interface Trace {
  readonly path: string;
  /** What to do. */
  readonly hint: string;
}

function traceOf(home: string, journal: Pick<StoreJournal, 'hasFiles'> | undefined): Trace | undefined {
  const names = namesIn(home);
  if (journal?.hasFiles()) {
    // A repair that was cut off between two names: the old store may have what the journal lacks.
    const isKept = names.some((name) => name.startsWith('db.damaged-'));
    return {path: join(home, 'journal'), hint: `run: mem ${isKept ? 'repair' : 'rebuild'}`};
  }
  const name = names.find((name) => name === 'witness' || (name.startsWith('db.') && !TEMPORARY.test(name)));
  const path = name === undefined ? drainedFiles(home) : join(home, name);
  if (name?.startsWith('db.damaged-')) return {path: join(home, name), hint: 'run: mem repair, or bring it back from a backup'};
  // Without a journal, as an older mem left it, only what is in the inbox can be had again.
  const hint =
    `bring ${home}/db back from a backup; or make it again from the inbox: ` +
    `mv ${home}/inbox/done/*/*.ev ${home}/inbox/new/, rm -f ${home}/witness, then run: mem status`;
  return path === undefined ? undefined : {path, hint};
}

/** What an older mem kept of the inbox. */
function drainedFiles(home: string): string | undefined {
  const done = join(home, 'inbox', 'done');
  const month = namesIn(done).find((name) => !isFolder(join(done, name)) || namesIn(join(done, name)).length > 0);
  return month && join(done, month);
}
