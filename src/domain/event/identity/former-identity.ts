import type {EventId} from '../event.js';
import {decodeEvent, readEventHead} from '../event-record.js';
import {formerOf} from '../record-body.js';
import {deriveIdBits, type EventIdentity, makeEventId, sourceAliasOf} from './event-id.js';

/** What an older mem stored an event under that has an id of its source and a time. */
export interface FormerIdentity {
  /** By the rules `mem-event-1`, which had the session in them. */
  readonly id: EventId;
  /** By what a delivery without a time was found again. */
  readonly alias: string;
}

const BITS = 16;

/** The former identity as one text, for a record whose text is not kept whole. */
export function formerBits(from: EventIdentity): string {
  return deriveIdBits(from) + sourceAliasOf(from.agent, from.sessionId, from.sourceEventId, from.text);
}

/** Undefined for an event whose id is the same by the old rules. */
export function formerIdentityOf(record: Buffer): FormerIdentity | undefined {
  const {identity} = readEventHead(record);
  if (identity !== 'record') return undefined;
  const event = decodeEvent(record);
  const bits = formerOf(record) || formerBits(event);
  return {id: makeEventId(event.time, bits.slice(0, BITS)), alias: bits.slice(BITS)};
}
