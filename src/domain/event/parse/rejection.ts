import {ExactNumber} from '../json/exact-number.js';

/** Why a line is bad. A code is stable within a major version, its reason is not. */
export type RejectionCode =
  | 'LINE_NOT_JSON'
  | 'LINE_NOT_UTF8'
  | 'LINE_TOO_LONG'
  | 'LINE_TOO_DEEP'
  | 'LINE_NOT_OBJECT'
  | 'JSON_ARRAY'
  | 'JSON_PRETTY'
  | 'HOOK_PAYLOAD'
  | 'FIELD_MISSING'
  | 'FIELD_INVALID'
  | 'TIMESTAMP_INVALID'
  | 'METADATA_TOO_LARGE'
  | 'ID_CONFLICT'
  | 'FRAME_DAMAGED';

export interface Rejection {
  readonly kind: 'rejected';
  readonly code: RejectionCode;
  /** What is wrong, as a predicate of the line: `is not JSON`, `has no "session_id"`. */
  readonly reason: string;
  /** What to do, as an imperative. */
  readonly hint: string;
}

/** A bad line and its origin. */
export interface RejectedLine extends Pick<Rejection, 'code' | 'reason' | 'hint'> {
  /** The input's name: a path, `-` for stdin, an inbox file's name. */
  readonly file: string;
  /** From 1; in an inbox file, the number of the record. */
  readonly line: number;
  /** As received, or the first 64 KiB of it. */
  readonly raw: Buffer;
  /** The size as received. */
  readonly bytes: number;
}

export function rejected(code: RejectionCode, reason: string, hint: string): Rejection {
  return {kind: 'rejected', code, reason, hint};
}

/** A value for a reason: JSON, shortened. The printer escapes it, like all stored text. */
export function quoted(value: unknown): string {
  if (value instanceof ExactNumber) return value.digits.slice(0, 60);
  const short = typeof value === 'string' ? value.slice(0, 60) : value;
  const text =
    typeof short === 'object' && short !== null ? (Array.isArray(short) ? 'an array' : 'an object') : (JSON.stringify(short) ?? 'nothing');
  return typeof value === 'string' && value.length > 60 ? `${text.slice(0, -1)}…"` : text;
}
