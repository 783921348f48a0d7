import type {EpochMs} from '../domain/event/event.js';
import {searchedText} from '../domain/search/index/entry.js';
import {snippetOf} from '../domain/search/query/snippet.js';
import type {TermFinder} from '../domain/search/words/term-finder.js';
import type {SearchHit, SearchResult} from '../operations/search/search.js';

/** A hit as `--json` prints it. @param rank from 1 */
export function hitJson(
  {event, score, segment}: SearchHit,
  rank: number,
  {weights}: SearchResult,
  finder: Pick<TermFinder, 'found'>,
  stamp: (instant: EpochMs) => string,
): Record<string, unknown> {
  const {speaker, git_branch: branch} = event.metadata;
  const terms = new Set(finder.found(searchedText(event)).map(({term}) => term));
  return {
    rank,
    // Enough digits to tell the order, and no more than are the same on each machine.
    score: Number(score.toPrecision(9)),
    event_id: event.id,
    timestamp: stamp(event.time),
    session_id: event.sessionId,
    role: event.role,
    ...(event.agent === '' ? {} : {agent: event.agent}),
    ...(event.project === '' ? {} : {project: event.project}),
    ...(typeof branch === 'string' && branch !== '' ? {branch} : {}),
    ...(typeof speaker === 'string' ? {speaker} : {}),
    snippet: snippetOf(event.text, weights, finder).map(({text}) => text),
    terms: [...weights.keys()].filter((term) => terms.has(term)).sort(),
    ...(segment ? {segment: segment.id, segment_title: segment.title} : {}),
    day: stamp(event.time).slice(0, 10),
  };
}
