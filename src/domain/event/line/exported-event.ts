import type {AgentEvent, JsonObject} from '../event.js';
import type {NewEvent} from '../event-record.js';
import {deriveIdBits, makeEventId, recordIdBits, sourceAliasOf, timeOfId} from '../identity/event-id.js';
import {BadLine, checkMetadataSize, integerField, invalidField, missingField, nameField, toMetadata} from '../parse/event-fields.js';
import {limitText} from '../parse/text-limit.js';
import {IS_ALTERED, type Provenance, SEQ_ORDERS_ONLY} from '../record-body.js';
import type {Redactor} from '../redactor.js';
import {type Envelope, readLineHead} from './line-head.js';

const FIELDS = new Set([
  ...['event_id', 'timestamp', 'seq', 'event_type', 'role', 'mem', 'session_id', 'agent', 'project', 'source', 'source_event_id'],
  ...['text', 'text_bytes', 'metadata', 'no_time', 'former'],
]);
const FORMER = /^[0-9A-HJKMNP-TV-Z]{32}$/;

/**
 * The event of a line that mem itself wrote: with its id, its identity and its arrival, so that it becomes the same record again.
 * @param envelope the line's `mem`
 * @param size the line's, in characters
 * @throws BadLine where the id is not that of the content: a line that somebody changed would keep the true event out
 */
export function exportedEvent(
  line: JsonObject,
  envelope: Envelope,
  {size, hasExactNumbers, redactor}: {size: number; hasExactNumbers: boolean; redactor: Redactor},
): NewEvent {
  const foreign = Object.keys(line).find((key) => !FIELDS.has(key));
  if (foreign !== undefined) {
    throw new BadLine(invalidField(foreign, line[foreign], 'which no exported event has', 'leave it out, or leave out "mem"'));
  }
  const sessionId = nameField('session_id', line['session_id']);
  if (sessionId === '') throw new BadLine(missingField('session_id', line['session_id']));
  const text = line['text'] ?? '';
  if (typeof text !== 'string') throw new BadLine(invalidField('text', text, 'which is not a text', 'send a string'));
  const given: AgentEvent = {
    ...headOf(line).head.event,
    sessionId,
    agent: nameField('agent', line['agent']),
    project: nameField('project', line['project']),
    source: nameField('source', line['source']),
    sourceEventId: nameField('source_event_id', line['source_event_id']),
    text,
    textBytes: integerField('text_bytes', line['text_bytes']),
    metadata: toMetadata(line['metadata'], undefined),
  };
  const provenance = {
    hasTime: line['no_time'] !== true,
    hasSeq: (envelope.flags & SEQ_ORDERS_ONLY) === 0,
    isAltered: (envelope.flags & IS_ALTERED) !== 0 || given.textBytes > 0,
  };
  if (!isOwnId(given, envelope, provenance)) {
    const why = 'which is not the id of its content';
    throw new BadLine(invalidField('event_id', given.id, why, 'export it again, or leave out "mem" to take it as another event'));
  }
  const former = nameField('former', line['former']);
  if (former !== '' && !FORMER.test(former)) throw new BadLine(invalidField('former', former, 'which is not 32 digits', 'export it again'));
  const event = clean(given, redactor);
  checkMetadataSize(event.metadata, size);
  const isChanged = event.text !== given.text || event.metadata !== given.metadata;
  const {format, identity, alias, arrival, place} = envelope;
  return {
    event,
    identity,
    sourceAlias: alias,
    ...provenance,
    isAltered: (envelope.flags & IS_ALTERED) !== 0 || isChanged,
    hasExactNumbers,
    former,
    origin: {format, ...(arrival !== undefined && {arrival: {file: arrival, place}})},
  };
}

function headOf(line: JsonObject): ReturnType<typeof readLineHead> {
  try {
    return readLineHead(line);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const hint = 'export it again, or leave out "mem" to take it as another event';
    throw new BadLine(invalidField('mem', 'of an exported event', 'whose other fields are not those of one', hint));
  }
}

/** Rules for secrets may be newer than the export. */
function clean(event: AgentEvent, redactor: Redactor): AgentEvent {
  const {text, textBytes} = limitText(redactor.text(event.text));
  return {...event, text, textBytes: textBytes || event.textBytes, metadata: redactor.metadata(event.metadata)};
}

/** Whether the id is that of the content, as far as what was kept of it tells. Of format 1 it does not tell what was kept. */
function isOwnId(event: AgentEvent, {format, identity, alias}: Envelope, {hasTime, hasSeq, isAltered}: Provenance): boolean {
  const {id, time} = event;
  if (identity === 'ulid') return true;
  if (hasTime !== (identity === 'derived' || identity === 'record')) return false;
  if (isAltered || format === 1 || identity === 'random') return timeOfId(id) === time;
  if (identity === 'record') return id === makeEventId(time, recordIdBits(event));
  const bits = deriveIdBits({...event, time: hasTime ? time : undefined, seq: hasSeq ? event.seq : 0});
  const {agent, sessionId, sourceEventId, text} = event;
  return id === makeEventId(time, bits) && (identity === 'derived' || alias === sourceAliasOf(agent, sessionId, sourceEventId, text));
}
