import {changeRecord} from '../event/changed-record.js';
import {emptiedIn} from '../event/emptied.js';
import type {AgentEvent, JsonObject} from '../event/event.js';
import {countedText, estimateTokens} from '../toc/tokens.js';
import {factsOf} from './read-facts.js';

/** A tool result without its text and its tool's input; undefined for what has neither, or is no tool result. */
function emptyEvent(event: AgentEvent): Pick<AgentEvent, 'text' | 'textBytes' | 'metadata'> | undefined {
  const {type, text, metadata} = event;
  const {tool_input: input, ...rest} = metadata;
  if (type !== 'tool_result' || (text === '' && input === undefined) || emptiedIn(event) !== undefined) return undefined;
  const facts = factsOf(event).map(
    ({kind, text, ref, state, lines}): JsonObject => ({
      kind,
      text,
      ...(ref && {ref}),
      ...(state && {state}),
      ...(lines !== undefined && {lines}),
    }),
  );
  const emptied = {tokens: estimateTokens(countedText(type, text)), has_text: /\S/.test(text), facts};
  return {text: '', textBytes: event.textBytes || Buffer.byteLength(text), metadata: {...rest, emptied}};
}

/** The record of an event without what `emptyEvent` takes away; the same record where there is nothing to take. */
export function emptyRecord(record: Buffer): Buffer {
  return changeRecord(record, emptyEvent);
}
