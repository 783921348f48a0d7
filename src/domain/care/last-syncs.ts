import type {EpochMs} from '../event/event.js';
import {Fields, isRecord, UnknownShape} from '../stored/fields.js';

/** What went one way. */
export interface SyncedWay {
  readonly bytes: number;
  /** New to the side that received them; 0 where a folder did. */
  readonly events: number;
  readonly forgotten: number;
}

/** The last exchange with a peer that was whole. */
export interface LastSync {
  readonly at: EpochMs;
  readonly received: SyncedWay;
  readonly sent: SyncedWay;
  /** How much was damaged or foreign, and left alone. */
  readonly refused: number;
  /** Why something waits for the next time. */
  readonly left: string | undefined;
}

/** What became of the exchanges with a peer. */
export interface PeerSyncs {
  /** A folder as an absolute path, or an address. */
  readonly peer: string;
  readonly last: LastSync | undefined;
  /** Why the newest try failed; undefined where it did not. The code is that of an error. */
  readonly failure: {readonly at: EpochMs; readonly code: string; readonly message: string} | undefined;
}

/** Where the note of the last exchanges lies. */
export interface SyncNotes {
  read(): readonly PeerSyncs[] | undefined;
  write(syncs: readonly PeerSyncs[]): void;
}

/** @throws UnknownShape, SyntaxError */
export function parseLastSyncs(text: string): readonly PeerSyncs[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new UnknownShape(WHAT, 'is no list');
  return list.map(parsePeer);
}

const WHAT = 'last-syncs';

function parsePeer(value: unknown): PeerSyncs {
  const fields = new Fields(WHAT, value);
  const [last, failure] = [fields.any('last'), fields.any('failure')];
  return {
    peer: fields.text('peer'),
    last: isRecord(last) ? parseLast(last) : undefined,
    failure: isRecord(failure) ? parseFailure(failure) : undefined,
  };
}

function parseLast(value: unknown): LastSync {
  const fields = new Fields(WHAT, value);
  const left = fields.any('left');
  return {
    at: fields.instant('at'),
    received: parseWay(fields.any('received')),
    sent: parseWay(fields.any('sent')),
    refused: fields.number('refused'),
    left: typeof left === 'string' ? left : undefined,
  };
}

function parseWay(value: unknown): SyncedWay {
  const fields = new Fields(WHAT, value);
  return {bytes: fields.number('bytes'), events: fields.number('events'), forgotten: fields.number('forgotten')};
}

function parseFailure(value: unknown): NonNullable<PeerSyncs['failure']> {
  const fields = new Fields(WHAT, value);
  return {at: fields.instant('at'), code: fields.text('code'), message: fields.text('message')};
}
