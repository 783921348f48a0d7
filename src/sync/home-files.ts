import {existsSync, renameSync, truncateSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {errnoOf, ioError, MemError} from '../errors.js';
import {type FileNameParts, parseFileName} from '../journal/file-name.js';
import {peerNodesFolder} from '../journal/folder-journal.js';
import type {JournalFile} from '../journal/journal.js';
import {filesBehind, listFiles} from '../journal/list-files.js';
import {readParts} from '../journal/read-parts.js';
import {readWriter, WRITER_FILE} from '../journal/writer-file.js';
import {readOwnFile} from '../system/files/own-file.js';
import {removeFile} from '../system/files/remove-file.js';
import {writeFileWithFolders} from '../system/files/replace-file.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';
import {redactKey} from '../system/redact-key.js';
import {dropArrivals, partOf, waitingIn, waitingName, wholeIn} from './arrivals.js';
import {linesHashOf, lookAtFile} from './look-at-file.js';
import type {FileBytes, PeerFile, Wanted} from './peer.js';
import {bytesOf, chunksOf, digestOf, inTurn, isFileOfJournal, nameOf, writeChunks} from './raw-files.js';
import type {HomeListing, SyncFiles} from './sync-files.js';
import {parseSyncState, type SyncState} from './sync-state.js';
import {isSentPart, TravellingFiles} from './travelling-files.js';
import type {Travels} from './travelling-part.js';
import {wantedOf} from './wanted-of.js';

/** The files of a home that take part in an exchange: its journal, and the notes beside it. @param travels undefined: all projects do */
export function openHomeFiles(home: string, travels?: Travels): SyncFiles {
  return new HomeFiles(home, travels);
}

class HomeFiles implements SyncFiles {
  readonly #folder: string;
  readonly #nodesFolder: string;
  readonly #home: string;
  readonly #statePath: string;
  readonly #travelling: TravellingFiles | undefined;

  constructor(home: string, travels: Travels | undefined) {
    this.#folder = join(home, 'journal');
    this.#nodesFolder = peerNodesFolder(home);
    this.#home = home;
    this.#statePath = join(home, 'sync', 'state.json');
    this.#travelling = travels && new TravellingFiles(this.#folder, travels);
  }

  async list(): Promise<HomeListing> {
    const {files, refused} = this.#do(() => listFiles(this.#folder, WRITER_FILE));
    if (this.#travelling === undefined) {
      const all = this.#do(() => files.filter((file) => file.kind !== 'node' || this.#isPaid(file)).map(asPeerFile));
      return {files: all, refused, whole: []};
    }
    try {
      const state = this.readState();
      const {offered, sent} = await this.#travelling.list(files, state);
      this.writeState({...state, sent});
      const names = new Set(offered.map(nameOf));
      return {files: offered, refused, whole: files.filter((file) => file.kind === 'event' && !names.has(nameOf(file))).map(asPeerFile)};
    } catch (error) {
      throw this.#problem(error);
    }
  }

  /** Whether a model was paid for something in a file of nodes. What was looked at once is noted. */
  #isPaid({writer, name, path, bytes}: JournalFile): boolean {
    const state = this.readState();
    const key = nameOf({writer, name});
    const known = state.paid[key] ?? 0;
    if (known > 0 || known === -bytes) return known > 0;
    const isPaid = hasPaidNode(path);
    this.writeState({...state, paid: {...state.paid, [key]: isPaid ? bytes : -bytes}});
    return isPaid;
  }

  choose(files: readonly PeerFile[], {own, wantsNodes}: {own: string | undefined; wantsNodes: boolean}): readonly Wanted[] {
    return this.#do(() => {
      const state = this.readState();
      const ours = new Map(
        [...listFiles(this.#folder, WRITER_FILE).files, ...listFiles(this.#nodesFolder, WRITER_FILE).files].map((file) => [
          placeOf(file.writer, file),
          file,
        ]),
      );
      const sealed: Record<string, string> = {};
      const wanted = files.flatMap((file) => {
        const parts = parseFileName(file.name);
        if (!isFileOfJournal(file) || parts === undefined || state.seen[nameOf(file)] === file.digest) return [];
        // Our own nodes are in our store.
        if (parts.kind === 'node' && (!wantsNodes || file.writer === own)) return [];
        const inPlace = ours.get(placeOf(file.writer, parts));
        if (isSentPart(file, inPlace, state)) return [];
        // The open file that stands here was sealed there: it need not come to be sealed here, too.
        if (parts.kind !== 'node' && inPlace?.generation === 0 && parts.generation > 0 && linesHashOf(inPlace.path) === parts.hash) {
          sealed[nameOf(inPlace)] = parts.hash;
          return [];
        }
        const missing = wantedOf(file, inPlace, {isOwn: file.writer === own, parts});
        const part = partOf(this.#folderOf(parts), file);
        const begun = wholeIn(part);
        return missing.map((each) =>
          begun > each.from && begun <= file.bytes ? {file, from: begun, digest: digestOf(part, begun)} : each,
        );
      });
      if (Object.keys({...state.sealed, ...sealed}).length > 0) this.writeState({...state, sealed});
      return wanted;
    });
  }

  async read(wanted: Wanted): Promise<FileBytes> {
    if (this.#travelling === undefined) return this.#do(() => bytesOf(this.#folder, wanted));
    try {
      return await this.#travelling.read(wanted, listFiles(this.#folder, WRITER_FILE).files, this.readState());
    } catch (error) {
      throw this.#problem(error);
    }
  }

  async receive(file: PeerFile, {from, chunks}: FileBytes): Promise<string | undefined> {
    const parts = parseFileName(file.name);
    if (!isFileOfJournal(file) || parts === undefined) return 'its name is not that of a file of the journal';
    const root = this.#folderOf(parts);
    const folder = join(root, file.writer);
    const path = join(folder, file.name);
    const part = partOf(root, file);
    try {
      makeFoldersDurably(folder);
      const isBegun = from > 0 && wholeIn(part) === from;
      if (isBegun) await writeChunks(part, chunks, from);
      else await writeChunks(part, from > 0 ? inTurn(chunksOf(path, 0, from), chunks) : chunks);
      // What was begun came from any peer: all of it is looked at.
      const verdict = digestOf(part) === file.digest ? lookAtFile(part, parts, isBegun ? 0 : from) : {reason: 'it is not what was listed'};
      if ('reason' in verdict || verdict.whole === 0) {
        removeFile(part);
        return 'reason' in verdict ? verdict.reason : 'nothing of it is whole yet';
      }
      truncateSync(part, verdict.whole);
      const others = filesBehind(root, file.writer, parts.kind, parts.number).filter(
        ({number, name}) => number === parts.number && name !== file.name,
      );
      renameSync(part, parts.kind === 'node' || this.#isNextOf(file, parts, part) ? path : join(folder, waitingName(file.name)));
      // Of nodes a version is as good as another: what is missing is made.
      if (parts.kind === 'node') for (const other of others) removeFile(other.path);
      syncFolder(folder);
      return undefined;
    } catch (error) {
      // What came of it before the other side went away is where the next sync goes on.
      if (!(error instanceof MemError)) removeFile(part);
      if (error instanceof RangeError) return error.message;
      if (errnoOf(error) === 'ENOENT' && !existsSync(part)) return 'something was forgotten while it came; the next sync brings it';
      throw ioError(error, path);
    }
  }

  /** Whether it may take the place of our version: that is missing, or the beginning of it. Our own files are appended to by nobody else. */
  #isNextOf({writer, name}: PeerFile, {kind, number}: FileNameParts, part: string): boolean {
    const ours = filesBehind(this.#folder, writer, kind, number).find((other) => other.number === number);
    if (ours === undefined) return true;
    return ours.name === name && writer !== readWriter(this.#folder) && digestOf(part, ours.bytes) === digestOf(ours.path);
  }

  waiting(): readonly JournalFile[] {
    return this.#do(() => waitingIn(this.#folder));
  }

  dropParts(): void {
    dropArrivals(this.#home, 'parts');
  }

  #folderOf({kind}: Pick<FileNameParts, 'kind'>): string {
    return kind === 'node' ? this.#nodesFolder : this.#folder;
  }

  digestOf({path}: JournalFile): string {
    return this.#do(() => digestOf(path));
  }

  place({path, name}: JournalFile): void {
    this.#do(() => {
      renameSync(path, join(dirname(path), name));
      syncFolder(dirname(path));
    });
  }

  remove(path: string): void {
    this.#do(() => removeFile(path));
  }

  key(): string {
    return redactKey(this.#home).toString('latin1');
  }

  adoptKey(key: string): void {
    this.#do(() => writeFileWithFolders(join(this.#home, 'redact-key'), `${key}\n`));
  }

  readState(): SyncState {
    return this.#do(() => parseSyncState(readOwnFile(this.#statePath) ?? '{}'));
  }

  writeState(state: SyncState): void {
    this.#do(() => writeFileWithFolders(this.#statePath, `${JSON.stringify(state)}\n`));
  }

  #do<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#problem(error);
    }
  }

  #problem(error: unknown): unknown {
    return ioError(error, `the journal at ${this.#folder}`);
  }
}

/** Whether a model made a version of a node in a file: the name of a summarizer with a model has two parts. */
function hasPaidNode(path: string): boolean {
  for (const part of readParts(path))
    if (part.kind === 'member' && /"summarizer":"[^" ]+ [^"]/.test(part.lines.toString('latin1'))) return true;
  return false;
}

const placeOf = (writer: string, {kind, number}: Pick<JournalFile, 'kind' | 'number'>): string => `${writer} ${kind} ${number}`;

export function asPeerFile({writer, name, bytes, path}: JournalFile): PeerFile {
  return {writer, name, bytes, digest: digestOf(path, bytes)};
}
