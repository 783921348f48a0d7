import {systemClock} from '../system/clock.js';
import {openLocks} from './epoch-locks.js';
import {lockBusy} from './locks.js';

/** Takes the lock of a folder that holds backups, of this home or of a copy of it. @throws MemError LOCK_BUSY, NOT_WRITTEN, IO_ERROR */
export function takeBackupLock(folder: string): {release(): void} {
  const lock = openLocks(folder, systemClock).acquire('backup', {trigger: 'hand'});
  if (lock.kind === 'busy') throw lockBusy('backup', lock.holder);
  return lock;
}
