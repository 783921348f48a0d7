import type {BackupFile, BackupFolder, Manifest, NewHome} from '../../backups/backups.js';
import {MemError} from '../../errors.js';
import type {Mem} from '../mem.js';
import type {MadeStore} from './repair/make-store.js';
import {rebuild} from './repair/rebuild.js';

export interface RestoreParts {
  readonly folder: BackupFolder;
  readonly home: string;
  /** @throws MemError USAGE where the home holds something */
  readonly assertFree: () => void;
  readonly begin: () => NewHome;
  /** What works on a home. */
  readonly open: (home: string) => Promise<Mem>;
}

export interface RestoreOptions {
  /** Only looks whether the backup is whole. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((what: string) => void) | undefined;
}

export interface RestoreReport {
  readonly dryRun: boolean;
  readonly folder: string;
  readonly home: string;
  readonly manifest: Manifest;
  /** Undefined with `dryRun`, and where a signal ended it: then nothing was made. */
  readonly store: MadeStore | undefined;
}

/**
 * Makes a home of a backup: looks at every byte of it first, copies it beside the home's place, makes the store of its journal there, and
 * puts it in its place. A kill at any point leaves nothing there, and it can be run again.
 * @throws MemError NO_INPUT where no whole backup is, JOURNAL_DAMAGED where it is not as it was written, USAGE, NOT_WRITTEN, IO_ERROR
 */
export async function restore(
  {folder, home, assertFree, begin, open}: RestoreParts,
  {dryRun, signal, onProgress}: RestoreOptions,
): Promise<RestoreReport> {
  const manifest = folder.manifest();
  if (manifest === undefined) {
    throw new MemError('NO_INPUT', `there is no whole backup in ${folder.location}`, {hint: 'make one with: mem backup FOLDER'});
  }
  if (!dryRun) assertFree();
  const {files} = manifest;
  const report = {dryRun, folder: folder.location, home, manifest, store: undefined};
  for (const [at, file] of files.entries()) {
    if (signal?.aborted) return report;
    onProgress?.(`looking at the backup: ${at} of ${files.length} files`);
    assertWhole(folder, file);
  }
  if (dryRun) return report;
  const made = begin();
  try {
    for (const [at, file] of files.entries()) {
      if (signal?.aborted) return report;
      onProgress?.(`copying: ${at} of ${files.length} files`);
      if (file.path !== 'config.toml') folder.copyOut(file, `${made.folder}/${file.path}`);
    }
    const mem = await open(made.folder);
    const {store} = await rebuild(mem, {
      dryRun: false,
      isPartial: false,
      timeZone: manifest.timeZone,
      isZoneKnown: true,
      signal,
      onProgress: (what, done) => onProgress?.(`making the store: ${done} ${what}`),
    });
    if (store === undefined || signal?.aborted) return report;
    made.finish();
    return {...report, store};
  } finally {
    made.abandon();
  }
}

function assertWhole(folder: BackupFolder, file: BackupFile): void {
  const fault = folder.faultOf(file);
  if (fault === undefined) return;
  throw new MemError('JOURNAL_DAMAGED', `${folder.location}/${file.path} is not as it was written: ${fault}; nothing was made`, {
    hint: 'take another copy of the backup',
  });
}
