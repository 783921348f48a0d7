import {emptiedIn} from '../emptied.js';
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
  // Of a tool result whose text is gone the rest must do.
  const isEmptied = emptiedIn(b) !== undefined;
  return (
    a.sessionId === b.sessionId &&
    a.agent === b.agent &&
    a.type === b.type &&
    a.role === b.role &&
    (a.text === b.text || isEmptied) &&
    (a.time === b.time || !provenanceOf(again).hasTime) &&
    (isEmptied || canonicalJson(a.metadata) === canonicalJson(b.metadata))
  );
}
