import type {AgentEvent} from './event.js';

/** What marks an event in which a model thinks, before it says or does something. */
export const THINKING = {thinking: true} as const;

/** Whether an agent only thinks here. Such an event is kept, listed and found, but no summary is made of it and it answers nothing. */
export function isThinking({type, metadata}: Pick<AgentEvent, 'type' | 'metadata'>): boolean {
  return type === 'assistant_message' && metadata['thinking'] === true;
}
