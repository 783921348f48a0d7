import type {JournalFile} from '../journal/journal.js';
import type {FileBytes, PeerFile, Refusal, Wanted} from './peer.js';
import type {SyncState} from './sync-state.js';

/** What a home has for others. */
export interface HomeListing {
  readonly files: readonly PeerFile[];
  readonly refused: readonly Refusal[];
  /** Files of which `files` has a version with less, because not all projects travel. */
  readonly whole: readonly PeerFile[];
}

/** The files of a home that take part in an exchange. Every failed system call is a MemError. */
export interface SyncFiles {
  list(): Promise<HomeListing>;
  /** @param own our writer @param wantsNodes a model is paid here, so that nodes for which it was paid elsewhere save money */
  choose(files: readonly PeerFile[], options: {own: string | undefined; wantsNodes: boolean}): readonly Wanted[];
  /** @throws MemError USAGE for what does not travel */
  read(wanted: Wanted): Promise<FileBytes>;
  /** Takes a file in after a look at all of it. @returns why not, else undefined */
  receive(file: PeerFile, bytes: FileBytes): Promise<string | undefined>;
  /** Files that came and wait beside another version of themselves. */
  waiting(): readonly JournalFile[];
  /** Removes what came of files whose transfer was cut and that nobody sends any more. */
  dropParts(): void;
  digestOf(file: JournalFile): string;
  /** Gives a file that waited its name. */
  place(file: JournalFile): void;
  remove(path: string): void;
  /** The key of redaction marks; made on first use. */
  key(): string;
  adoptKey(key: string): void;
  readState(): SyncState;
  writeState(state: SyncState): void;
}
