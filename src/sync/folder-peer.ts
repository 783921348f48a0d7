import {appendFileSync, lstatSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {canonicalTimeZone} from '../domain/time/time-zone.js';
import {ioError, MemError} from '../errors.js';
import {parseFileName} from '../journal/file-name.js';
import type {JournalFile} from '../journal/journal.js';
import {listFiles} from '../journal/list-files.js';
import {readOwnFile} from '../system/files/own-file.js';
import {removeFile} from '../system/files/remove-file.js';
import {replaceFile} from '../system/files/replace-file.js';
import {makeFoldersDurably} from '../system/files/sync-folder.js';
import {partOf, partsIn} from './arrivals.js';
import {asPeerFile} from './home-files.js';
import {parseMembers} from './parse-members.js';
import {
  type FileBytes,
  type Listing,
  type MemoryFacts,
  NOTHING_SETTLED,
  type Peer,
  type PeerFile,
  type Settled,
  type Wanted,
} from './peer.js';
import {bytesOf, digestOf, isFileOfJournal, nameOf, writeChunks} from './raw-files.js';

/** In the folder: whose memory is exchanged in it. */
const MEMORY_FILE = 'memory.json';
const FORMAT = 1;

/** A folder that something else carries from machine to machine. It need not exist yet. */
export function openFolderPeer(folder: string): Peer {
  return new FolderPeer(folder);
}

class FolderPeer implements Peer {
  readonly location: string;

  constructor(folder: string) {
    this.location = folder;
  }

  async facts(): Promise<MemoryFacts> {
    return this.#do('read', () => {
      const stat = lstatSync(this.location, {throwIfNoEntry: false});
      if (stat !== undefined && !stat.isDirectory() && !stat.isSymbolicLink()) {
        throw new MemError('USAGE', `${this.location} is not a folder`, {hint: 'name a folder, or: ssh://HOST'});
      }
      const text = readOwnFile(join(this.location, MEMORY_FILE));
      if (text === undefined) return {timeZone: undefined, key: undefined, holdsEvents: false};
      return {...this.#parse(text), holdsEvents: true};
    });
  }

  #parse(text: string): Pick<MemoryFacts, 'timeZone' | 'key'> {
    const {format, time_zone: timeZone, key} = parseMembers(text);
    if (typeof format === 'number' && format > FORMAT) {
      throw new MemError('FORMAT_NEWER', `${join(this.location, MEMORY_FILE)} is of a newer mem`, {hint: 'install a newer mem'});
    }
    if (
      format === FORMAT &&
      typeof timeZone === 'string' &&
      canonicalTimeZone(timeZone) === timeZone &&
      typeof key === 'string' &&
      /^[0-9A-Za-z]{16,128}$/.test(key)
    ) {
      return {timeZone, key};
    }
    throw new MemError('IO_ERROR', `${join(this.location, MEMORY_FILE)} does not say whose memory this is`, {
      hint: 'remove the file where the folder is for mem alone: the next sync writes it again',
    });
  }

  async adopt({timeZone, key}: MemoryFacts): Promise<void> {
    this.#do('write', () => {
      makeFoldersDurably(this.location);
      replaceFile(join(this.location, MEMORY_FILE), `${JSON.stringify({format: FORMAT, time_zone: timeZone, key})}\n`);
    });
  }

  async list(): Promise<Listing> {
    return this.#do('read', () => {
      const {refused} = listFiles(this.location, MEMORY_FILE);
      return {files: this.#files().map(asPeerFile), refused};
    });
  }

  /** Of a file that was replaced both versions may stand there. */
  #files(): readonly JournalFile[] {
    const {files, replaced} = listFiles(this.location, MEMORY_FILE);
    return [...replaced, ...files];
  }

  async choose(files: readonly PeerFile[]): Promise<readonly Wanted[]> {
    return this.#do('read', () => {
      const there = new Map(this.#files().map((file) => [nameOf(file), file]));
      const contents = new Set(this.#files().map(contentOf));
      return files.flatMap((file) => {
        const found = there.get(nameOf(file));
        if (isSealed(file) && contents.has(contentOf(file))) return [];
        if (found === undefined) return [{file, from: 0, digest: ''}];
        if (found.generation > 0 || found.bytes >= file.bytes) return [];
        return [{file, from: found.bytes, digest: digestOf(found.path, found.bytes)}];
      });
    });
  }

  async read(wanted: Wanted): Promise<FileBytes> {
    return this.#do('read', () => bytesOf(this.location, wanted));
  }

  async write(file: PeerFile, {from, chunks}: FileBytes): Promise<string | undefined> {
    const path = join(this.location, file.writer, file.name);
    if (!isFileOfJournal(file)) return 'its name is not that of a file of the journal';
    try {
      makeFoldersDurably(join(this.location, file.writer));
      if (!lstatSync(join(this.location, file.writer)).isDirectory()) return 'the folder of its writer is a link';
      const found = lstatSync(path, {throwIfNoEntry: false});
      if (found === undefined) {
        const part = partOf(this.location, file);
        try {
          await writeChunks(part, chunks);
          renameSync(part, path);
        } catch (error) {
          removeFile(part);
          throw error;
        }
        return undefined;
      }
      if (from === 0 || !found.isFile() || found.size !== from) return 'something else has its name';
      for await (const chunk of chunks) appendFileSync(path, chunk);
      return undefined;
    } catch (error) {
      throw ioError(error, path);
    }
  }

  async settle(): Promise<Settled> {
    return NOTHING_SETTLED;
  }

  async tidy(handled: readonly PeerFile[], current: readonly PeerFile[]): Promise<void> {
    this.#do('write', () => {
      const places = new Set(current.map(placeOf));
      const kept = new Set(current.map(nameOf));
      const contents = new Set(current.filter(isSealed).map(contentOf));
      for (const file of handled) {
        const path = join(this.location, file.writer, file.name);
        if (kept.has(nameOf(file)) || contents.has(contentOf(file))) continue;
        // Another machine may have appended to it since.
        if (places.has(placeOf(file)) && isFileOfJournal(file) && isStill(path, file)) removeFile(path);
      }
      // A machine that was killed while it wrote an older version left what nobody finishes.
      for (const part of partsIn(this.location)) if (places.has(placeOf(part)) && !kept.has(nameOf(part))) removeFile(part.path);
    });
  }

  async close(): Promise<void> {}

  #do<T>(access: 'read' | 'write', work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ioError(error, this.location, access);
    }
  }
}

function placeOf({writer, name}: Pick<PeerFile, 'writer' | 'name'>): string {
  const parts = parseFileName(name);
  return `${writer} ${parts?.kind} ${parts?.number}`;
}

/** By what a sealed file says of its lines: two machines may have written the same under generations of their own. */
function contentOf(file: Pick<PeerFile, 'writer' | 'name'>): string {
  return `${placeOf(file)} ${parseFileName(file.name)?.hash}`;
}

const isSealed = ({name}: Pick<PeerFile, 'name'>): boolean => (parseFileName(name)?.generation ?? 0) > 0;

function isStill(path: string, {bytes, digest}: PeerFile): boolean {
  const stat = lstatSync(path, {throwIfNoEntry: false});
  return stat?.isFile() === true && stat.size === bytes && digestOf(path) === digest;
}
