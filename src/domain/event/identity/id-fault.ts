import type {AgentEvent} from '../event.js';
import {decodeEvent, type EventHead} from '../event-record.js';
import {isOldRecord, provenanceOf} from '../record-body.js';
import {deriveIdBits, makeEventId, recordIdBits, sessionKeyOf, sourceAliasOf, timeOfId} from './event-id.js';

/**
 * What of a stored event does not follow from what it holds; undefined where all does. The id is made again where nothing of what was
 * received was cut, redacted or emptied; else its time part alone is looked at. An id that was given or drawn at random cannot be made again.
 */
export function idFault(head: EventHead, record: Buffer): string | undefined {
  const event = decodeEvent(record);
  if (sessionKeyOf(event.agent, event.sessionId) !== head.sessionKey) return 'is not in the session that it names';
  if (head.identity !== 'ulid' && timeOfId(head.id) !== head.time) return 'has another time than its id';
  const {hasTime, hasSeq, isAltered} = provenanceOf(record);
  // An older mem did not note whether it had a `seq`, or lost some metadata.
  if (isAltered || isOldRecord(record)) return undefined;
  const bits = bitsOf(head, event, {time: hasTime ? event.time : undefined, seq: hasSeq ? event.seq : 0});
  if (bits !== undefined && makeEventId(event.time, bits) !== head.id) return 'has an id that does not follow from its content';
  if (head.identity !== 'source-without-time') return undefined;
  const alias = sourceAliasOf(event.agent, event.sessionId, event.sourceEventId, event.text);
  return alias === head.sourceAlias ? undefined : 'has an alias that does not follow from its content';
}

/** The bits behind the time part; undefined where they do not follow from the content. */
function bitsOf({identity}: EventHead, event: AgentEvent, asReceived: Pick<Parameters<typeof deriveIdBits>[0], 'time' | 'seq'>) {
  switch (identity) {
    case 'derived':
    case 'source-without-time':
      return deriveIdBits({...event, ...asReceived});
    case 'record':
      return recordIdBits(event);
    case 'ulid':
    case 'random':
      return undefined;
  }
}
