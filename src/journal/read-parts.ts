import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';
import {NO_LINES} from '../domain/journal/journal-end.js';
import {ioError} from '../errors.js';
import type {JournalDamage, JournalPart} from './journal.js';
import {beginsMember, decodeMember, findMember, HEAD_BYTES, hashOf, MOST_MEMBER_BYTES, mayBeginMember, readHead} from './member.js';

const {O_NOFOLLOW, O_NONBLOCK, O_RDONLY} = constants;
const WINDOW_BYTES = 1024 * 1024;

/**
 * Reads a file part by part; parts touch each other and reach to the file's end.
 * @param from where a member begins
 * @param previous hash of the lines before `from`; undefined where it is not known
 * @throws MemError when the system refuses to read it; never for what is in it
 */
export function* readParts(
  path: string,
  from = 0,
  previous: string | undefined = from === 0 ? NO_LINES : undefined,
): Generator<JournalPart> {
  try {
    // Without O_NONBLOCK a pipe under such a name would stop the command.
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      yield* walk(new FileWindow(file, fstatSync(file).size), from, previous);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw ioError(error, `the journal's file ${path}`, 'read');
  }
}

function* walk(file: FileWindow, from: number, before: string | undefined): Generator<JournalPart> {
  let expected = before;
  for (let at = from; at < file.size; ) {
    const part = partAt(file, at, expected);
    yield part;
    expected = part.kind === 'member' ? part.hash : undefined;
    at += part.bytes;
  }
}

function partAt(file: FileWindow, at: number, expected: string | undefined): JournalPart {
  const head = file.read(at, HEAD_BYTES);
  if (head.length < HEAD_BYTES)
    return {kind: 'damage', at, bytes: head.length, fault: mayBeginMember(head) || isZero(head) ? 'torn' : 'foreign'};
  if (!beginsMember(head, 0)) return damageAt(file, at, 'foreign');
  const {size, previous} = readHead(head);
  if (size > MOST_MEMBER_BYTES) return damageAt(file, at, 'checksum');
  if (at + size > file.size) return damageAt(file, at, 'torn');
  const lines = decodeMember(file.read(at, size));
  if (lines === undefined) return damageAt(file, at, 'checksum');
  const follows = expected === undefined ? 'unknown' : expected === previous ? 'yes' : 'no';
  return {kind: 'member', at, bytes: size, lines, hash: hashOf(lines), previous, follows};
}

/** What is damaged reaches to where the next member begins: the size in a damaged head tells nothing. */
function damageAt(file: FileWindow, at: number, fault: JournalDamage['fault']): JournalDamage {
  const next = file.find(at + 1);
  const end = next ?? file.size;
  const isTail = next === undefined;
  if (isTail && fault !== 'torn' && isZeroFrom(file, at)) return {kind: 'damage', at, bytes: end - at, fault: 'torn'};
  return {kind: 'damage', at, bytes: end - at, fault: fault === 'torn' && !isTail ? 'checksum' : fault};
}

const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);

/** A power cut can leave a file longer than what was written to it. */
function isZeroFrom(file: FileWindow, from: number): boolean {
  for (let at = from; at < file.size; at += WINDOW_BYTES) if (!isZero(file.read(at, WINDOW_BYTES))) return false;
  return true;
}

/** Reads a file through one piece of memory: what it returns is good until the next call. */
class FileWindow {
  readonly #file: number;
  readonly size: number;
  #buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  #start = 0;
  #end = 0;

  constructor(file: number, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Fewer bytes only at the end of the file. */
  read(at: number, count: number): Buffer {
    if (at < this.#start || at + count > this.#end) this.#fill(at, count);
    return this.#buffer.subarray(at - this.#start, Math.min(at + count, this.#end) - this.#start);
  }

  #fill(at: number, count: number): void {
    if (this.#buffer.length < count) this.#buffer = Buffer.allocUnsafe(count);
    const wanted = Math.min(this.#buffer.length, this.size - at);
    let got = 0;
    while (got < wanted) {
      const more = readSync(this.#file, this.#buffer, got, wanted - got, at + got);
      // Somebody cut it meanwhile.
      if (more === 0) break;
      got += more;
    }
    this.#start = at;
    this.#end = at + got;
  }

  /** Where the next member may begin, from `from` on. */
  find(from: number): number | undefined {
    for (let at = from; at < this.size; at += WINDOW_BYTES) {
      const found = findMember(this.read(at, WINDOW_BYTES + HEAD_BYTES), 0);
      if (found >= 0) return at + found;
    }
    return undefined;
  }
}
