import {rmSync} from 'node:fs';
import {ioError, MemError} from '../../errors.js';
import {readFileIfThere, writeFileWithFolders} from '../../system/files/replace-file.js';
import type {Entry, EntryChange, PlannedSchedule} from '../scheduler.js';
import {reversed, type SchedulerBackend} from './backend.js';
import {scheduleIdPath, writeScheduleId} from './schedule-id.js';

/** The changes in one backend: the chosen one, or another one whose entries are removed. */
export interface Step {
  readonly backend: SchedulerBackend;
  readonly changes: readonly EntryChange[];
  /** The entries that must be there afterwards. */
  readonly entries: readonly Entry[];
}

interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

export interface InstallParts {
  readonly planned: PlannedSchedule;
  readonly home: string;
  readonly runner: FileChange;
  readonly manifest: FileChange;
  readonly steps: readonly Step[];
}

const RUNNER_MODE = 0o700;

/**
 * The runner comes first, so that no entry starts a missing program. Then the manifest, so that the entries of a killed installation are
 * known. Then the entries; then those of another backend are removed. Each is read again.
 * @throws the first error, after everything was undone
 */
export async function makeInstallation({
  planned: {scheduleId: id, ...planned},
  home,
  runner,
  manifest,
  steps,
}: InstallParts): Promise<void> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    const idBefore = readFileIfThere(scheduleIdPath(home));
    undo.push(() => setFile(scheduleIdPath(home), idBefore, 0o600));
    writeScheduleId(home, id);
    undo.push(() => setFile(runner.path, runner.before, RUNNER_MODE));
    if (runner.before !== runner.after) setFile(runner.path, runner.after, RUNNER_MODE);
    undo.push(() => setFile(manifest.path, manifest.before, 0o600));
    if (manifest.before !== manifest.after) setFile(manifest.path, manifest.after, 0o600);
    for (const {backend, changes, entries} of steps) {
      if (changes.length === 0 && planned.fault === undefined) continue;
      undo.push(() => backend.apply(id, reversed(changes)));
      await backend.apply(id, changes);
      await verify(backend, id, entries);
    }
  } catch (error) {
    for (const step of undo.reverse()) await tryUndo(step);
    throw error;
  }
}

export async function verify(backend: SchedulerBackend, id: string, wanted: readonly Entry[]): Promise<void> {
  const present = await backend.read(id);
  const hasAll = wanted.every(({name, text}) => present.some((entry) => entry.name === name && entry.text === text));
  if (!hasAll || present.length !== wanted.length) {
    throw new MemError('NOT_WRITTEN', `the entries of ${backend.name} are not what was written`, {
      hint: 'another program changes them; nothing was installed',
    });
  }
  const fault = wanted.length === 0 ? undefined : await backend.fault(id);
  if (fault !== undefined)
    throw new MemError('SERVICE_AWAY', `${backend.name} did not accept the entries: ${fault}`, {hint: 'nothing was installed'});
}

/** A failed undo must not hide the first error. */
async function tryUndo(step: () => void | Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof MemError)) throw error;
  }
}

function setFile(path: string, text: string | undefined, mode: number): void {
  try {
    if (text === undefined) rmSync(path, {force: true});
    else writeFileWithFolders(path, text, mode);
  } catch (error) {
    throw ioError(error, path);
  }
}
