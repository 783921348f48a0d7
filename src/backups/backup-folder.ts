import {createHash} from 'node:crypto';
import {lstatSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {ioError, MemError} from '../errors.js';
import {makeFolders} from '../system/files/make-folders.js';
import {namesIn} from '../system/files/names-in.js';
import {readOwnFile} from '../system/files/own-file.js';
import {removeFile} from '../system/files/remove-file.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';
import type {BackupFile, BackupFolder, Manifest} from './backups.js';
import {firstBytes, writeWhole} from './copy-bytes.js';
import {formatManifest, parseManifest} from './manifest.js';

const MANIFEST = 'manifest.json';
/** It is written first, and tells a folder of ours. */
const ABOUT = 'README.txt';
const ABOUT_START = 'A backup of mem';
const ABOUT_TEXT = `${ABOUT_START}, which keeps conversations with coding agents.

Make a memory of it:  mem restore FOLDER --store NEW_HOME
Its events alone:     zcat journal/*/*.jsonl.gz
`;

/** The folder at an absolute path. Nothing is made before `begin`. */
export function openBackupFolder(location: string): BackupFolder {
  return new Folder(location);
}

class Folder implements BackupFolder {
  readonly location: string;
  /** Of folders in which a name changed. */
  readonly #changed = new Set<string>();

  constructor(location: string) {
    this.location = location;
  }

  manifest(): Manifest | undefined {
    return this.#do('read', () => {
      const path = join(this.location, MANIFEST);
      const text = readOwnFile(path);
      if (text !== undefined) return parseManifest(text, path);
      // A first backup may have been cut off before it was named.
      const others = namesIn(this.location).filter((name) => name !== `${ABOUT}.tmp`);
      if (others.length > 0 && readOwnFile(join(this.location, ABOUT))?.startsWith(ABOUT_START) !== true) {
        throw new MemError('USAGE', `${this.location} holds other files, and no backup`, {hint: 'name a folder that is empty or new'});
      }
      return undefined;
    });
  }

  begin(): void {
    this.#do('write', () => {
      makeFoldersDurably(this.location);
      this.write(ABOUT, ABOUT_TEXT);
      // Else a power cut could leave the rest without it, and the next backup would refuse the folder.
      syncFolder(this.location);
    });
  }

  has({path, bytes}: BackupFile): boolean {
    return this.#do('read', () => {
      const stat = lstatSync(join(this.location, path), {throwIfNoEntry: false});
      return stat?.isFile() === true && stat.size >= bytes;
    });
  }

  copy(path: string, from: string, bytes: number): BackupFile {
    return this.#do('write', () => this.#write(path, firstBytes(from, bytes)));
  }

  write(path: string, text: string): BackupFile {
    return this.#do('write', () => this.#write(path, [Buffer.from(text)]));
  }

  #write(path: string, chunks: Iterable<Buffer>): BackupFile {
    const to = join(this.location, path);
    makeFolders(dirname(to));
    const written = writeWhole(to, chunks);
    for (let folder = dirname(to); folder.length >= this.location.length; folder = dirname(folder)) this.#changed.add(folder);
    return {path, ...written};
  }

  finish(manifest: Manifest, replaced: readonly BackupFile[]): void {
    this.#do('write', () => {
      for (const folder of this.#changed) syncFolder(folder);
      this.#write(MANIFEST, [Buffer.from(formatManifest(manifest))]);
      syncFolder(this.location);
      // Only now: until then the manifest before named them.
      for (const {path} of replaced) removeFile(join(this.location, path));
    });
  }

  faultOf({path, bytes, sha256}: BackupFile): string | undefined {
    return this.#do('read', () => {
      const at = join(this.location, path);
      const stat = lstatSync(at, {throwIfNoEntry: false});
      if (stat === undefined) return 'it is missing';
      if (!stat.isFile()) return 'it is not a plain file';
      if (stat.size < bytes) return `it has ${stat.size} of ${bytes} bytes`;
      const hash = createHash('sha256');
      for (const chunk of firstBytes(at, bytes)) hash.update(chunk);
      return hash.digest('hex') === sha256 ? undefined : 'its bytes are not those that were written';
    });
  }

  copyOut({path, bytes}: BackupFile, to: string): void {
    this.#do('write', () => {
      makeFolders(dirname(to));
      writeWhole(to, firstBytes(join(this.location, path), bytes));
      syncFolder(dirname(to));
    });
  }

  #do<T>(access: 'read' | 'write', work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ioError(error, `the backup at ${this.location}`, access);
    }
  }
}
