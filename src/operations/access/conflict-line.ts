import type {AgentEvent} from '../../domain/event/event.js';
import {exactJson} from '../../domain/event/json/exact-json.js';
import type {RejectedLine} from '../../domain/event/parse/rejection.js';

/** A line for an event whose ULID belongs to another event. It can be ingested again under a new id. */
export function conflictLine(file: string, line: number, event: AgentEvent): RejectedLine {
  const raw = Buffer.from(
    exactJson({
      event_id: event.id,
      session_id: event.sessionId,
      event_type: event.type,
      role: event.role,
      timestamp: event.time,
      seq: event.seq,
      agent: event.agent,
      project: event.project,
      source: event.source,
      source_event_id: event.sourceEventId,
      text: event.text,
      text_bytes: event.textBytes,
      metadata: event.metadata,
    }),
  );
  return {
    code: 'ID_CONFLICT',
    reason: `id-conflict: has the id ${event.id} of another event`,
    hint: 'give each event its own id, or no id',
    file,
    line,
    raw,
    bytes: raw.length,
  };
}
