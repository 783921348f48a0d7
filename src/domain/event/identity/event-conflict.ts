import {decodeEvent} from '../event-record.js';
import {canonicalJson} from '../json/json.js';
import {provenanceOf} from '../record-body.js';

/**
 * Whether a record with the ULID of a stored one is the same event. If its source gave no time, the time is not compared.
 * @param again the later record
 */
export function isSameEvent(again: Buffer, stored: Buffer): boolean {
  const a = decodeEvent(again);
  const b = decodeEvent(stored);
  return (
    a.sessionId === b.sessionId &&
    a.agent === b.agent &&
    a.type === b.type &&
    a.role === b.role &&
    a.text === b.text &&
    (a.time === b.time || !provenanceOf(again).hasTime) &&
    canonicalJson(a.metadata) === canonicalJson(b.metadata)
  );
}
