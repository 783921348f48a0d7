import {linkSync, renameSync, statSync, unlinkSync} from 'node:fs';
import {join} from 'node:path';
import {instant} from '../domain/time/instant.js';
import {errnoOf, MemError} from '../errors.js';
import {namesIn} from '../system/names-in.js';
import {randomBits} from '../system/random-bits.js';
import {removeFile} from '../system/remove-file.js';
import {replaceFile} from '../system/replace-file.js';
import {syncFolder} from '../system/sync-folder.js';
import type {BackupListing, BackupWriter, Kept, KeptFile, Manifest, SourceFile} from './backups.js';
import {copyFile, type Hashed, hashFile} from './copy-file.js';
import {formatManifest, manifestName, sha256, storedName} from './manifest.js';

/** Where a link cannot be made the file is copied: another disk, or a file system without links. */
const NO_LINK = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES'];
const TEMPORARY = /^\.[0-9A-Z]+\.tmp(?:\.\d+\.tmp)?$/;
const MARKED_TEMPORARY = /\.manifest\.\d+\.tmp$/;

/** Writes into the folders `files` and `manifests`, which exist. Who calls holds the lock. */
export class FolderBackupWriter implements BackupWriter {
  readonly #files: string;
  readonly #manifests: string;
  readonly #before: BackupListing;
  readonly #final = new Map<string, KeptFile>();

  constructor(folder: string, before: BackupListing) {
    this.#files = join(folder, 'files');
    this.#manifests = join(folder, 'manifests');
    this.#before = before;
    for (const {files} of before.manifests) for (const file of files) this.#final.set(file.path, file);
  }

  keep({path, source, bytes, isFinal}: SourceFile): Kept | undefined {
    const known = isFinal ? this.#final.get(path) : undefined;
    if (known !== undefined && (bytes === undefined || known.bytes === bytes) && this.#has(known)) return {...known, isNew: false};
    const temporary = this.#temporary();
    let copied: Hashed;
    try {
      copied = (isFinal && linked(source, temporary)) || copyFile(source, temporary, bytes);
    } catch (error) {
      removeFile(temporary);
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    if (bytes !== undefined && copied.bytes !== bytes) {
      unlinkSync(temporary);
      throw new MemError('IO_ERROR', `${source} was cut while it was read`, {hint: 'run: mem check'});
    }
    return this.#name({path, ...copied}, temporary);
  }

  keepText(path: string, text: string): Kept {
    const temporary = this.#temporary();
    replaceFile(temporary, text);
    return this.#name({path, hash: sha256(text), bytes: Buffer.byteLength(text)}, temporary);
  }

  finish(manifest: Manifest, most: number): {name: string; removedFiles: number} {
    syncFolder(this.#files);
    let {at} = manifest;
    const taken = new Set(namesIn(this.#manifests));
    // A clock that was set back must not make this one older than what is there.
    const newest = this.#before.manifests.at(-1)?.at;
    if (newest !== undefined && at <= newest) at = after(newest);
    while (taken.has(manifestName({at}))) at = after(at);
    const name = manifestName({at});
    replaceFile(join(this.#manifests, name), formatManifest({...manifest, at}));
    syncFolder(this.#manifests);
    return {name, removedFiles: this.#prune(manifest, most)};
  }

  #prune(newest: Manifest, most: number): number {
    const kept = most <= 1 ? [] : this.#before.manifests.slice(1 - most);
    const gone = this.#before.manifests.slice(0, this.#before.manifests.length - kept.length);
    for (const {name} of gone) removeFile(join(this.#manifests, name));
    for (const name of namesIn(this.#manifests)) if (MARKED_TEMPORARY.test(name)) removeFile(join(this.#manifests, name));
    // A manifest that still names a file must not come back without it.
    syncFolder(this.#manifests);
    const isAllKnown = this.#before.refused.length === 0;
    const named = new Set([newest, ...kept].flatMap(({files}) => files.map(storedName)));
    const isLeft = (name: string): boolean => TEMPORARY.test(name) || (isAllKnown && /^[0-9a-f]{64}/.test(name) && !named.has(name));
    return namesIn(this.#files).filter((name) => isLeft(name) && removeFile(join(this.#files, name))).length;
  }

  #name(file: KeptFile, temporary: string): Kept {
    const isNew = !this.#has(file);
    // Of two links of one file a rename does nothing.
    if (isNew) renameSync(temporary, join(this.#files, storedName(file)));
    else unlinkSync(temporary);
    return {...file, isNew};
  }

  #has(file: KeptFile): boolean {
    return statSync(join(this.#files, storedName(file)), {throwIfNoEntry: false})?.size === file.bytes;
  }

  #temporary(): string {
    return join(this.#files, `.${randomBits()}.tmp`);
  }
}

const after = (at: number) => instant(at + 1);

/** @returns undefined where it must be copied */
function linked(source: string, to: string): Hashed | undefined {
  try {
    linkSync(source, to);
  } catch (error) {
    if (NO_LINK.includes(errnoOf(error) ?? '')) return undefined;
    throw error;
  }
  return hashFile(to);
}
