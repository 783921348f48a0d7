import {FACT_KINDS, FACT_STATES, type Fact} from '../facts/fact.js';
import {isRecord} from '../stored/fields.js';
import type {AgentEvent} from './event.js';

/**
 * What is kept of a tool result whose text and tool's input are gone, in `metadata.emptied`: all that a cut, a node and the index have of it
 * but its words. So nothing that was made of it changes.
 */
export interface Emptied {
  /** As its text was estimated. */
  readonly tokens: number;
  readonly hasText: boolean;
  readonly facts: readonly Omit<Fact, 'eventIds'>[];
}

/** Undefined for an event that has its text. */
export function emptiedIn({type, metadata}: Pick<AgentEvent, 'type' | 'metadata'>): Emptied | undefined {
  const {emptied} = metadata;
  if (type !== 'tool_result' || !isRecord(emptied)) return undefined;
  const {tokens, has_text: hasText, facts} = emptied;
  if (typeof tokens !== 'number' || typeof hasText !== 'boolean' || !Array.isArray(facts)) return undefined;
  return {tokens, hasText, facts: facts.filter(isKeptFact)};
}

function isKeptFact(value: unknown): value is Omit<Fact, 'eventIds'> {
  if (!isRecord(value) || typeof value['text'] !== 'string') return false;
  const {kind, ref, state, lines} = value;
  const isState = state === undefined || FACT_STATES.some((known) => known === state);
  return (
    FACT_KINDS.some((known) => known === kind) &&
    (ref === undefined || typeof ref === 'string') &&
    isState &&
    (lines === undefined || typeof lines === 'number')
  );
}
