import {isRecord} from '../../domain/stored/fields.js';
import {canonicalTimeZone} from '../../domain/time/time-zone.js';
import {isErrorCode, MemError} from '../../errors.js';
import type {MemoryFacts, PeerFile, Refusal, Settled, Wanted} from '../peer.js';
import {isFileOfJournal} from '../raw-files.js';

/*
 * The messages of an exchange. Who began it asks, one thing after the other, and the other side answers `{ok: …}` or `{error: …}`. Each
 * shape is parsed by who gets it: the other side may be of another version, broken, or hostile.
 */

/** The version of what goes over the wire. Both sides name theirs first. */
export const WIRE_VERSION = 1;

/** What the side that serves is asked; one for each that a `Peer` does. */
export const ASKED = ['facts', 'adopt', 'list', 'choose', 'read', 'write', 'settle', 'tidy'] as const;
export type Asked = (typeof ASKED)[number];

/** The other side sent what no mem sends. */
export class WireFault extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'WireFault';
  }
}

export function parseMessage(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new WireFault('a message that is not JSON');
}

export const messageOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

export function parseFile(value: unknown): PeerFile {
  if (isRecord(value)) {
    const {writer, name, bytes, digest} = value;
    if (typeof writer === 'string' && typeof name === 'string' && typeof bytes === 'number' && isDigest(digest)) {
      const file = {writer, name, bytes, digest};
      if (isFileOfJournal(file)) return file;
    }
  }
  throw new WireFault('the name of a file that is not of a journal');
}

export function parseWanted(value: unknown): Wanted {
  if (isRecord(value)) {
    const {from, digest} = value;
    const file = parseFile(value['file']);
    if (isCount(from) && from <= file.bytes && (from === 0 || isDigest(digest)))
      return {file, from, digest: from === 0 ? '' : String(digest)};
  }
  throw new WireFault('a wish for a file that makes no sense');
}

export function parseFacts(value: unknown): MemoryFacts {
  if (isRecord(value)) {
    const {timeZone, key, holdsEvents} = value;
    const isZone = timeZone === undefined || (typeof timeZone === 'string' && canonicalTimeZone(timeZone) !== undefined);
    const isKey = key === undefined || (typeof key === 'string' && /^[0-9A-Za-z]{16,128}$/.test(key));
    if (isZone && isKey && typeof holdsEvents === 'boolean') return {timeZone, key, holdsEvents};
  }
  throw new WireFault('facts of a memory that make no sense');
}

export function parseSettled(value: unknown): Settled {
  if (isRecord(value)) {
    const {events, forgotten, refused, left} = value;
    if (isCount(events) && isCount(forgotten) && (left === undefined || typeof left === 'string')) {
      return {events, forgotten, refused: parseList(refused, parseRefusal), left};
    }
  }
  throw new WireFault('an account of what it took that makes no sense');
}

export function parseRefusal(value: unknown): Refusal {
  if (isRecord(value)) {
    const {path, reason} = value;
    if (typeof path === 'string' && typeof reason === 'string') return {path, reason};
  }
  throw new WireFault('a refusal that names nothing');
}

export function parseList<T>(value: unknown, parse: (each: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new WireFault('no list where there should be one');
  return value.map(parse);
}

/** An error of the other side, as its own command would have ended. @param where the other side */
export function parseError(value: unknown, where: string): MemError {
  if (isRecord(value)) {
    const {code, message, hint} = value;
    if (typeof code === 'string' && typeof message === 'string' && isErrorCode(code) && code !== 'BUG' && code !== 'KILLED') {
      return new MemError(code, `${where}: ${message}`, typeof hint === 'string' ? {hint: `there: ${hint}`} : {});
    }
  }
  return new MemError('SERVICE_AWAY', `mem failed at ${where}`, {hint: 'see what is wrong there: mem doctor'});
}

export function parseReason(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value;
  throw new WireFault('a reason that is not a text');
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const isDigest = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
