import {lstatSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {UnknownShape} from '../domain/stored/fields.js';
import {ioError, MemError} from '../errors.js';
import {namesIn} from '../system/names-in.js';
import {readFileIfThere, replaceFile} from '../system/replace-file.js';
import {makeFoldersDurably, syncFolder} from '../system/sync-folder.js';
import {FolderBackupWriter} from './backup-writer.js';
import type {BackupFolder, BackupListing, BackupWriter, KeptFile, Manifest, NamedManifest} from './backups.js';
import {hashFile} from './copy-file.js';
import {formatMark, isManifestName, parseManifest, parseMark, storedName} from './manifest.js';

/** Takes the lock of a folder. @throws MemError LOCK_BUSY, NOT_WRITTEN, IO_ERROR */
export type TakeLock = (folder: string) => {release(): void};

/** In the folder: whose backups lie there. */
const MARK = 'mem-backup';
/** What a backup that was killed before its mark was whole may have left, and what disks and file managers put everywhere. */
const NOBODYS = /^(?:mem-backup\.\d+\.tmp|locks|\..*|lost\+found)$/;

export class OpenBackupFolder implements BackupFolder {
  readonly folder: string;
  readonly #takeLock: TakeLock;

  constructor(folder: string, takeLock: TakeLock) {
    this.folder = folder;
    this.#takeLock = takeLock;
  }

  look(): BackupListing {
    return this.#do('read', () => {
      const memory = this.#memory();
      if (memory !== undefined) return this.#list(memory);
      const isThere = lstatSync(this.folder, {throwIfNoEntry: false}) !== undefined;
      throw new MemError('NO_INPUT', isThere ? `${this.folder} is no backup of mem` : `the folder ${this.folder} does not exist`, {
        hint: 'name the folder that was given to: mem backup',
      });
    });
  }

  lookToWrite(own: string | undefined): BackupListing {
    return this.#do('read', () => {
      const memory = this.#memory();
      if (memory === undefined) {
        const foreign = namesIn(this.folder).find((name) => !NOBODYS.test(name));
        if (foreign === undefined) return {memory, manifests: [], refused: []};
        throw new MemError('USAGE', `${this.folder} is no backup of mem: "${foreign}" is in it`, {
          hint: 'name an empty folder, or a new one',
        });
      }
      if (memory === own) return this.#list(memory);
      throw new MemError('USAGE', `${this.folder} holds backups of another memory (${memory}; this one is ${own ?? 'new'})`, {
        hint: 'name another folder: each memory needs its own',
      });
    });
  }

  #memory(): string | undefined {
    const text = readFileIfThere(join(this.folder, MARK));
    if (text === undefined) return undefined;
    try {
      return parseMark(text);
    } catch (error) {
      if (!(error instanceof UnknownShape)) throw error;
      throw new MemError('FORMAT_NEWER', `the backup at ${this.folder} is of a newer mem`, {hint: 'install a newer mem'});
    }
  }

  #list(memory: string): BackupListing {
    const manifests: NamedManifest[] = [];
    const refused: string[] = [];
    for (const name of namesIn(join(this.folder, 'manifests')).filter(isManifestName).sort()) {
      const manifest = wholeManifest(readFileIfThere(join(this.folder, 'manifests', name)) ?? '');
      if (manifest?.memory === memory) manifests.push({...manifest, name});
      else refused.push(name);
    }
    return {memory, manifests, refused};
  }

  has(path: string, bytes: number, {manifests}: BackupListing): boolean {
    return manifests.some(({files}) => files.some((file) => file.path === path && file.bytes === bytes && this.#sizeOf(file) === bytes));
  }

  #sizeOf(file: KeptFile): number | undefined {
    return statSync(this.pathOf(file), {throwIfNoEntry: false})?.size;
  }

  async write<T>(memory: string, work: (writer: BackupWriter) => Promise<T>): Promise<T> {
    this.lookToWrite(memory);
    this.#do('write', () => makeFoldersDurably(this.folder));
    const lock = this.#takeLock(this.folder);
    try {
      const before = this.lookToWrite(memory);
      this.#do('write', () => {
        if (before.memory === undefined) {
          replaceFile(join(this.folder, MARK), formatMark(memory));
          syncFolder(this.folder);
        }
        for (const name of ['files', 'manifests']) makeFoldersDurably(join(this.folder, name));
      });
      return await work(new FolderBackupWriter(this.folder, before));
    } catch (error) {
      throw ioError(error, `the backup at ${this.folder}`);
    } finally {
      lock.release();
    }
  }

  verify(file: KeptFile): void {
    this.#do('read', () => {
      const size = this.#sizeOf(file);
      if (size === undefined) throw this.damaged(file, 'is missing');
      if (size !== file.bytes || hashFile(this.pathOf(file)).hash !== file.hash) throw this.damaged(file, 'is damaged');
    });
  }

  pathOf(file: KeptFile): string {
    return join(this.folder, 'files', storedName(file));
  }

  damaged(file: KeptFile, fault: string): MemError {
    return new MemError('BACKUP_DAMAGED', `${this.pathOf(file)}, the backup of ${file.path}, ${fault}`, {
      hint: 'take an earlier backup: mem restore DIR --manifest NAME; mem restore DIR --dry-run lists them',
    });
  }

  #do<T>(access: 'read' | 'write', work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ioError(error, `the backup at ${this.folder}`, access);
    }
  }
}

/** What is of a newer mem cannot be told from what is damaged by who cannot read it: neither is touched. */
function wholeManifest(text: string): Manifest | undefined {
  try {
    return parseManifest(text);
  } catch (error) {
    if (error instanceof UnknownShape || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
