import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {EpochMs} from '../../src/domain/event/event.js';
import type {JournalEnd, JournalKind} from '../../src/domain/journal/journal-end.js';
import {openJournal} from '../../src/journal/folder-journal.js';
import type {Journal, JournalFile, JournalPart} from '../../src/journal/journal.js';

export const JANUARY = Date.parse('2024-01-15T12:00:00Z') as EpochMs;
export const FEBRUARY = Date.parse('2024-02-15T12:00:00Z') as EpochMs;

/** A journal in a temporary home. */
export class JournalRig {
  readonly home = mkdtempSync(join(tmpdir(), 'mem-journal-'));
  readonly journal: Journal = openJournal(this.home);
  end: JournalEnd | undefined;

  async append(lines: readonly string[], {kind = 'event', at = JANUARY}: {kind?: JournalKind; at?: EpochMs} = {}): Promise<JournalEnd> {
    this.end = await this.journal.append(kind, lines, {after: this.end, at, sync: true});
    return this.end;
  }

  get writer(): string {
    return this.journal.ownWriter() ?? '';
  }

  /** Names of the writer's files. */
  names(): readonly string[] {
    return readdirSync(join(this.home, 'journal', this.writer)).sort();
  }

  file(at = 0): JournalFile {
    const file = this.journal.list().files[at];
    if (file === undefined) throw new Error(`there is no file ${at}`);
    return file;
  }

  parts(at = 0): readonly JournalPart[] {
    return [...this.journal.read(this.file(at))].map((part) => (part.kind === 'member' ? {...part, lines: Buffer.from(part.lines)} : part));
  }

  /** Parts in short: the lines of members, and what damage is where. */
  told(at = 0): readonly string[] {
    return this.parts(at).map(tell);
  }

  /** Changes the bytes of a file. */
  change(change: (bytes: Buffer) => Buffer | undefined, at = 0): void {
    const {path} = this.file(at);
    const bytes = readFileSync(path);
    writeFileSync(path, change(bytes) ?? bytes);
  }

  [Symbol.dispose](): void {
    rmSync(this.home, {recursive: true, force: true});
  }
}

export function tell(part: JournalPart): string {
  if (part.kind === 'damage') return `${part.fault} ${part.at}+${part.bytes}`;
  const lines = part.lines.toString().trimEnd().replaceAll('\n', ',');
  return `${lines}${part.follows === 'yes' ? '' : ` (${part.follows})`}`;
}
