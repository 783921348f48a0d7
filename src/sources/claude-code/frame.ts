import type {EpochMs, EventType, JsonValue, Role} from '../../domain/event/event.js';
import {asText, asTime, type Fields, hashId, metadataOf} from '../reading/fields.js';
import type {SourceEvent} from '../source.js';

/** Blocks of one record stand in their order, though they have one time. */
const BLOCKS = 64;

/** What all that a record says has in common. */
export interface Frame {
  readonly sessionId: string;
  readonly uuid: string;
  readonly time: EpochMs | undefined;
  readonly isTimeGuessed: boolean;
  readonly line: number;
  readonly cwd: string | undefined;
  readonly gitBranch: string | undefined;
  /** Of the subagent whose work it is. */
  readonly agentId: string | undefined;
  readonly parentId: string | undefined;
  readonly version: string | undefined;
  readonly model: string | undefined;
}

/** @param before the time of the record before it, for one without */
export function frameOf(
  record: Fields,
  message: Fields | undefined,
  line: number,
  fallback: {sessionId: string; before: EpochMs | undefined},
): Frame {
  const time = asTime(record['timestamp']);
  const isSidechain = record['isSidechain'] === true;
  return {
    sessionId: asText(record['sessionId']) ?? fallback.sessionId,
    uuid:
      asText(record['uuid']) ??
      hashId(String(record['timestamp']), String(record['type']), JSON.stringify(message ?? record['attachment'])),
    time: time ?? fallback.before,
    isTimeGuessed: time === undefined,
    line,
    cwd: asText(record['cwd']),
    gitBranch: asText(record['gitBranch']),
    // Up to 1.x a subagent's work stood in the file of its session and had no id.
    agentId: isSidechain ? (asText(record['agentId']) ?? 'sidechain') : undefined,
    parentId: asText(record['parentUuid']),
    version: asText(record['version']),
    model: asText(message?.['model']),
  };
}

interface Said {
  readonly type: EventType;
  readonly role: Role;
  readonly text: string;
  readonly eventId: string;
  /** The block's place in its record. */
  readonly block?: number;
  readonly metadata?: Readonly<Record<string, JsonValue | undefined>>;
}

export function eventIn(frame: Frame, {type, role, text, eventId, block = 0, metadata}: Said): SourceEvent {
  const {sessionId, time, isTimeGuessed, line, cwd, gitBranch, agentId, parentId, version, model} = frame;
  return {
    sessionId,
    type,
    role,
    text,
    eventId,
    time,
    isTimeGuessed,
    seq: line * BLOCKS + Math.min(block, BLOCKS - 1),
    cwd,
    gitBranch,
    metadata: metadataOf({...metadata, model, agent_id: agentId, parent_id: parentId, version}),
  };
}
