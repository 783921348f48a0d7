import {mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {noteReading} from '../../../src/connect/source-watch.js';
import type {AgentEvent, EpochMs} from '../../../src/domain/event/event.js';
import {OWN_NAMES} from '../../../src/domain/event/project-names.js';
import {openBells} from '../../../src/inbox/bell-folder.js';
import {findJobs} from '../../../src/operations/sources/find-jobs.js';
import type {BellDeps} from '../../../src/operations/sources/import-deps.js';
import type {ImportResult} from '../../../src/operations/sources/import-files.js';
import {importWithBells} from '../../../src/operations/sources/import-with-bells.js';
import {readEvents} from '../../../src/operations/toc/read-events.js';
import {folderFacts} from '../../../src/sources/reading/git-folder.js';
import {readHookPayload} from '../../../src/sources/reading/hook-words.js';
import {recognizeFiles} from '../../../src/sources/reading/recognize-files.js';
import {SOURCES} from '../../../src/sources/registry.js';
import {randomBits} from '../../../src/system/random-bits.js';
import {redactor} from '../../domain/event/ordinary.js';
import {HomeRig} from '../home-rig.js';

export const AT = Date.parse('2026-03-10T09:00:00Z');

/** A home, and beside it an account with the transcripts of Claude Code. */
export class BellRig extends HomeRig {
  readonly account = mkdtempSync(join(tmpdir(), 'mem-account-'));
  override now = (AT + 60_000) as EpochMs;

  get deps(): BellDeps {
    return {
      ...this.mem,
      sources: SOURCES,
      places: {env: {}, accountHome: this.account, platform: 'linux'},
      folderFacts,
      recognizeFiles,
      bells: openBells(this.home),
      readHookPayload,
      noteReading: (agent, reading) => noteReading(this.home, agent, reading),
      redactor,
      randomBits,
      projectNames: OWN_NAMES,
      takesThinking: false,
      excluded: {},
    };
  }

  get transcript(): string {
    return join(this.account, '.claude', 'projects', '-work', 's1.jsonl');
  }

  /** @param changedAt as the file system has it */
  writeTranscript(lines: readonly object[], changedAt: number): void {
    mkdirSync(dirname(this.transcript), {recursive: true});
    writeFileSync(this.transcript, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    utimesSync(this.transcript, changedAt / 1000, changedAt / 1000);
  }

  ring(payload: object | string, at: number, random = 'abcdefghij'): void {
    const raw = join(this.home, 'inbox', 'raw');
    mkdirSync(raw, {recursive: true});
    const text =
      typeof payload === 'string'
        ? payload
        : JSON.stringify({session_id: 's1', transcript_path: this.transcript, cwd: '/work', ...payload});
    const path = join(raw, `claude-code.${random}`);
    writeFileSync(path, text);
    utimesSync(path, at / 1000, at / 1000);
  }

  bellsLeft(): readonly string[] {
    return readdirSync(join(this.home, 'inbox', 'raw'));
  }

  async import(): Promise<ImportResult> {
    return importWithBells(await findJobs([], ['claude-code'], this.deps), ['claude-code'], this.deps);
  }

  /** As `mem events` lists them. */
  async listed(): Promise<readonly AgentEvent[]> {
    if (!this.mem.store.exists()) return [];
    const events: AgentEvent[] = [];
    for await (const page of readEvents(this.mem, {})) events.push(...page.events);
    return events;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.account, {recursive: true, force: true});
    await super[Symbol.asyncDispose]();
  }
}

/** @param after AT, in seconds */
export function prompt(text: string, after: number): object {
  return line('user', `u${after}`, after, {role: 'user', content: text});
}

/** @param after AT, in seconds */
export function answer(text: string, after: number): object {
  return line('assistant', `a${after}`, after, {role: 'assistant', id: `m${after}`, content: [{type: 'text', text}]});
}

function line(type: string, uuid: string, after: number, message: object): object {
  return {type, uuid, parentUuid: null, sessionId: 's1', timestamp: new Date(AT + after * 1000).toISOString(), cwd: '/work', message};
}
