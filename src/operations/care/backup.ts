import type {BackupFile, BackupFolder, Manifest} from '../../backups/backups.js';
import {MemError} from '../../errors.js';
import type {JournalFile} from '../../journal/journal.js';
import {drainInto} from '../access/drain.js';
import {HOLD_MS, JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {takeLock} from './repair/repair.js';

export interface BackupParts {
  readonly folder: BackupFolder;
  /** The key of marks, without which a restored home would mark the same secret otherwise. */
  readonly key: {readonly path: string; readonly bytes: number; readonly memory: string};
  /** The user's own rules for secrets, as the home applies them, as text; undefined where there are none. */
  readonly rules: string | undefined;
  /** The text of the settings, which hold no key; undefined where there are none. */
  readonly settings: string | undefined;
}

export interface BackupOptions {
  /** Only says what would be copied. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

export interface BackupReport {
  readonly dryRun: boolean;
  readonly folder: string;
  /** That the backup holds. */
  readonly files: number;
  readonly bytes: number;
  /** Of them, those that were copied now, or would be. */
  readonly copiedFiles: number;
  readonly copiedBytes: number;
  /** False where a signal ended it: then the backup before still stands. */
  readonly isWhole: boolean;
}

/**
 * Copies the journal, as far as it is new, into a folder, with what a restored home needs besides. First all that waits is stored, and what
 * was stored before there was a journal is written to it. The backup that is there stands until the new one is whole; a kill at any point
 * leaves one of the two. The journal is not sealed and nothing is forgotten meanwhile; events are taken in all the same.
 * @throws MemError STORE_REFUSED for a memory in a database, LOCK_BUSY, USAGE for a folder with other files or of another memory,
 *   JOURNAL_DAMAGED, NO_STORE, STORE_BUSY, STORE_DAMAGED, NOT_WRITTEN, IO_ERROR
 */
export async function backup(mem: Mem, parts: BackupParts, options: BackupOptions): Promise<BackupReport> {
  const upkeep = mem.store.maintenance?.journal;
  if (upkeep === undefined) {
    throw new MemError('STORE_REFUSED', 'this memory is in a database, which has backups of its own', {hint: 'use: pg_dump'});
  }
  const {folder, key} = parts;
  const before = folder.manifest();
  if (before !== undefined && before.memory !== key.memory) {
    throw new MemError('USAGE', `${folder.location} holds the backup of another memory`, {hint: 'name a folder of its own'});
  }
  const lock = takeLock(mem);
  try {
    if (!options.dryRun) {
      await storeWhatWaits(mem, options.signal);
      const at = mem.clock();
      while (!options.signal?.aborted && (await upkeep.backfill(at))) await mem.store.pause();
      mem.journal.syncAll();
    }
    return await copyAll(mem, parts, before, options);
  } finally {
    lock.release();
  }
}

async function storeWhatWaits(mem: Mem, signal: AbortSignal | undefined): Promise<void> {
  for (let hasMore = true; hasMore && !signal?.aborted; ) {
    const drained = await mem.store.use(JOB_PATIENCE_MS, (store) => drainInto(store, mem.inbox, mem, {budgetMs: HOLD_MS}));
    hasMore = drained.hasMore;
    if (hasMore) await mem.store.pause();
  }
}

interface Wanted {
  readonly path: string;
  /** Copies it. @throws MemError */
  put(): BackupFile;
  readonly bytes: number;
}

async function copyAll(
  mem: Mem,
  {folder, key, rules, settings}: BackupParts,
  before: Manifest | undefined,
  {dryRun, signal, onProgress}: BackupOptions,
): Promise<BackupReport> {
  const journal = mem.journal.list().files;
  const wanted: Wanted[] = journal.map((file) => {
    const path = pathOf(file);
    const known = before?.files.find((other) => other.path === path);
    // A sealed file never changes under its name.
    const bytes = file.generation > 0 && known?.bytes === file.bytes ? file.bytes : wholeBytes(mem, file);
    return {path, bytes, put: () => folder.copy(path, file.path, bytes)};
  });
  wanted.push({path: 'redact-key', bytes: key.bytes, put: () => folder.copy('redact-key', key.path, key.bytes)});
  // They are small, and may have changed under the same length.
  if (rules !== undefined) wanted.push({path: 'redact-patterns', bytes: -1, put: () => folder.write('redact-patterns', rules)});
  if (settings !== undefined) wanted.push({path: 'config.toml', bytes: -1, put: () => folder.write('config.toml', settings)});
  if (!dryRun) folder.begin();
  const files: BackupFile[] = [];
  let [copiedFiles, copiedBytes] = [0, 0];
  for (const {path, bytes, put} of wanted) {
    if (signal?.aborted) break;
    const known = before?.files.find((file) => file.path === path && file.bytes === bytes);
    const isThere = known !== undefined && folder.has(known);
    const file = isThere ? known : dryRun ? {path, bytes: Math.max(bytes, 0), sha256: ''} : put();
    files.push(file);
    if (!isThere) copiedFiles++;
    if (!isThere) copiedBytes += file.bytes;
    onProgress?.(files.length, wanted.length);
  }
  const isWhole = files.length === wanted.length;
  const {kept, replaced} = earlier(before?.files ?? [], files);
  if (!dryRun && isWhole) {
    const {timeZone, events} = await mem.store.use(JOB_PATIENCE_MS, async (store) => ({
      timeZone: store.header.timeZone,
      events: (await store.counters()).events,
    }));
    const createdAt = mem.clock();
    folder.finish({createdAt, timeZone, memory: key.memory, events, files: [...files, ...kept]}, replaced);
    mem.backupNotes.write({at: createdAt, folder: folder.location, events});
  }
  const all = [...files, ...kept];
  const bytes = all.reduce((sum, file) => sum + file.bytes, 0);
  return {dryRun, folder: folder.location, files: all.length, bytes, copiedFiles, copiedBytes, isWhole};
}

const pathOf = ({writer, name}: JournalFile): string => `journal/${writer}/${name}`;

/** Up to where a file can be read. @throws MemError JOURNAL_DAMAGED: a backup must not take damage over what is whole */
function wholeBytes(mem: Pick<Mem, 'journal'>, file: JournalFile): number {
  let bytes = 0;
  for (const part of mem.journal.read(file)) {
    if (part.kind === 'damage' && part.fault !== 'torn') {
      throw new MemError('JOURNAL_DAMAGED', `the journal's file ${file.path} is damaged at byte ${part.at} (${part.fault})`, {
        hint: 'run: mem repair',
      });
    }
    if (part.kind === 'member') bytes = part.at + part.bytes;
  }
  return bytes;
}

/** Of a file of the journal, without the generation and the hash that a sealed one has. */
const withoutGeneration = (path: string): string => path.replace(/\.\d+\.[\da-f]{32}(?=\.)/, '');

/** Files of the backup before that are not in this one. What the home lost since stays; what it wrote again goes, for it may be forgotten words. */
function earlier(before: readonly BackupFile[], now: readonly BackupFile[]): {kept: BackupFile[]; replaced: BackupFile[]} {
  const paths = new Set(now.map(({path}) => path));
  const places = new Set(now.map(({path}) => withoutGeneration(path)));
  const gone = before.filter(({path}) => !paths.has(path) && path.startsWith('journal/'));
  const isReplaced = ({path}: BackupFile): boolean => places.has(withoutGeneration(path));
  return {kept: gone.filter((file) => !isReplaced(file)), replaced: gone.filter(isReplaced)};
}
