import type {AgentEvent, EpochMs} from '../domain/event/event.js';

/** An event as `--json` prints it, with the names that `mem ingest` reads. */
export function eventJson(event: AgentEvent, stamp: (instant: EpochMs) => string): Record<string, unknown> {
  return {
    event_id: event.id,
    timestamp: stamp(event.time),
    session_id: event.sessionId,
    event_type: event.type,
    role: event.role,
    seq: event.seq,
    ...(event.agent === '' ? {} : {agent: event.agent}),
    ...(event.project === '' ? {} : {project: event.project}),
    ...(event.source === '' ? {} : {source: event.source}),
    ...(event.sourceEventId === '' ? {} : {source_event_id: event.sourceEventId}),
    text: event.text,
    ...(event.textBytes === 0 ? {} : {text_bytes: event.textBytes}),
    metadata: event.metadata,
  };
}
