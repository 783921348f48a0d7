import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../domain/event/event.js';
import {RECORD_FORMAT} from '../domain/event/event-record.js';
import {timeOfUlid} from '../domain/event/identity/crockford.js';
import type {RejectedLine} from '../domain/event/parse/rejection.js';
import {errnoOf, ioError, MemError} from '../errors.js';
import {makeFolders} from '../system/files/make-folders.js';
import {namesIn} from '../system/files/names-in.js';
import {removeFile} from '../system/files/remove-file.js';
import {syncFoldersAbove} from '../system/files/sync-folder.js';
import {hostFacts} from '../system/host.js';
import {makeUlid, randomBits} from '../system/random-bits.js';
import {BadFolder} from './bad-folder.js';
import {countNames} from './count-names.js';
import {addToCount, readCount} from './counter-file.js';
import {writeDurably} from './durable-file.js';
import type {Inbox, InboxAlarmFacts, InboxContent, InboxFacts, InboxFile, KeptLine, PruneResult} from './inbox.js';
import {decodeFile, encodeFile, type FileHead, readHead} from './inbox-file.js';
import {OldFolder} from './old-folder.js';
import {noteOtherHosts, readOtherHosts} from './other-hosts.js';
import {readStart, readTime} from './read-start.js';
import {rewriteFiles} from './rewrite-files.js';
import {sweepTemporaryFiles} from './sweep.js';
import {writerZone} from './writer-zone.js';

const WAITING = /^[0-7][0-9A-HJKMNP-TV-Z]{25}\.ev$/;
/** Enough bytes for the head of any file, with its writer's JSON. */
const HEAD_BYTES = 64 * 1024 + 32;
const HEADS_LOOKED_AT = 1000;
const OTHER_HOSTS = 'other-hosts';

export interface InboxOptions {
  /** The folder that holds `inbox/`. It need not exist. */
  readonly home: string;
  /** The environment's `TZ`. */
  readonly tz: string | undefined;
  readonly badLimit?: number;
}

/** Opens nothing and makes nothing before it is used. */
export function openInbox(options: InboxOptions): Inbox {
  return new FolderInbox(options);
}

class FolderInbox implements Inbox {
  readonly #folder: string;
  readonly #new: string;
  readonly #store: string;
  readonly #bad: BadFolder;
  readonly #old: OldFolder;
  readonly #tz: string | undefined;
  /** Files with a record of a newer format: their heads do not tell. */
  readonly #newer = new Set<string>();
  /** The other machines that wrote files which were read. */
  readonly #hosts = new Map<string, string>();
  #memory: Buffer = Buffer.alloc(0);

  constructor({home, tz, badLimit}: InboxOptions) {
    this.#folder = join(home, 'inbox');
    this.#store = join(home, 'db');
    this.#new = join(this.#folder, 'new');
    this.#bad = new BadFolder(join(this.#folder, 'bad'), badLimit);
    this.#old = new OldFolder(join(this.#folder, 'done'));
    this.#tz = tz;
  }

  write(records: readonly Buffer[], now: EpochMs): string {
    const {host, bootId, pid, pidNamespace} = hostFacts();
    const writer = {zone: writerZone(this.#tz), host, boot: bootId, pid, pids: pidNamespace};
    const file = encodeFile(records, writer, (bytes) => this.#allocate(bytes));
    const ulid = makeUlid(now);
    writeDurably(this.#new, `.${ulid}.${pid}.tmp`, `${ulid}.ev`, file, () => this.#settleFolders());
    return `${ulid}.ev`;
  }

  /** Who made the inbox may have been killed before it synced the folders. Who makes the store does: where one is, they are on disk. */
  #settleFolders(): void {
    if (!existsSync(this.#store)) syncFoldersAbove(this.#new);
  }

  /** Uses the same memory for each large file of a bulk import. Otherwise each would wait for the garbage collector. */
  #allocate(bytes: number): Buffer {
    if (this.#memory.length < bytes) this.#memory = Buffer.allocUnsafe(bytes);
    return this.#memory.subarray(0, bytes);
  }

  keepBad(lines: readonly RejectedLine[]): void {
    this.#do('write', () => this.#bad.keep(lines));
  }

  list(): readonly InboxFile[] {
    return this.#do('read', () =>
      namesIn(this.#new)
        .filter((name) => WAITING.test(name))
        .sort()
        .map((name) => ({name, writtenAt: timeOfUlid(name)})),
    );
  }

  changeStamp(): string {
    return this.#do(
      'read',
      () => {
        const {ino, mtimeNs} = statSync(this.#new, {bigint: true});
        return `${ino} ${mtimeNs}`;
      },
      '',
    );
  }

  countUpTo(limit: number): number {
    return this.#do('read', () => countNames(this.#new, WAITING, limit), 0);
  }

  read(name: string): InboxContent {
    const bytes = readStart(join(this.#new, name), Number.POSITIVE_INFINITY);
    if (bytes === undefined) return {kind: 'unreadable'};
    const head = readHead(bytes);
    if (head.kind === 'head' && head.writer.host !== hostFacts().host) this.#hosts.set(name, head.writer.host);
    const content = decodeFile(name, bytes);
    const isNewer = content.kind === 'newer-format' || content.records.some((record) => (record[0] ?? 0) > RECORD_FORMAT);
    if (!isNewer) return content;
    this.#newer.add(name);
    return {kind: 'newer-format'};
  }

  oldestTimeZone(): string | undefined {
    let isDamaged = false;
    for (const {name} of this.list()) {
      const head = this.#headOf(join(this.#new, name));
      if (head?.kind === 'head') return head.writer.zone;
      isDamaged ||= head?.kind === 'damaged';
    }
    return isDamaged ? '' : undefined;
  }

  #headOf(path: string): FileHead | undefined {
    const start = readStart(path, HEAD_BYTES);
    return start === undefined ? undefined : readHead(start);
  }

  remove(names: readonly string[], now: EpochMs): void {
    this.#do('write', () => {
      const foreign = new Set(names.flatMap((name) => this.#hosts.get(name) ?? []));
      if (foreign.size > 0) noteOtherHosts(join(this.#folder, OTHER_HOSTS), [...foreign], now);
      for (const name of names) {
        removeFile(join(this.#new, name));
        this.#hosts.delete(name);
      }
    });
  }

  sweep(now: EpochMs): number {
    return this.#do('write', () => {
      const ours = namesIn(this.#new)
        .filter((name) => name.startsWith('.') && name.endsWith('.tmp'))
        .map((name) => join(this.#new, name));
      return (
        sweepTemporaryFiles(ours, now, (path) => readHead(readStart(path, HEAD_BYTES) ?? Buffer.alloc(0))) +
        sweepTemporaryFiles(this.#bad.temporaryFiles(), now, () => ({kind: 'damaged'}))
      );
    });
  }

  facts(now?: EpochMs): InboxFacts {
    return this.#do('read', () => {
      const waiting = this.list();
      const sizes = waiting.map(({name}) => statSync(join(this.#new, name), {throwIfNoEntry: false})?.size ?? 0);
      const heads = waiting.slice(0, HEADS_LOOKED_AT).map(({name}) => this.#headOf(join(this.#new, name)));
      const bad = this.#bad.facts();
      return {
        waitingFiles: waiting.length,
        waitingBytes: sizes.reduce((sum, size) => sum + size, 0),
        oldestAt: waiting[0]?.writtenAt,
        newerFormatFiles: heads.filter((head, at) => head?.kind === 'newer-format' || this.#newer.has(waiting[at]?.name ?? '')).length,
        ...bad,
        hasUnseenBad: this.#isUnseen(bad.newestBadAt),
        otherHosts: [...new Set([...otherHosts(heads), ...readOtherHosts(join(this.#folder, OTHER_HOSTS), now)])].sort(),
        ignoredCalls: readCount(join(this.#folder, 'ignored')),
      };
    });
  }

  alarmFacts(): InboxAlarmFacts {
    return this.#do('read', () => ({oldestAt: this.list()[0]?.writtenAt, hasUnseenBad: this.#isUnseen(this.#bad.facts().newestBadAt)}));
  }

  #isUnseen(newestBadAt: EpochMs | undefined): boolean {
    if (newestBadAt === undefined) return false;
    return newestBadAt > readTime(join(this.#folder, 'status-seen'));
  }

  noteStatusSeen(now: EpochMs): void {
    // Without bad lines there is nothing to see, and `mem status` leaves no trace where mem was never used.
    const {newestBadAt} = this.#do('read', () => this.#bad.facts());
    if (newestBadAt === undefined) return;
    // `now` alone is not enough: the clock may have been set back since the file was written.
    const seen = Buffer.from(String(Math.max(now, newestBadAt)));
    try {
      writeDurably(this.#folder, `.${randomBits()}.tmp`, 'status-seen', seen);
    } catch (error) {
      // On a full disk the status is still shown; it will tell of the same lines again.
      if (!(error instanceof MemError)) throw error;
    }
  }

  rewrite(change: (record: Buffer) => Buffer | undefined): number {
    return this.#do('write', () => rewriteFiles(this.#new, this.#old.folders(), change));
  }

  rewriteBad(change: (line: KeptLine) => KeptLine | undefined): void {
    this.#do('write', () => this.#bad.rewrite(change));
  }

  noteIgnoredCall(): void {
    this.#do('write', () => {
      makeFolders(this.#folder);
      addToCount(join(this.#folder, 'ignored'), 1);
    });
  }

  oldFiles(): PruneResult {
    return this.#do('read', () => this.#old.facts());
  }

  removeOldFiles(): PruneResult {
    return this.#do('write', () => this.#old.remove());
  }

  /** Translates failed system calls. @param ifMissing what to return when the inbox does not exist yet */
  #do<T>(access: 'read' | 'write', work: () => T, ifMissing?: T): T {
    try {
      return work();
    } catch (error) {
      if (ifMissing !== undefined && errnoOf(error) === 'ENOENT') return ifMissing;
      throw ioError(error, `the inbox at ${this.#folder}`, access);
    }
  }
}

function otherHosts(heads: readonly (FileHead | undefined)[]): readonly string[] {
  return heads.flatMap((head) => (head?.kind === 'head' ? [head.writer.host] : [])).filter((host) => host !== hostFacts().host);
}
