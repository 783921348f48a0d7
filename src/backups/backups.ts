import type {EpochMs} from '../domain/event/event.js';

/** A file of a backup, as it was copied: so many bytes of it, from its beginning. What stands behind them is of a backup that was not finished. */
export interface BackupFile {
  /** Below the backup's folder, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Of these bytes, in hex. */
  readonly sha256: string;
}

/** What a backup holds. It is written last: a folder without it is no backup. */
export interface Manifest {
  readonly createdAt: EpochMs;
  readonly timeZone: string;
  /** Tells memories apart: a hash of the key of marks, which a restored home has, too. */
  readonly memory: string;
  /** In the store when the backup was made. */
  readonly events: number;
  readonly files: readonly BackupFile[];
}

/** A folder that backups of one memory are made in, one after the other. */
export interface BackupFolder {
  readonly location: string;
  /**
   * Of the last whole backup.
   * @returns undefined where the folder is empty, does not exist, or has a first backup that was not finished
   * @throws MemError USAGE where something else is in the folder, INPUT_BAD, FORMAT_NEWER, IO_ERROR
   */
  manifest(): Manifest | undefined;
  /** Makes the folder. @throws MemError NOT_WRITTEN, IO_ERROR */
  begin(): void;
  /** Whether it has what the last backup copied there, by its length. */
  has(file: BackupFile): boolean;
  /** Copies the beginning of a file, and syncs it. @param from where it stands @throws MemError NOT_WRITTEN, IO_ERROR */
  copy(path: string, from: string, bytes: number): BackupFile;
  /** The same of a text. */
  write(path: string, text: string): BackupFile;
  /** Writes the manifest, then removes files that a newer generation replaced. @throws MemError NOT_WRITTEN, IO_ERROR */
  finish(manifest: Manifest, replaced: readonly BackupFile[]): void;
  /** Why a file is not what the manifest says; undefined when it is. */
  faultOf(file: BackupFile): string | undefined;
  /** Copies a file out, and syncs it. @param to where, with the folders above it */
  copyOut(file: BackupFile, to: string): void;
}

/** A home that is made beside the place where it is to be, and gets there whole. */
export interface NewHome {
  /** Where it is until then. */
  readonly folder: string;
  /** Puts it in its place. @throws MemError USAGE where something came there meanwhile, NOT_WRITTEN, IO_ERROR */
  finish(): void;
  /** Removes it, unless it is in its place. */
  abandon(): void;
}
