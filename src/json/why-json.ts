import type {EpochMs} from '../domain/event/event.js';
import type {Cause} from '../operations/search/why.js';

/** An event behind a file or a commit as `mem why --json` prints it. */
export function causeJson({event, facts, asked}: Cause, stamp: (instant: EpochMs) => string): Record<string, unknown> {
  return {
    event_id: event.id,
    timestamp: stamp(event.time),
    session_id: event.sessionId,
    ...(event.agent === '' ? {} : {agent: event.agent}),
    ...(event.project === '' ? {} : {project: event.project}),
    facts: facts.map(({kind, text, ref}) => ({kind, text, ...(ref === undefined ? {} : {ref})})),
    ...(asked ? {asked: {event_id: asked.id, timestamp: stamp(asked.time), text: asked.text}} : {}),
  };
}
