import {existsSync, lstatSync, realpathSync} from 'node:fs';
import {basename, dirname, join, resolve, sep} from 'node:path';
import type {LastBackup} from '../domain/care/last-backup.js';
import {ioError, MemError} from '../errors.js';
import {readLastBackup, writeLastBackup} from '../system/last-backup.js';
import {redactKey} from '../system/redact-key.js';
import {OpenBackupFolder, type TakeLock} from './backup-folder.js';
import type {BackupFolder, Backups, Staging} from './backups.js';
import {memoryName} from './memory-name.js';
import {HomeStaging} from './staging.js';

/** Backups of a home. Nothing is made before it is used. @param takeLock takes the lock of a folder that holds backups */
export function openBackups(home: string, takeLock: TakeLock): Backups {
  return new HomeBackups(home, takeLock);
}

class HomeBackups implements Backups {
  readonly #home: string;
  readonly #takeLock: TakeLock;
  readonly staging: Staging;
  readonly smallFiles = ['redact-key', 'redact-patterns'];

  constructor(home: string, takeLock: TakeLock) {
    this.#home = home;
    this.#takeLock = takeLock;
    this.staging = new HomeStaging(home);
  }

  open(named: string): BackupFolder {
    if (named === '') throw new MemError('USAGE', 'the folder of the backup is empty', {hint: 'name a folder'});
    const folder = resolve(named);
    try {
      assertApart(realOf(folder), realOf(this.#home));
      return new OpenBackupFolder(folder, this.#takeLock);
    } catch (error) {
      throw ioError(error, `the folder ${folder}`, 'read');
    }
  }

  memory(): string | undefined {
    try {
      return memoryName(this.#home);
    } catch (error) {
      throw ioError(error, `the key of the memory at ${this.#home}`, 'read');
    }
  }

  nameMemory(): string {
    redactKey(this.#home);
    const name = this.memory();
    if (name === undefined) throw new MemError('IO_ERROR', `the key of the memory at ${this.#home} is gone`);
    return name;
  }

  last(): LastBackup | undefined {
    return readLastBackup(this.#home);
  }

  noteLast(last: LastBackup): void {
    writeLastBackup(this.#home, last);
  }
}

/** A backup in the home would be lost with it, and a home among its own backups be taken for one of their files. */
function assertApart(folder: string, home: string): void {
  const isIn = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  if (isIn(folder, home)) {
    throw new MemError('USAGE', `the folder ${folder} lies in the home ${home}, and would be lost with it`, {
      hint: 'name a folder elsewhere, best on another disk',
    });
  }
}

/** The path without links; what does not exist yet stands below what does. */
function realOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  if (lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true) {
    throw new MemError('USAGE', `${path} is a link that leads nowhere`, {hint: 'name another folder, or remove the link'});
  }
  const above = dirname(path);
  return above === path ? path : join(realOf(above), basename(path));
}
