import type {LastBackup} from '../domain/care/last-backup.js';
import type {EpochMs} from '../domain/event/event.js';

/** A file of a home, as a backup names it. */
export interface KeptFile {
  /** In the home, with `/` between names. */
  readonly path: string;
  /** SHA-256 of its bytes, in hex. */
  readonly hash: string;
  readonly bytes: number;
}

/** What one backup holds. It is written last: without it there is no backup. */
export interface Manifest {
  /** Which memory it is of: see `Backups.memory`. */
  readonly memory: string;
  readonly at: EpochMs;
  /** Of the memory: no journal names it. */
  readonly timeZone: string;
  readonly files: readonly KeptFile[];
}

export interface NamedManifest extends Manifest {
  /** Names sort by time. */
  readonly name: string;
}

export interface BackupListing {
  /** The memory whose backups these are; undefined where the folder is no backup yet. */
  readonly memory: string | undefined;
  /** Oldest first. */
  readonly manifests: readonly NamedManifest[];
  /** Manifests that are not whole, or of a newer mem. */
  readonly refused: readonly string[];
}

/** A file that a backup takes. */
export interface SourceFile {
  readonly path: string;
  /** Where it lies now. */
  readonly source: string;
  /** So many bytes of it; undefined: all. */
  readonly bytes: number | undefined;
  /** Nothing ever changes the file under this name: it is linked where it can be, and one of this path and size is not read again. */
  readonly isFinal: boolean;
}

export interface Kept extends KeptFile {
  /** It was not there before. */
  readonly isNew: boolean;
}

/** One backup that is being made. */
export interface BackupWriter {
  /** @returns undefined where the file is gone @throws MemError NOT_WRITTEN, IO_ERROR */
  keep(file: SourceFile): Kept | undefined;
  keepText(path: string, text: string): Kept;
  /**
   * Has all that was kept survive a power cut, then writes the manifest, then removes all manifests but the newest `most`, and the files
   * that none of them names. Where a manifest is refused, no file is removed.
   * @returns its name, and how many files went
   */
  finish(manifest: Manifest, most: number): {readonly name: string; readonly removedFiles: number};
}

/** A folder that holds backups of one memory. Nothing is made before it is written to. */
export interface BackupFolder {
  /** Absolute. */
  readonly folder: string;
  /** @throws MemError NO_INPUT where the folder does not exist, IO_ERROR */
  look(): BackupListing;
  /** The same for who is about to write: a folder that does not exist, or is empty, is none of another's. @throws MemError USAGE for a foreign folder */
  lookToWrite(memory: string | undefined): BackupListing;
  /** Whether a final file of that path and size is there already. */
  has(path: string, bytes: number, listing: BackupListing): boolean;
  /** Nobody else writes to it meanwhile. @throws MemError LOCK_BUSY, USAGE as `lookToWrite`, NOT_WRITTEN, IO_ERROR */
  write<T>(memory: string, work: (writer: BackupWriter) => Promise<T>): Promise<T>;
  /** Reads a file to its end. @throws MemError BACKUP_DAMAGED */
  verify(file: KeptFile): void;
}

/** What is to be put into a home. */
export interface StagedNote {
  readonly memory: string;
  /** Its name. */
  readonly manifest: string;
  readonly timeZone: string;
  /** `staged`: all of it lies in the home's folder for that; `placed`: it lies where it belongs; `made`: the store is made from it. */
  readonly step: 'staged' | 'placed' | 'made';
}

/** The folder in a home in which a restore collects everything before it changes anything. */
export interface Staging {
  /** What a restore before this one left whole. @throws MemError IO_ERROR, FORMAT_NEWER */
  note(): StagedNote | undefined;
  /** Begins anew. */
  begin(): void;
  /** Copies a file into it, and compares its hash. @throws MemError BACKUP_DAMAGED, NOT_WRITTEN, IO_ERROR */
  take(from: BackupFolder, file: KeptFile): void;
  /** All that was taken survives a power cut; from here on it can be placed. */
  finish(note: StagedNote): void;
  /** Texts of intents to forget that were in the backup. */
  intents(): readonly string[];
  /** Moves everything to where it belongs. It can be done again from any point. @returns whether settings were put beside */
  place(note: StagedNote): {readonly hasSettings: boolean};
  /** Notes how far it is. */
  advance(note: StagedNote): void;
  /** Gives up what was not finished. */
  abandon(): void;
  /** All is done. */
  remove(): void;
}

/** Backups of a home, and the way back. Every failed system call is a MemError: NOT_WRITTEN or IO_ERROR. */
export interface Backups {
  /** @throws MemError USAGE where the folder lies in the home, or the home in it */
  open(folder: string): BackupFolder;
  readonly staging: Staging;
  /** A name for the memory that tells nothing of its key; undefined where it has no key yet. */
  memory(): string | undefined;
  /** The same; a memory without a key gets one. */
  nameMemory(): string;
  /** Small files of the home that a backup takes as they are, by their names there. */
  readonly smallFiles: readonly string[];
  /** Undefined where none was made, or the note cannot be read. */
  last(): LastBackup | undefined;
  noteLast(last: LastBackup): void;
}
