import {statSync, utimesSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {EpochMs} from '../domain/event/event.js';
import {sha256} from '../domain/event/identity/sha256.js';
import type {RejectedLine} from '../domain/event/parse/rejection.js';
import {instant} from '../domain/time/instant.js';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import {syncFolder} from '../system/files/sync-folder.js';
import {randomBits} from '../system/random-bits.js';
import {addToCount, readCount} from './counter-file.js';
import {writeDurably} from './durable-file.js';
import type {KeptLine} from './inbox.js';
import {readStart} from './read-start.js';

export const BAD_LIMIT = 64 * 1024 * 1024;
const CUT_BYTES = 64 * 1024;
const NAME = /^[0-9a-f]{32}-(\d+)\.jsonl$/;

interface BadFile {
  readonly path: string;
  readonly lines: number;
  readonly bytes: number;
  readonly at: number;
}

export interface BadFacts {
  readonly badLines: number;
  readonly badBytes: number;
  readonly newestBadAt: EpochMs | undefined;
  readonly badLinesDropped: number;
}

/** The folder of rejected lines. Each file holds JSON Lines and is named by a hash of its content and the number of its lines. */
export class BadFolder {
  readonly #folder: string;
  readonly #limit: number;

  constructor(folder: string, limit: number = BAD_LIMIT) {
    this.#folder = folder;
    this.#limit = limit;
  }

  /** The lines are on disk when it returns. The same lines again replace the first file and count as new. */
  keep(lines: readonly RejectedLine[]): void {
    const content = Buffer.from(lines.map((line) => this.#toStored(line)).join(''));
    if (content.length > this.#limit && lines.length > 1) {
      const half = Math.ceil(lines.length / 2);
      this.keep(lines.slice(0, half));
      this.keep(lines.slice(half));
      return;
    }
    this.#makeRoom(content.length);
    this.#write(content, lines.length);
  }

  #write(content: Buffer, lines: number): string {
    const digest = Buffer.from(sha256(content).slice(0, 16), 'latin1').toString('hex');
    const name = `${digest}-${lines}.jsonl`;
    writeDurably(this.#folder, `.${randomBits()}.tmp`, name, content);
    return join(this.#folder, name);
  }

  /** Stored as JSON, a line takes up to six times its size. A line that would push out most of the others is cut, as every long line is. */
  #toStored(line: RejectedLine): string {
    const stored = toJson(line);
    if (stored.length <= this.#limit / 6 || Buffer.byteLength(stored) <= this.#limit / 2) return stored;
    return toJson({...line, raw: line.raw.subarray(0, Math.min(CUT_BYTES, this.#limit / 16))});
  }

  #makeRoom(bytes: number): void {
    const files = this.#list().sort((a, b) => a.at - b.at);
    let left = files.reduce((sum, file) => sum + file.bytes, bytes) - this.#limit;
    for (const file of files) {
      if (left <= 0) return;
      if (!removeFile(file.path)) continue;
      addToCount(this.#droppedPath(), file.lines);
      left -= file.bytes;
    }
  }

  #droppedPath(): string {
    return join(dirname(this.#folder), 'bad-dropped');
  }

  #list(): BadFile[] {
    const files: BadFile[] = [];
    for (const name of namesIn(this.#folder)) {
      const lines = NAME.exec(name)?.[1];
      if (lines === undefined) continue;
      const path = join(this.#folder, name);
      const stat = statSync(path, {throwIfNoEntry: false});
      if (stat !== undefined) files.push({path, lines: Number(lines), bytes: stat.size, at: stat.mtimeMs});
    }
    return files;
  }

  facts(): BadFacts {
    const files = this.#list();
    return {
      badLines: files.reduce((sum, file) => sum + file.lines, 0),
      badBytes: files.reduce((sum, file) => sum + file.bytes, 0),
      newestBadAt: files.length === 0 ? undefined : instant(Math.floor(Math.max(...files.map((file) => file.at)))),
      badLinesDropped: readCount(this.#droppedPath()),
    };
  }

  /**
   * Changes or takes out lines; what is on disk when it returns has nothing else. A kill in between leaves a line twice, changed and not.
   * @param change the same line where it stays as it is, undefined where it goes
   */
  rewrite(change: (line: KeptLine) => KeptLine | undefined): void {
    for (const {path, at} of this.#list()) {
      const before = (readStart(path, Number.POSITIVE_INFINITY)?.toString('utf8') ?? '').split('\n').filter((line) => line !== '');
      const after = before.flatMap((line) => changedLine(line, change));
      if (after.length === before.length && after.every((line, n) => line === before[n])) continue;
      if (after.length > 0) {
        const kept = this.#write(Buffer.from(after.map((line) => `${line}\n`).join('')), after.length);
        utimesSync(kept, at / 1000, at / 1000);
      }
      removeFile(path);
    }
    if (namesIn(this.#folder).length > 0) syncFolder(this.#folder);
  }

  /** Includes temporary files of killed writers: nothing in them was ever acknowledged. */
  temporaryFiles(): readonly string[] {
    return namesIn(this.#folder)
      .filter((name) => name.endsWith('.tmp'))
      .map((name) => join(this.#folder, name));
  }
}

/** @returns none where it goes */
function changedLine(stored: string, change: (line: KeptLine) => KeptLine | undefined): readonly string[] {
  const fields = parsed(stored);
  const {text, base64, reason = ''} = fields;
  const raw = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : Buffer.from(String(text ?? ''));
  const line: KeptLine = {raw, reason: String(reason)};
  const after = change(line);
  if (after === undefined) return [];
  if (after === line) return [stored];
  const {text: _, base64: __, ...rest} = fields;
  return [JSON.stringify({...rest, reason: after.reason, ...contentOf(after.raw)})];
}

function parsed(stored: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(stored));
  } catch {
    // Somebody else wrote it.
    return {text: stored};
  }
}

function toJson({code, reason, file, line, bytes, raw}: RejectedLine): string {
  return `${JSON.stringify({code, reason, file, line, bytes, ...contentOf(raw)})}\n`;
}

function contentOf(raw: Buffer): {readonly text: string} | {readonly base64: string} {
  const text = raw.toString('utf8');
  // Bytes that are not UTF-8 would come back as other bytes.
  return Buffer.from(text).equals(raw) ? {text} : {base64: raw.toString('base64')};
}
