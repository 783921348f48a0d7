import type {Mem} from '../../mem.js';
import {linesOf} from '../journal-lines.js';
import {type MadeStore, type MakeStoreOptions, makeStore} from './make-store.js';
import {assertHasJournal, takeLock} from './repair.js';

export interface RebuildOptions extends Pick<MakeStoreOptions, 'timeZone' | 'isZoneKnown' | 'onProgress' | 'signal'> {
  /** Only says what the journal has. */
  readonly dryRun: boolean;
  /** Also where the journal has less than the store. */
  readonly isPartial: boolean;
}

export interface RebuildReport {
  readonly dryRun: boolean;
  /** In the journal. */
  readonly files: number;
  readonly lines: {readonly events: number; readonly versions: number};
  /** Places in the journal that are damaged. */
  readonly damaged: number;
  /** Undefined with `dryRun`, and where a signal ended it. */
  readonly store: MadeStore | undefined;
}

/**
 * Makes the store again from the journal alone, with every event and every version of every node; of the old store it takes the header and
 * what no journal has. The old store is kept beside the new one.
 * @throws MemError as `repair`; JOURNAL_DAMAGED where the journal has less than the store, unless `isPartial`
 */
export async function rebuild(mem: Mem, {dryRun, isPartial, ...options}: RebuildOptions): Promise<RebuildReport> {
  assertHasJournal(mem);
  const lock = takeLock(mem);
  try {
    const found = lookAtJournal(mem);
    const store = dryRun ? undefined : await makeStore(mem, {...options, salvages: false, mayLose: isPartial});
    return {dryRun, ...found, store};
  } finally {
    lock.release();
  }
}

/** What the journal has, without making anything of it. */
export function lookAtJournal({journal}: Pick<Mem, 'journal'>): Pick<RebuildReport, 'files' | 'lines' | 'damaged'> {
  const {files} = journal.list();
  const lines = {events: 0, versions: 0};
  let damaged = 0;
  for (const file of files) {
    for (const part of journal.read(file)) {
      if (part.kind === 'damage') damaged++;
      else if (file.kind === 'event') lines.events += linesOf(part.lines).length;
      else if (file.kind === 'node') lines.versions += linesOf(part.lines).length;
    }
  }
  return {files: files.length, lines, damaged};
}
