import {appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {AgentEvent, EpochMs} from '../../../src/domain/event/event.js';
import {decodeEvent} from '../../../src/domain/event/event-record.js';
import {OWN_NAMES, projectNames} from '../../../src/domain/event/project-names.js';
import {openInbox} from '../../../src/inbox/folder-inbox.js';
import {openLocks} from '../../../src/locks/epoch-locks.js';
import {findJobs} from '../../../src/operations/sources/find-jobs.js';
import type {ImportDeps} from '../../../src/operations/sources/import-deps.js';
import {type ImportOptions, importFiles} from '../../../src/operations/sources/import-files.js';
import {makeRedactor} from '../../../src/redact/redactor.js';
import {claudeCode} from '../../../src/sources/claude-code.js';
import {codex} from '../../../src/sources/codex.js';
import {folderFacts} from '../../../src/sources/reading/git-folder.js';
import {recognizeFiles} from '../../../src/sources/reading/recognize-files.js';
import type {Source, SourceFile} from '../../../src/sources/source.js';
import {openStoreGate} from '../../../src/store/leveldb/gate.js';
import {randomBits} from '../../../src/system/random-bits.js';

const START = Date.parse('2024-03-20T12:00:00Z') as EpochMs;

/** A memory and an account with an agent's files, both in a temporary folder. */
export class ImportRig {
  readonly folder = mkdtempSync(join(tmpdir(), 'mem-import-'));
  now = START;
  takesThinking = false;
  alias: Record<string, string> = {};
  excluded: Record<string, readonly string[]> = {};
  /** The files that were read, in order. */
  readonly read: string[] = [];

  get deps(): ImportDeps {
    const home = join(this.folder, 'mem');
    const clock = () => this.now;
    return {
      store: openStoreGate(home),
      inbox: openInbox({home, tz: 'UTC'}),
      clock,
      ticks: clock,
      locks: openLocks(home, clock),
      sources: [this.#watched(claudeCode), this.#watched(codex)],
      places: {env: {}, accountHome: this.folder, platform: 'linux'},
      folderFacts,
      recognizeFiles,
      redactor: makeRedactor(() => Buffer.from('a key of tests')),
      randomBits,
      projectNames: projectNames(this.alias) ?? OWN_NAMES,
      takesThinking: this.takesThinking,
      excluded: this.excluded,
    };
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  /** Writes a file that has rested for an hour. */
  write(path: string, content: string): void {
    mkdirSync(dirname(this.path(path)), {recursive: true});
    writeFileSync(this.path(path), content);
    this.rest(path);
  }

  append(path: string, content: string): void {
    appendFileSync(this.path(path), content);
    this.rest(path);
  }

  /** @param ms how long the file has not changed */
  rest(path: string, ms = 3_600_000): void {
    const at = (this.now - ms) / 1000;
    utimesSync(this.path(path), at, at);
  }

  async import(named: readonly string[] = ['claude-code'], options: ImportOptions = {}) {
    this.read.length = 0;
    const {deps} = this;
    return importFiles(await findJobs(named, [], deps), deps, options);
  }

  async events(): Promise<readonly AgentEvent[]> {
    const {store} = this.deps;
    if (!store.exists()) return [];
    return store.use(1000, async (open) => {
      const {events} = await open.events(0 as EpochMs, (2 ** 48 - 1) as EpochMs);
      return events.map(({record}) => decodeEvent(record));
    });
  }

  async texts(): Promise<readonly string[]> {
    return (await this.events()).map(({text}) => text);
  }

  #watched(source: Source): Source {
    const {read} = this;
    return {
      ...source,
      read: (file: SourceFile, call) => {
        read.push(file.path.slice(this.folder.length + 1));
        return source.read(file, call);
      },
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, {recursive: true, force: true});
  }
}
