import {parseQuery} from '../../domain/search/query/query.js';
import type {ScreenHit, ScreenHits} from '../../domain/search/query/screen-hits.js';
import {snippetOf} from '../../domain/search/query/snippet.js';
import {parseTypedQuery, type TypedQuery} from '../../domain/search/query/typed-query.js';
import {TermFinder} from '../../domain/search/words/term-finder.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {Calendar} from '../../domain/time/period.js';
import {parseTimeRange, type TimeRange} from '../../domain/time/time-range.js';
import {MemError} from '../../errors.js';
import {readToday} from '../access/read-today.js';
import type {Mem} from '../mem.js';
import {type SearchHit, type SearchOptions, type SearchResult, search} from '../search/search.js';
import {searchNotes} from '../search/search-notes.js';

/** More than these nobody goes through. */
const MOST_HITS = 50;

/** What is looked for on a screen. */
export interface ScreenQuery {
  /** Words, `"phrases"`, `-not`, and filters as `--from "last week"`. */
  readonly text: string;
  /** The key of the one project that the screen shows; undefined for all. */
  readonly project: string | undefined;
}

/**
 * Searches everything for a screen, by the search of `mem search`.
 * @throws MemError USAGE for a query that cannot be looked for; NO_STORE, STORE_BUSY, STORE_DAMAGED; the reason of the signal
 */
export async function searchScreen(mem: Mem, {text, project}: ScreenQuery, options: SearchOptions): Promise<ScreenHits> {
  const typed = parseTypedQuery(text);
  if (project !== undefined && typed.projects.length > 0)
    throw new MemError('USAGE', `only ${project} is searched`, {hint: 'leave out --project, or choose another project with p'});
  const {from, to, by = 'event', ...request} = typed;
  const projects = project === undefined ? typed.projects : [project];
  const range = await readRange(mem, typed);
  const result = await search(mem, {...request, ...range, by, projects, limit: MOST_HITS}, options);
  const tokenizer = new SearchTokenizer();
  const finder = new TermFinder(tokenizer, result.weights.keys());
  return {
    hits: result.hits.map((hit) => screenHit(hit, result, finder)),
    hasMore: result.hits.length === MOST_HITS,
    notes: searchNotes(result, nothingText(typed, project, tokenizer)),
  };
}

async function readRange(mem: Mem, {from, to}: TypedQuery): Promise<TimeRange> {
  if (from === undefined && to === undefined) return {};
  const {timeZone, today} = await readToday(mem);
  return parseTimeRange(from, to, today, new Calendar(timeZone));
}

function screenHit({event, segment}: SearchHit, {weights}: SearchResult, finder: TermFinder): ScreenHit {
  const {speaker, tool_name: tool} = event.metadata;
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
  return {
    id: event.id,
    time: event.time,
    who: [event.role, speaker, tool].filter(isText).join(' · '),
    where: [event.agent, event.project].filter(isText).join(' · '),
    segment: segment && {id: segment.id, title: segment.title},
    lines: snippetOf(event.text, weights, finder),
  };
}

/** Why nothing was found: what a hit would have to pass beside its words. */
function nothingText(typed: TypedQuery, project: string | undefined, tokenizer: SearchTokenizer): string {
  const {phrases, not, notPhrases} = parseQuery(typed.query, tokenizer);
  const {from, to, agent, role, session, branch} = typed;
  const filters = Object.entries({from, to, agent, role, session, branch}).filter(([, value]) => value !== undefined);
  const asked = [
    ...(phrases.length > 0 ? ['the phrase'] : []),
    ...(not.length + notPhrases.length > 0 ? ['what must not stand there'] : []),
    ...filters.map(([name]) => `--${name}`),
    ...(typed.projects.length > 0 ? ['--project'] : []),
    ...(project === undefined ? [] : [`the project ${project}`]),
  ];
  return asked.length === 0 ? 'nothing was found' : `nothing was found that passes ${asked.join(', ')}`;
}
