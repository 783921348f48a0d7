import type {BackupFolder, BackupListing, BackupWriter, KeptFile, SourceFile} from '../../../backups/backups.js';
import type {EpochMs} from '../../../domain/event/event.js';
import {MemError} from '../../../errors.js';
import {withDrainedStore} from '../../access/drained-store.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {backfillJournal} from '../backfill-journal.js';
import {takeLock} from '../repair/repair.js';
import {journalSources} from './journal-sources.js';

export interface BackupOptions {
  readonly folder: string;
  /** How many backups stay in it; the oldest go. At least 1. */
  readonly keep: number;
  /** Only says what would be copied. */
  readonly dryRun: boolean;
  /** Settings that hold no key, as text; undefined where none are set. */
  readonly settings: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

export interface BackupReport {
  readonly dryRun: boolean;
  readonly folder: string;
  readonly at: EpochMs;
  /** Of its manifest; undefined with `dryRun`, and where a signal ended it. */
  readonly name: string | undefined;
  readonly files: Amount;
  /** What was not there before. */
  readonly added: Amount;
  /** Files in the folder that no backup names any more. */
  readonly removedFiles: number;
  /** What keeps it from being a backup of everything, each with what to do. */
  readonly problems: readonly string[];
}

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Days go by: at this rate the inbox is empty, and what it does not get to is taken as it waits. */
const DRAIN_MS = 3_000;
/** As long as it takes: without it the backup would not be whole. */
const BACKFILL_MS = 3_600_000;

/**
 * Puts what the memory is made of into a folder: the journal, events that wait, the key of its marks, settings. Every event that was
 * acknowledged before it began is in it. Files that are there already are not copied again. The manifest comes last.
 * @throws MemError USAGE for a folder in the home or a foreign one, LOCK_BUSY while a compaction or another backup runs, NO_STORE where
 * nothing is stored, NOT_WRITTEN, IO_ERROR
 */
export async function backUp(mem: Mem, options: BackupOptions): Promise<BackupReport> {
  if (mem.store.maintenance === undefined) {
    throw new MemError('USAGE', `the memory lies in a database, ${mem.store.location}`, {hint: 'back up the database with its own tools'});
  }
  const backup = mem.backups.open(options.folder);
  backup.lookToWrite(mem.backups.memory());
  const {timeZone, problems} = await readStore(mem, backup, options);
  // Nothing is sealed, forgotten or repaired meanwhile.
  const lock = takeLock(mem);
  try {
    const about = {at: mem.clock(), timeZone, problems};
    if (options.dryRun) return plan(mem, backup, about, options);
    const memory = mem.backups.nameMemory();
    const report = await backup.write(memory, (writer) => write(mem, writer, {...about, memory, folder: backup.folder}, options));
    if (report.name !== undefined) mem.backups.noteLast({at: report.at, folder: report.folder});
    return report;
  } finally {
    lock.release();
  }
}

interface StoreFacts {
  readonly timeZone: string;
  readonly problems: readonly string[];
}

/** A store that cannot be opened is no reason to have no backup: all events are in the journal and the inbox. */
async function readStore(mem: Mem, backup: BackupFolder, {dryRun, signal}: BackupOptions): Promise<StoreFacts> {
  try {
    const limits = {patienceMs: JOB_PATIENCE_MS, drainMs: DRAIN_MS};
    const timeZone = await withDrainedStore(mem, limits, async (store) => store.header.timeZone);
    if (!dryRun) await backfillJournal(mem, BACKFILL_MS, signal);
    const {backfill, shortSince} = mem.store.maintenance?.journal?.facts ?? {};
    const problems: string[] = [];
    if (backfill !== undefined) problems.push('the journal does not have everything yet that is stored; run: mem compact');
    if (shortSince !== undefined) problems.push('the journal lost events that are in the store alone; run: mem repair, then back up again');
    return {timeZone, problems};
  } catch (error) {
    const before = error instanceof MemError && error.code !== 'NO_STORE' ? backup.lookToWrite(mem.backups.memory()) : undefined;
    const timeZone = before?.manifests.at(-1)?.timeZone;
    if (!(error instanceof MemError) || timeZone === undefined) throw error;
    return {timeZone, problems: [`the store was not read: ${error.message}; ${error.hint ?? 'run: mem check'}`]};
  }
}

interface About extends StoreFacts {
  readonly at: EpochMs;
}

/** What waits comes first: what is gone from there when it is to be copied stands in the journal by then. */
function waitingSources({inbox}: Pick<Mem, 'inbox'>): readonly SourceFile[] {
  return inbox.list().map(({name}) => ({path: `inbox/new/${name}`, source: inbox.pathOf(name), bytes: undefined, isFinal: false}));
}

function smallSources({home, backups}: Pick<Mem, 'home' | 'backups'>): readonly SourceFile[] {
  return backups.smallFiles.map((path) => ({path, source: `${home}/${path}`, bytes: undefined, isFinal: false}));
}

/** By path, texts that are no files of the home as they are. */
function texts({forgetting: {intents}}: Pick<Mem, 'forgetting'>, {settings}: BackupOptions): readonly (readonly [string, string])[] {
  const unfinished = intents.pending().flatMap((number) => {
    const text = intents.read(number);
    return text === undefined ? [] : [[`forget/${number}`, text] as const];
  });
  return settings === undefined ? unfinished : [...unfinished, ['settings.toml', settings]];
}

function plan(mem: Mem, backup: BackupFolder, about: About, options: BackupOptions): BackupReport {
  const listing: BackupListing = backup.lookToWrite(mem.backups.memory());
  const {sources, problems} = journalSources(mem.journal);
  const files = {files: 0, bytes: 0};
  const added = {files: 0, bytes: 0};
  for (const {path, bytes = 0, isFinal} of [...waitingSources(mem), ...sources]) {
    count(files, bytes);
    if (!isFinal || !backup.has(path, bytes, listing)) count(added, bytes);
  }
  for (const [, text] of texts(mem, options)) for (const sum of [files, added]) count(sum, text.length);
  const {at} = about;
  return {
    dryRun: true,
    folder: backup.folder,
    at,
    name: undefined,
    files,
    added,
    removedFiles: 0,
    problems: [...about.problems, ...problems],
  };
}

async function write(
  mem: Mem,
  writer: BackupWriter,
  about: About & {readonly memory: string; readonly folder: string},
  options: BackupOptions,
): Promise<BackupReport> {
  const {at, timeZone, memory, folder} = about;
  const {keep, signal, onProgress} = options;
  const kept: KeptFile[] = [];
  const files = {files: 0, bytes: 0};
  const added = {files: 0, bytes: 0};
  const take = (file: ReturnType<BackupWriter['keep']>): void => {
    if (file === undefined) return;
    const {path, hash, bytes, isNew} = file;
    kept.push({path, hash, bytes});
    count(files, bytes);
    if (isNew) count(added, bytes);
  };
  for (const source of waitingSources(mem)) take(writer.keep(source));
  const {sources, problems} = journalSources(mem.journal);
  const all = [...sources, ...smallSources(mem)];
  const report = {dryRun: false, folder, at, files, added, problems: [...about.problems, ...problems]};
  for (const [done, source] of all.entries()) {
    if (signal?.aborted) return {...report, name: undefined, removedFiles: 0};
    onProgress?.(done, all.length);
    const file = writer.keep(source);
    if (file === undefined && source.path.startsWith('journal/')) {
      throw new MemError('IO_ERROR', `${source.source} went while the journal was copied`, {hint: 'run the command again'});
    }
    take(file);
    // Signals get their turn.
    await mem.store.pause();
  }
  for (const [path, text] of texts(mem, options)) take(writer.keepText(path, text));
  const done = writer.finish({memory, at, timeZone, files: kept}, keep);
  return {...report, ...done};
}

function count(sum: {files: number; bytes: number}, bytes: number): void {
  sum.files++;
  sum.bytes += bytes;
}
