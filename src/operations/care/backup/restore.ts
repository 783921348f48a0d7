import type {BackupFolder, BackupListing, KeptFile, NamedManifest, StagedNote} from '../../../backups/backups.js';
import type {EpochMs} from '../../../domain/event/event.js';
import {MemError} from '../../../errors.js';
import {lockBusy} from '../../../locks/locks.js';
import {finishForgetting} from '../../forget/forget.js';
import {parseIntent} from '../../forget/intent.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import type {MadeStore, MakeStoreOptions} from '../repair/make-store.js';
import {rebuild} from '../repair/rebuild.js';
import {assertCanTake} from './assert-can-take.js';
import {forgetAgain} from './forget-again.js';

export interface RestoreOptions {
  readonly folder: string;
  /** The name of one of its manifests; undefined: the newest. */
  readonly manifest: string | undefined;
  /** Only verifies, and says what is there. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly onVerify?: ((done: number, all: number) => void) | undefined;
  readonly onMake?: MakeStoreOptions['onProgress'];
}

export interface RestoreReport {
  readonly dryRun: boolean;
  readonly folder: string;
  readonly home: string;
  /** What is restored, and when that backup was made. */
  readonly manifest: string;
  readonly at: EpochMs;
  readonly timeZone: string;
  readonly files: number;
  readonly bytes: number;
  /** All that are whole, the newest last. */
  readonly manifests: readonly string[];
  /** Names of manifests that are not whole. */
  readonly refused: readonly string[];
  /** Undefined with `dryRun`, and where a signal ended it. */
  readonly store: MadeStore | undefined;
  /** Events of the backup that were forgotten since, as far as is known: they are gone again. */
  readonly forgotten: number;
  /** How many forgotten events the memory knows of now. */
  readonly tombstones: number;
  /** Settings of the backup lie beside, in the home. */
  readonly hasSettings: boolean;
}

/**
 * Makes a home from a backup: first every file is compared with its hash, then all are collected in the home, then put in their places, and
 * the store is made from the journal. A kill at any point leaves nothing that counts, or what the next run goes on from.
 * @throws MemError NO_INPUT for a folder that is no backup, BACKUP_DAMAGED, USAGE where the home holds events or is another memory's,
 * LOCK_BUSY, NOT_WRITTEN, IO_ERROR
 */
export async function restore(mem: Mem, options: RestoreOptions): Promise<RestoreReport> {
  const {dryRun, signal} = options;
  if (mem.store.maintenance === undefined) {
    throw new MemError('USAGE', `the memory lies in a database, ${mem.store.location}`, {
      hint: 'restore into a home: unset store.url, then run the command again',
    });
  }
  const backup = mem.backups.open(options.folder);
  const listing = backup.look();
  const chosen = choose(listing, backup, options.manifest);
  const files = filesOf(listing, chosen);
  const report = {
    dryRun,
    folder: backup.folder,
    home: mem.home,
    manifest: chosen.name,
    at: chosen.at,
    timeZone: chosen.timeZone,
    files: files.length,
    bytes: files.reduce((sum, {bytes}) => sum + bytes, 0),
    manifests: listing.manifests.map(({name}) => name),
    refused: listing.refused,
    store: undefined,
    forgotten: 0,
    tombstones: 0,
    hasSettings: false,
  };
  const left = mem.backups.staging.note();
  if (left === undefined) await assertCanTake(mem, chosen);
  else assertSame(left, chosen, mem);
  if (left === undefined) {
    for (const [done, file] of files.entries()) {
      if (signal.aborted) return report;
      options.onVerify?.(done, files.length);
      backup.verify(file);
      await mem.store.pause();
    }
  }
  if (dryRun) return report;
  const lock = mem.locks.acquire('backup', {trigger: 'hand'});
  if (lock.kind === 'busy') throw lockBusy('backup', lock.holder);
  try {
    const staged = mem.backups.staging.note() ?? (await stage(mem, backup, chosen, files, signal));
    return staged === undefined ? report : {...report, ...(await make(mem, staged, options))};
  } finally {
    lock.release();
  }
}

function choose({manifests}: BackupListing, {folder}: BackupFolder, name: string | undefined): NamedManifest {
  const chosen = name === undefined ? manifests.at(-1) : manifests.find((manifest) => manifest.name === name);
  if (chosen !== undefined) return chosen;
  throw new MemError('NO_INPUT', name === undefined ? `${folder} has no whole backup` : `${folder} has no whole backup "${name}"`, {
    hint:
      name === undefined ? 'back up again: mem backup DIR' : `it has ${manifests.map((manifest) => manifest.name).join(', ') || 'none'}`,
  });
}

/** Those of the manifest, and what later ones know to be forgotten: of a file that grew, all of it. */
function filesOf({manifests}: BackupListing, chosen: NamedManifest): readonly KeptFile[] {
  const files = new Map(chosen.files.map((file) => [file.path, file]));
  for (const later of manifests.slice(manifests.indexOf(chosen) + 1)) {
    for (const file of later.files) if (file.path.endsWith('.forgotten.gz')) files.set(file.path, file);
  }
  return [...files.values()];
}

function assertSame(left: StagedNote, chosen: NamedManifest, {home}: Pick<Mem, 'home'>): void {
  if (left.manifest === chosen.name && left.memory === chosen.memory) return;
  throw new MemError('USAGE', `a restore of ${left.manifest} into ${home} was cut short`, {
    hint: `finish it: mem restore DIR --manifest ${left.manifest}`,
  });
}

/** @returns undefined where a signal ended it: nothing is left of it */
async function stage(
  mem: Mem,
  backup: BackupFolder,
  {memory, name, timeZone}: NamedManifest,
  files: readonly KeptFile[],
  signal: AbortSignal,
): Promise<StagedNote | undefined> {
  const {staging} = mem.backups;
  const note = {memory, manifest: name, timeZone, step: 'staged'} as const;
  try {
    staging.begin();
    for (const file of files) {
      staging.take(backup, file);
      await mem.store.pause();
      if (!signal.aborted) continue;
      staging.abandon();
      return undefined;
    }
    staging.finish(note);
    return note;
  } catch (error) {
    staging.abandon();
    throw error;
  }
}

async function make(mem: Mem, staged: StagedNote, {signal, onMake}: RestoreOptions): Promise<Partial<RestoreReport>> {
  const {staging} = mem.backups;
  const {hasSettings} = staging.place(staged);
  if (staged.step === 'staged') {
    // Twice does no harm: what was taken out is not there.
    for (const [n, text] of staging.intents().entries()) if (isIntent(n, text)) mem.forgetting.intents.add(text);
    staging.advance({...staged, step: 'placed'});
  }
  const {timeZone} = staged;
  const made = staged.step === 'made' ? undefined : await rebuild(mem, {...REBUILD, timeZone, signal, onProgress: onMake});
  if (signal.aborted) return {};
  staging.advance({...staged, step: 'made'});
  const forgotten = await forgetAgain(mem);
  await finishForgetting(mem, {signal});
  if (signal.aborted) return {};
  staging.remove();
  const tombstones = await mem.store.use(JOB_PATIENCE_MS, async (store) => (await store.tombstones()).length);
  return {store: made?.store ?? (await known(mem, timeZone)), forgotten, tombstones, hasSettings};
}

const REBUILD = {dryRun: false, isPartial: true, isZoneKnown: true} as const;

/** Of a store that a run before this one made. */
async function known(mem: Mem, timeZone: string): Promise<MadeStore> {
  const events = await mem.store.use(JOB_PATIENCE_MS, async (store) => (await store.counters()).events);
  const none = {eventsFromJournal: 0, versionsFromJournal: 0, lostEvents: 0, fixedSessionDays: 0, fixedNodes: 0};
  return {...none, salvage: undefined, events, keptAt: undefined, timeZone};
}

/** One that is damaged would stop every later forgetting. */
function isIntent(number: number, text: string): boolean {
  try {
    parseIntent(number, text);
    return true;
  } catch (error) {
    if (error instanceof MemError && error.code === 'IO_ERROR') return false;
    throw error;
  }
}
