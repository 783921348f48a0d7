import type {AgentEvent, EpochMs, EventId} from './event.js';
import type {NewEvent} from './event-record.js';
import {deriveIdBits, type EventIdentity, makeEventId, recordIdBits, sourceAliasOf} from './identity/event-id.js';
import {formerBits} from './identity/former-identity.js';
import {limitText} from './parse/text-limit.js';
import {boundToolInput} from './parse/tool-input.js';
import type {Redactor} from './redactor.js';

/** An event as its source gives it: checked, but whole. */
export interface GivenEvent extends Omit<EventIdentity, 'seq' | 'time'>, Pick<AgentEvent, 'project' | 'source' | 'textBytes'> {
  /** The source's own ULID, if it gave one. */
  readonly ulid: EventId | undefined;
  /** The source's own time. */
  readonly time: EpochMs | undefined;
  /** The time of the event where the source gave none. */
  readonly arrivedAt: EpochMs;
  /** Undefined where the source gave none: then the order of arrival counts. */
  readonly seq: number | undefined;
  readonly hasExactNumbers: boolean;
}

/** What an event needs of the call in which it arrives. */
export interface NewEventContext {
  /** Makes 16 new characters of Crockford's base 32, for events with neither a time nor an id. */
  readonly randomBits: () => string;
  /** How many events of this session and time came before: the order of those that have no `seq` of their own. */
  countBefore(agent: string, sessionId: string, time: EpochMs): number;
  /** What is kept is free of the secrets that the rules know; the id is that of all that was received. */
  readonly redactor: Redactor;
}

/** Gives an event its id, made from all that was received, then cuts and redacts what is kept. */
export function newEvent(given: GivenEvent, context: NewEventContext): NewEvent {
  const {type, role, agent, sessionId, project, source, sourceEventId, text, hasExactNumbers} = given;
  const time = given.time ?? given.arrivedAt;
  // Counted for every event, so that one without a `seq` knows of those that have one.
  const before = context.countBefore(agent, sessionId, time);
  const metadata = context.redactor.metadata(boundToolInput(given.metadata));
  const clean = context.redactor.text(text);
  const limited = limitText(clean);
  const textBytes = limited.textBytes || (given.textBytes > text.length ? given.textBytes : 0);
  const isAltered = clean !== text || limited.textBytes > 0 || metadata !== given.metadata;
  const {id, ...identity} = identify({...given, seq: given.seq ?? 0}, given.ulid, time, isAltered, context);
  const seq = given.seq ?? before;
  return {
    event: {id, time, seq, type, role, sessionId, agent, project, source, sourceEventId, text: limited.text, textBytes, metadata},
    ...identity,
    hasTime: given.time !== undefined,
    hasSeq: given.seq !== undefined,
    hasExactNumbers,
    isAltered,
  };
}

interface FoundIdentity extends Pick<NewEvent, 'identity' | 'sourceAlias' | 'former'> {
  readonly id: EventId;
}

/** @param time the source's own, otherwise that of arrival */
function identify(
  from: EventIdentity,
  ulid: EventId | undefined,
  time: EpochMs,
  isAltered: boolean,
  context: NewEventContext,
): FoundIdentity {
  if (ulid !== undefined) return {id: ulid, identity: 'ulid', sourceAlias: '', former: ''};
  const hasTime = from.time !== undefined;
  if (from.sourceEventId === '') {
    const identity = hasTime ? 'derived' : 'random';
    return {id: makeEventId(time, hasTime ? deriveIdBits(from) : context.randomBits()), identity, sourceAlias: '', former: ''};
  }
  if (hasTime) {
    // What is kept of the text does not give the former ids again.
    const former = isAltered ? formerBits(from) : '';
    return {id: makeEventId(time, recordIdBits(from)), identity: 'record', sourceAlias: '', former};
  }
  const sourceAlias = sourceAliasOf(from.agent, from.sessionId, from.sourceEventId, from.text);
  return {id: makeEventId(time, deriveIdBits(from)), identity: 'source-without-time', sourceAlias, former: ''};
}
