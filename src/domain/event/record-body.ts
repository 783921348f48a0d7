import type {JsonObject} from './event.js';
import {parseExactly} from './json/exact-json.js';

/** Of a record of the present format: see `event-record.ts`. */
export const HEAD_BYTES = 95;
export const FORMAT_1_HEAD_BYTES = 74;
/** Flags in its head. */
export const HAS_TEXT = 1;
export const SEQ_ORDERS_ONLY = 2;
export const HAS_EXACT_NUMBERS = 4;
export const IS_ALTERED = 8;

/** The shape of a record's JSON. */
interface RecordBody {
  readonly session_id: string;
  readonly agent?: string;
  readonly project?: string;
  readonly source?: string;
  readonly source_event_id?: string;
  readonly text?: string;
  readonly text_bytes?: number;
  readonly metadata?: JsonObject;
  readonly no_time?: boolean;
  readonly former?: string;
}

/** Whether an older mem made the record, by its rules for ids. */
export function isOldRecord(record: Buffer): boolean {
  return record[0] === 1;
}

/** How an event was given. */
export interface Provenance {
  /** Whether the source gave a time. Otherwise the event's time is that of its arrival. */
  readonly hasTime: boolean;
  /** Whether the source gave the `seq`; else it orders the event, but the id was made with 0. */
  readonly hasSeq: boolean;
  /** Whether less is kept than was received, so that the id cannot be made from it again. */
  readonly isAltered: boolean;
}

/** How a record's event was given. Format 1 does not tell whether it had a `seq`, or lost some metadata. */
export function provenanceOf(record: Buffer): Provenance {
  const {no_time, text_bytes} = readBody(record);
  const flags = record[0] === 1 ? 0 : (record[2] ?? 0) >> 2;
  return {
    hasTime: no_time !== true,
    hasSeq: (flags & SEQ_ORDERS_ONLY) === 0,
    isAltered: (flags & IS_ALTERED) !== 0 || text_bytes !== undefined,
  };
}

/** `former` of `NewEvent`. */
export function formerOf(record: Buffer): string {
  return readBody(record).former ?? '';
}

/** The JSON behind a record's head. */
export function bodyBytes(record: Buffer): Buffer {
  return record.subarray(isOldRecord(record) ? FORMAT_1_HEAD_BYTES : HEAD_BYTES);
}

function bodyText(record: Buffer): string {
  return record.toString('utf8', isOldRecord(record) ? FORMAT_1_HEAD_BYTES : HEAD_BYTES, record.length);
}

export function readBody(record: Buffer): RecordBody {
  const json = bodyText(record);
  const hasExact = !isOldRecord(record) && (((record[2] ?? 0) >> 2) & HAS_EXACT_NUMBERS) !== 0;
  return ((hasExact ? parseExactly(json) : undefined) ?? JSON.parse(json)) as RecordBody;
}
