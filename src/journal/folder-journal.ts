import {dirname, join} from 'node:path';
import type {JournalEnd, JournalKind, LineText} from '../domain/journal/journal-end.js';
import {ioError} from '../errors.js';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import {makeFoldersDurably, syncFolder} from '../system/files/sync-folder.js';
import {appendLines, pathOf, syncFile} from './append-lines.js';
import {isWriterName, parseFileName} from './file-name.js';
import type {AppendOptions, Journal, JournalFile, JournalListing, JournalPart, JournalRest, Rewriting} from './journal.js';
import {keepAside, keptFolder} from './keep-aside.js';
import {listFiles} from './list-files.js';
import {readParts} from './read-parts.js';
import {restBehind} from './rest-behind.js';
import {rewriteFile} from './rewrite-file.js';
import {nameWriter, readWriter, WRITER_FILE} from './writer-file.js';

/** The journal of a home. It need not exist; nothing is opened or made before it is used. */
export function openJournal(home: string): Journal {
  return new FolderJournal(join(home, 'journal'));
}

/** Versions of nodes that came from other machines, in files as those of a journal: beside it, so that nothing takes them for this memory's own. */
export function openPeerNodes(home: string): Journal {
  return new FolderJournal(peerNodesFolder(home));
}

export const peerNodesFolder = (home: string): string => join(home, 'sync', 'nodes');

class FolderJournal implements Journal {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  hasFiles(): boolean {
    return this.#do('read', () =>
      namesIn(this.folder).some(
        (writer) =>
          isWriterName(writer) && writer !== WRITER_FILE && namesIn(join(this.folder, writer)).some((name) => parseFileName(name)),
      ),
    );
  }

  ownWriter(): string | undefined {
    return this.#do('read', () => readWriter(this.folder));
  }

  list(): JournalListing {
    return this.#do('read', () => listFiles(this.folder, WRITER_FILE));
  }

  read(file: JournalFile, from?: number): Iterable<JournalPart> {
    return readParts(file.path, from);
  }

  async append(kind: JournalKind, lines: readonly LineText[], options: AppendOptions): Promise<JournalEnd> {
    try {
      const writer = readWriter(this.folder) ?? this.#newWriter();
      return await appendLines(this.folder, writer, kind, lines, options);
    } catch (error) {
      throw this.#problem(error, 'write');
    }
  }

  #newWriter(): string {
    makeFoldersDurably(this.folder);
    return nameWriter(this.folder);
  }

  sync(kind: JournalKind, end: JournalEnd): void {
    this.#do('write', () => syncFile(pathOf(this.folder, kind, end)));
  }

  behind(kind: JournalKind, writer: string, end: JournalEnd | undefined): JournalRest {
    return this.#do('write', () => restBehind(this.folder, kind, writer, end, () => writer === readWriter(this.folder)));
  }

  async rewrite(file: JournalFile, rewriting: Rewriting): Promise<JournalFile> {
    try {
      return await rewriteFile(file, rewriting);
    } catch (error) {
      throw this.#problem(error, 'write');
    }
  }

  keepAside(file: JournalFile): void {
    this.#do('write', () => keepAside(this.folder, file));
  }

  keptAside(): string | undefined {
    const folder = keptFolder(this.folder);
    return this.#do('read', () => (namesIn(folder).length > 0 ? folder : undefined));
  }

  sweep(): number {
    return this.#do('write', () => {
      const writers = namesIn(this.folder).filter((writer) => isWriterName(writer) && writer !== WRITER_FILE);
      const temporary = writers.flatMap((writer) => {
        const folder = join(this.folder, writer);
        return namesIn(folder)
          .filter((name) => name.startsWith('.') && name.endsWith('.tmp'))
          .map((name) => join(folder, name));
      });
      const replaced = this.list().replaced.map(({path}) => path);
      // Who renamed the newer one may have been killed before it synced the folder: a power cut could take both.
      for (const folder of new Set(replaced.map((path) => dirname(path)))) syncFolder(folder);
      return [...temporary, ...replaced].filter(removeFile).length;
    });
  }

  syncAll(): void {
    this.#do('write', () => {
      const {files} = this.list();
      // A sealed file was synced before it got its name.
      for (const {path, generation} of files) if (generation === 0) syncFile(path);
      const writers = new Set(files.map(({path}) => dirname(path)));
      const above = writers.size === 0 ? [] : [this.folder, dirname(this.folder)];
      for (const folder of [...writers, ...above]) syncFolder(folder);
    });
  }

  #do<T>(access: 'read' | 'write', work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#problem(error, access);
    }
  }

  #problem(error: unknown, access: 'read' | 'write'): unknown {
    return ioError(error, `the journal at ${this.folder}`, access);
  }
}
