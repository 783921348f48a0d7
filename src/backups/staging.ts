import {createHash} from 'node:crypto';
import {existsSync, lstatSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Fields, UnknownShape} from '../domain/stored/fields.js';
import {ioError, MemError} from '../errors.js';
import {makeFolders} from '../system/make-folders.js';
import {namesIn} from '../system/names-in.js';
import {removeFile} from '../system/remove-file.js';
import {readFileIfThere, replaceFile} from '../system/replace-file.js';
import {makeFoldersDurably, syncFolder} from '../system/sync-folder.js';
import {OpenBackupFolder} from './backup-folder.js';
import type {BackupFolder, KeptFile, StagedNote, Staging} from './backups.js';
import {copyFile} from './copy-file.js';

const STEPS = ['staged', 'placed', 'made'] as const;

/** The folder `restore.tmp` of a home. A kill leaves it, and the next restore goes on from its note, or begins anew without one. */
export class HomeStaging implements Staging {
  readonly #home: string;
  readonly #folder: string;

  constructor(home: string) {
    this.#home = home;
    this.#folder = join(home, 'restore.tmp');
  }

  note(): StagedNote | undefined {
    return this.#do(() => {
      const text = readFileIfThere(join(this.#folder, 'note'));
      if (text === undefined) return undefined;
      try {
        const fields = new Fields('restore.tmp/note', JSON.parse(text));
        return {
          memory: fields.text('memory'),
          manifest: fields.text('manifest'),
          timeZone: fields.text('timeZone'),
          step: fields.oneOf('step', STEPS),
        };
      } catch (error) {
        if (!(error instanceof UnknownShape || error instanceof SyntaxError)) throw error;
        throw new MemError('IO_ERROR', `${this.#folder}, which a restore left, cannot be read`, {
          hint: 'restore into another folder: mem restore DIR --home FOLDER',
          cause: error,
        });
      }
    });
  }

  begin(): void {
    this.#do(() => {
      makeFoldersDurably(this.#home);
      this.#clear();
      mkdirSync(this.#folder, {mode: 0o700});
    });
  }

  take(from: BackupFolder, file: KeptFile): void {
    this.#do(() => {
      if (!(from instanceof OpenBackupFolder)) throw new Error('a folder of another kind');
      const to = join(this.#folder, file.path);
      makeFolders(dirname(to));
      // The same file, of two manifests.
      removeFile(to);
      const copied = copyFile(from.pathOf(file), to);
      if (copied.hash !== file.hash) throw from.damaged(file, 'is damaged');
    });
  }

  finish(note: StagedNote): void {
    this.#do(() => {
      for (const folder of foldersIn(this.#folder)) syncFolder(folder);
      this.#write(note);
      syncFolder(this.#home);
    });
  }

  advance(note: StagedNote): void {
    this.#do(() => this.#write(note));
  }

  #write(note: StagedNote): void {
    replaceFile(join(this.#folder, 'note'), `${JSON.stringify(note)}\n`);
    syncFolder(this.#folder);
  }

  intents(): readonly string[] {
    return this.#do(() => {
      const folder = join(this.#folder, 'forget');
      return namesIn(folder).flatMap((name) => readFileIfThere(join(folder, name)) ?? []);
    });
  }

  place(note: StagedNote): {hasSettings: boolean} {
    return this.#do(() => {
      // Before what is marked and forgotten by it.
      this.#move('redact-key', join(this.#home, 'redact-key'), 'over');
      this.#move('redact-patterns', join(this.#home, 'redact-patterns'), 'beside');
      this.#move('settings.toml', this.#settingsPath, 'over');
      syncFolder(this.#home);
      this.#placeJournal(note);
      const folder = join(this.#home, 'inbox', 'new');
      const files = namesIn(join(this.#folder, 'inbox', 'new'));
      if (files.length > 0) makeFoldersDurably(folder);
      for (const name of files) this.#move(join('inbox', 'new', name), join(folder, name), 'over');
      if (files.length > 0) syncFolder(folder);
      return {hasSettings: existsSync(this.#settingsPath)};
    });
  }

  get #settingsPath(): string {
    return join(this.#home, 'restored-settings.toml');
  }

  /** At one stroke where the home has no journal, as most have. Else each writer is put beside those that are there. */
  #placeJournal({manifest}: StagedNote): void {
    const from = join(this.#folder, 'journal');
    const to = join(this.#home, 'journal');
    if (!existsSync(from)) return;
    if (!existsSync(to)) {
      renameSync(from, to);
      syncFolder(this.#home);
      return;
    }
    for (const writer of namesIn(from)) {
      // Its own files may be there, and others under the same names.
      const other = createHash('sha256').update(`${manifest} ${writer}`).digest('hex').slice(0, 12);
      const name = existsSync(join(to, writer)) ? `${writer.slice(0, 20)}${other}` : writer;
      renameSync(join(from, writer), join(to, name));
    }
    syncFolder(to);
  }

  #move(name: string, to: string, where: 'over' | 'beside'): void {
    const from = join(this.#folder, name);
    if (existsSync(from) && (where === 'over' || !existsSync(to))) renameSync(from, to);
  }

  abandon(): void {
    this.#do(() => this.#clear());
  }

  /** The note goes first: without it what is left of the folder is nothing. */
  #clear(): void {
    if (lstatSync(this.#folder, {throwIfNoEntry: false}) === undefined) return;
    if (removeFile(join(this.#folder, 'note'))) syncFolder(this.#folder);
    rmSync(this.#folder, {recursive: true, force: true});
  }

  /** The note goes last: with it the next run goes on, while the home is refused to any other, since it holds events. */
  remove(): void {
    this.#do(() => {
      for (const name of namesIn(this.#folder)) if (name !== 'note') rmSync(join(this.#folder, name), {recursive: true, force: true});
      rmSync(this.#folder, {recursive: true, force: true});
    });
  }

  #do<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ioError(error, `the home at ${this.#home}`);
    }
  }
}

function foldersIn(folder: string): readonly string[] {
  const inner = namesIn(folder)
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isDirectory());
  return [...inner.flatMap(foldersIn), folder];
}
