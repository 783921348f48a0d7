import type {EpochMs} from '../../domain/event/event.js';
import {isThinking} from '../../domain/event/thinking.js';
import {DAY_MS} from '../../domain/time/durations.js';
import {instant} from '../../domain/time/instant.js';
import {MemError} from '../../errors.js';
import {lockBusy} from '../../locks/locks.js';
import type {Source, SourceEvent, SourceFile} from '../../sources/source.js';
import {JOB_PATIENCE_MS} from '../mem.js';
import {EventBorder} from './event-border.js';
import {inOrderOfRecords} from './file-order.js';
import {isAtRest, isKnown} from './file-state.js';
import {type FileNote, fileNote, folderNote, readFileNotes, readFolderProjects, rememberedIn, usableNote} from './import-book.js';
import type {ImportDeps, SourceJob} from './import-deps.js';
import {ImportInbox} from './import-inbox.js';
import {Projects} from './projects.js';
import {SourceTally} from './source-tally.js';

const LEAVING_MS = 14 * DAY_MS;

export interface ImportOptions {
  /** Records before it stay out, for this time. */
  readonly since?: EpochMs | undefined;
  /** Only reads and counts. */
  readonly isDryRun?: boolean;
  /** When an agent last said, by a hook, that it stopped, by the path of its transcript. */
  readonly stoppedAt?: ReadonlyMap<string, EpochMs>;
  /** The caller has the lock. */
  readonly isLocked?: boolean;
  readonly signal?: AbortSignal;
  /** Where it stops, in ticks. */
  readonly until?: number;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly agent: string;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly events: number;
}

export interface ImportResult {
  readonly sources: readonly SourceTally[];
  /** Files that could not be read; the others were. */
  readonly problems: readonly MemError[];
  readonly isStopped: boolean;
}

/**
 * Reads what the files have new and takes it in: what an earlier import knows is not read again. It can be killed at any point. The rest
 * comes with the next import, and nothing twice.
 * @throws MemError LOCK_BUSY while another import runs, STORE_BUSY, and what the inbox refuses
 */
export async function importFiles(jobs: readonly SourceJob[], deps: ImportDeps, options: ImportOptions = {}): Promise<ImportResult> {
  const run = new ImportRun(deps, options);
  if (options.isDryRun === true || options.isLocked === true) return run.run(jobs);
  // The agents' files are this machine's, so the lock is too; there may be no store yet.
  const lock = deps.locks.acquire('import', {trigger: 'hand'});
  if (lock.kind === 'busy') throw lockBusy('import', lock.holder);
  try {
    return await run.run(jobs);
  } finally {
    await run.end();
    lock.release();
  }
}

/** A file that has something new. */
interface Work {
  readonly file: SourceFile;
  readonly note: FileNote | undefined;
}

class ImportRun {
  readonly #deps: ImportDeps;
  readonly #options: ImportOptions;
  readonly #inbox: ImportInbox;
  readonly #now: EpochMs;
  readonly #problems: MemError[] = [];
  #bytes = 0;
  #totalBytes = 0;
  #events = 0;
  #hasRead = false;
  #hasLeft = false;

  constructor(deps: ImportDeps, options: ImportOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#inbox = new ImportInbox(deps);
    this.#now = deps.clock();
  }

  async run(jobs: readonly SourceJob[]): Promise<ImportResult> {
    const {projects, notes} = await this.#remembered(jobs);
    const tallies: SourceTally[] = [];
    for (const [at, {source, files}] of jobs.entries()) {
      if (this.#leaves()) break;
      const tally = new SourceTally(source.agent, files.length);
      tallies.push(tally);
      await this.#source(source, files, notes[at] ?? new Map(), projects, tally);
      if (this.#options.isDryRun === true) continue;
      for (const [folder, project] of projects.found) this.#inbox.remember(folderNote(folder, project));
      const {stored, duplicates} = await this.#inbox.finish();
      tally.stored = stored;
      tally.duplicates = duplicates;
    }
    return {sources: tallies, problems: this.#problems, isStopped: this.#hasLeft || this.#options.signal?.aborted === true};
  }

  end(): Promise<void> {
    return this.#inbox.end();
  }

  /** Whether it is to stop, which leaves something unread. What has a time limit still reads one batch, or it would never come to an end. */
  #leaves(): boolean {
    this.#hasLeft ||= this.#options.signal?.aborted === true || (this.#hasRead && this.#isLate());
    return this.#hasLeft;
  }

  #isLate(): boolean {
    return this.#deps.ticks() >= (this.#options.until ?? Number.POSITIVE_INFINITY);
  }

  async #remembered(jobs: readonly SourceJob[]) {
    const {store, folderFacts, projectNames, patienceMs = JOB_PATIENCE_MS} = this.#deps;
    const projectsAfter = (before: ReadonlyMap<string, string>) => new Projects(folderFacts, before, projectNames);
    if (!store.exists()) return {projects: projectsAfter(new Map()), notes: jobs.map(() => new Map<string, FileNote>())};
    return store.use(patienceMs, async (open) => {
      const projects = projectsAfter(await readFolderProjects(open));
      const notes: ReadonlyMap<string, FileNote>[] = [];
      for (const {source} of jobs) notes.push(await readFileNotes(open, source.agent));
      return {projects, notes};
    });
  }

  async #source(
    source: Source,
    files: readonly SourceFile[],
    notes: ReadonlyMap<string, FileNote>,
    projects: Projects,
    tally: SourceTally,
  ): Promise<void> {
    const excluded = this.#deps.excluded[source.agent] ?? [];
    const isKeptOut = (folder: string) => projects.of(folder, excluded).isKeptOut;
    const works = files
      .map((file): Work => ({file, note: usableNote(notes.get(file.path), this.#deps.takesThinking, isKeptOut)}))
      .filter(({file, note}) => !isKnown(file, note, this.#isAtRest(file)) && !(file.stamp.mtimeMs < (this.#options.since ?? 0)));
    this.#totalBytes += works.reduce((sum, {file, note}) => sum + file.stamp.size - (note?.cursor.offset ?? 0), 0);
    this.#countLeaving(source, works, tally);
    const border = new EventBorder(source.agent, this.#deps);
    for (const work of await this.#inOrder(source, works)) {
      if (this.#leaves()) return;
      try {
        await this.#file(source, {...work, notes}, border, projects, excluded, tally);
      } catch (error) {
        // One file that cannot be read must not keep the others out. What the inbox or the store refuse ends the import.
        if (!(error instanceof MemError) || !error.message.includes(work.file.path)) throw error;
        this.#problems.push(error);
      }
    }
  }

  #countLeaving(source: Source, works: readonly Work[], tally: SourceTally): void {
    const days = source.keepsDays?.(this.#deps.places);
    if (days === undefined) return;
    for (const {file} of works) {
      const at = instant(Math.max(this.#now, file.stamp.mtimeMs + days * DAY_MS));
      if (at < this.#now + LEAVING_MS) tally.leaves(at);
    }
  }

  /** Files that were begun before go first: of their records the copies come later. */
  async #inOrder(source: Source, works: readonly Work[]): Promise<readonly Work[]> {
    const fresh = works.filter(({note}) => note === undefined).map(({file}) => file);
    const ordered = await inOrderOfRecords(source, fresh, () => {
      this.#hasLeft ||= this.#isLate();
      return this.#leaves();
    });
    return [...works.filter(({note}) => note !== undefined), ...ordered.map((file) => ({file, note: undefined}))];
  }

  #isAtRest(file: SourceFile): boolean {
    return isAtRest(file, this.#options.stoppedAt?.get(file.path), this.#now);
  }

  async #file(
    source: Source,
    {file, note, notes}: Work & {readonly notes: ReadonlyMap<string, FileNote>},
    border: EventBorder,
    projects: Projects,
    excluded: readonly string[],
    tally: SourceTally,
  ): Promise<void> {
    const wasAtRest = this.#isAtRest(file);
    const keptOut = new Set(note?.keptOut);
    let hasThinking = note?.hasThinking ?? note === undefined;
    let isWhole = true;
    let readTo = note?.cursor.offset ?? 0;
    tally.filesRead++;
    let isBehindCursor = false;
    for await (const item of source.read(file, {cursor: note?.cursor, isAtRest: wasAtRest, remembered: rememberedIn(notes)})) {
      if (isBehindCursor && this.#leaves()) return;
      if (item.kind === 'broken') tally.broken++;
      else if (item.kind === 'event') {
        const {event} = item;
        if ((event.time ?? this.#now) < (this.#options.since ?? 0)) isWhole = false;
        else if (isThinking(event) && !this.#deps.takesThinking) hasThinking = false;
        else if (!(await this.#event(event, file, border, projects, excluded, tally)) && event.cwd !== undefined) keptOut.add(event.cwd);
      } else {
        this.#bytes += Math.max(0, item.cursor.offset - readTo);
        readTo = Math.max(readTo, item.cursor.offset);
        this.#options.onProgress?.({agent: source.agent, bytes: this.#bytes, totalBytes: this.#totalBytes, events: this.#events});
        // What was left out must be there for an import that wants it.
        if (isWhole)
          this.#inbox.remember(fileNote(source.agent, file.path, {cursor: item.cursor, wasAtRest, keptOut: [...keptOut], hasThinking}));
        this.#hasRead = true;
        // It leaves at what comes next: where nothing does, all was read.
        isBehindCursor = true;
      }
    }
  }

  /** @returns false for an event of a project that is kept out */
  async #event(
    event: SourceEvent,
    file: SourceFile,
    border: EventBorder,
    projects: Projects,
    excluded: readonly string[],
    tally: SourceTally,
  ): Promise<boolean> {
    const {project, isKeptOut} = projects.of(event.cwd, excluded);
    if (isKeptOut) {
      tally.keptOut++;
      return false;
    }
    const guess = instant(Math.min(Math.floor(file.stamp.mtimeMs), this.#now));
    const taken = border.take(event, project, guess, this.#now);
    if (taken === undefined) return true;
    this.#events++;
    tally.add(event.sessionId, taken.event.time);
    if (this.#options.isDryRun !== true) await this.#inbox.take(taken);
    return true;
  }
}
