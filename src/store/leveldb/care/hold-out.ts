import {linkSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {errnoOf, MemError} from '../../../errors.js';
import {newFolder} from '../creation.js';
import {openDb, storeBusy} from '../db.js';

const LOCK = 'LOCK';

/** Others are kept out of a database. */
export interface HeldOut {
  /** Has a folder that is to take its place share its lock: who waits at the old one then waits at the new one. */
  share(folder: string): void;
  release(): Promise<void>;
}

/**
 * Keeps others out of a database that LevelDB may not be able to open, as an opening does: its lock is one on the file LOCK, whatever
 * folder that is found in. So an empty database in a folder of its own, with a link to the same file, holds the lock of both.
 * @throws MemError STORE_BUSY when another process has it open for `patienceMs`
 */
export async function holdOut(home: string, location: string, patienceMs: number): Promise<HeldOut> {
  const folder = newFolder(home);
  try {
    makeLock(join(location, LOCK));
    linkSync(join(location, LOCK), join(folder, LOCK));
    const db = await openDb(folder, {create: true, patienceMs});
    return {
      share: (other) => {
        // No file of that name is ever opened: to close it would give the lock away.
        rmSync(join(other, LOCK), {force: true});
        linkSync(join(folder, LOCK), join(other, LOCK));
      },
      release: async () => {
        await db.close();
        rmSync(folder, {recursive: true, force: true});
      },
    };
  } catch (error) {
    rmSync(folder, {recursive: true, force: true});
    // It names the folder.
    throw error instanceof MemError && error.code === 'STORE_BUSY' ? storeBusy(location, error.cause) : error;
  }
}

/** Nobody has it open who needs it to be there. */
function makeLock(path: string): void {
  try {
    writeFileSync(path, '', {flag: 'wx'});
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}
