import type {AgentEvent} from '../../domain/event/event.js';
import {exactJson} from '../../domain/event/json/exact-json.js';
import {passesQuery, type Query} from '../../domain/search/query/query.js';
import type {SearchTokenizer} from '../../domain/search/words/tokenizer.js';

/** All that was said in an event. A search leaves out the end of a long tool output; what is forgotten is not to be there at all. */
export function wholeText({text, metadata}: AgentEvent): string {
  const {speaker, tool_input: input} = metadata;
  const parts = [text];
  if (typeof speaker === 'string') parts.push(speaker);
  if (input !== undefined) parts.push(typeof input === 'string' ? input : exactJson(input));
  return parts.join('\n\n');
}

/** Whether an event holds every word of a query, each phrase, and nothing that the query does not want. */
export function holdsAll(event: AgentEvent, query: Query, tokenizer: SearchTokenizer): boolean {
  const text = wholeText(event);
  let known: ReadonlySet<string> | undefined;
  const terms = () => {
    known ??= new Set(tokenizer.terms(text));
    return known;
  };
  return query.words.every((word) => word.terms.every((term) => terms().has(term))) && passesQuery(query, text, terms);
}
