import {arrivalOf} from './arrival.js';
import type {AgentEvent} from './event.js';
import {decodeEvent, encodeEvent, readEventHead} from './event-record.js';
import {formerBits} from './identity/former-identity.js';
import {hasExactNumber} from './json/exact-number.js';
import {formerOf, isOldRecord, provenanceOf} from './record-body.js';

/** What of an event may become less. */
export type EventChange = Partial<Pick<AgentEvent, 'text' | 'textBytes' | 'metadata'>>;

/**
 * A record with less of its event than was received: its id, its order and its arrival stay, and it says that the id cannot be made from it
 * again. @param event as `record` has it @throws RangeError for a record of no known format
 */
export function changedRecord(record: Buffer, event: AgentEvent, change: EventChange): Buffer {
  const {identity, sourceAlias} = readEventHead(record);
  const isOld = isOldRecord(record);
  const arrival = arrivalOf(record);
  const changed = {...event, ...change};
  // Format 1 has no other way to say it.
  const textBytes = changed.textBytes || (isOld ? Buffer.byteLength(event.text) : 0);
  return encodeEvent({
    event: {...changed, textBytes},
    identity,
    sourceAlias,
    ...provenanceOf(record),
    isAltered: true,
    hasExactNumbers: hasExactNumber(changed.metadata),
    // By what an older mem knew it, which was made from all of its text.
    former: formerOf(record) || (identity === 'record' ? formerBits(event) : ''),
    origin: {format: isOld ? 1 : 2, ...(arrival && {arrival})},
  });
}

/** The same event, for a caller that has the record alone. */
export function changeRecord(record: Buffer, change: (event: AgentEvent) => EventChange | undefined): Buffer {
  const event = decodeEvent(record);
  const changes = change(event);
  return changes === undefined ? record : changedRecord(record, event, changes);
}
