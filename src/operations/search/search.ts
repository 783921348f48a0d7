import type {AgentEvent} from '../../domain/event/event.js';
import {projectFilter} from '../../domain/event/project-filter.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import {parseQuery, type Query} from '../../domain/search/query/query.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import type {SegmentNode} from '../../domain/toc/node.js';
import {MemError} from '../../errors.js';
import type {Store} from '../../store/port/store.js';
import {drainForReader} from '../access/drained-store.js';
import {findSession} from '../access/find-session.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {withSegments} from './find-segments.js';
import {KeptIndex, readWholeIndex} from './kept-index.js';
import {rankHits} from './rank-hits.js';
import {type Replacement, replaceAbsent} from './replace-absent.js';
import {scopeView} from './scope-view.js';
import type {SearchRequest} from './search-request.js';

/** An index that changes while it is read is read again, so often. */
const TRIES = 3;

export interface SearchOptions {
  /** How long to wait for a busy store, at each opening. */
  readonly patienceMs?: number;
  /** Whoever asks wants the answer no longer: the store is let go, and the search fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What an earlier search of this process read of the index. */
  readonly kept?: KeptIndex | undefined;
}

export interface SearchHit {
  readonly event: AgentEvent;
  readonly score: number;
  /** The segment that has it, where one is stored. */
  readonly segment: SegmentNode | undefined;
}

export interface SearchResult {
  /** Events, best first; by session, day or segment: the best event of each. */
  readonly hits: readonly SearchHit[];
  /** Of each term that was looked for, how telling it is. */
  readonly weights: ReadonlyMap<string, number>;
  /** What was looked for in place of words that occur nowhere. */
  readonly replaced: readonly Replacement[];
  /** Events that were not searched, since the index does not have them yet. */
  readonly notSearched: number;
  /** Whether more texts than were read might hold a phrase. */
  readonly isCut: boolean;
  readonly timeZone: string;
}

/**
 * Finds events by their words. The store is held in turns.
 * @throws MemError USAGE where nothing is left to look for, or a project's or session's name is not clear; NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function search(
  mem: Mem,
  request: SearchRequest,
  {patienceMs = READER_PATIENCE_MS, signal, kept = new KeptIndex()}: SearchOptions = {},
): Promise<SearchResult> {
  const tokenizer = new SearchTokenizer();
  const query = parseQuery(request.query, tokenizer);
  if (query.words.length === 0) throw emptyQuery(request.query);
  await drainForReader(mem, patienceMs);
  const parts = {tokenizer, names: mem.projectNames, kept, goOn: () => signal?.throwIfAborted()};
  return holdInTurns(mem, patienceMs, (current) => searchInTurns(current, query, request, parts));
}

function emptyQuery(text: string): MemError {
  return new MemError(
    'USAGE',
    text.trim() === '' ? 'the query is empty' : `the query ${JSON.stringify(text)} has no word that could be looked for`,
    {
      hint: 'name a word that stands in what was said, e.g.: mem search "login error"',
    },
  );
}

interface SearchParts {
  readonly tokenizer: SearchTokenizer;
  readonly names: ProjectNames;
  readonly kept: KeptIndex;
  /** Throws where the answer is wanted no longer. */
  readonly goOn: () => void;
}

async function* searchInTurns(
  current: () => Store,
  query: Query,
  request: SearchRequest,
  {tokenizer, names, kept, goOn}: SearchParts,
): AsyncGenerator<void, SearchResult> {
  for (let tries = 1; ; tries++) {
    const cursor = await current().changeCursor();
    const sessions = request.session === undefined ? undefined : (await findSession(current(), request.session)).keys;
    goOn();
    const index = kept.of(cursor) ?? (yield* readWholeIndex(current, tokenizer, goOn));
    const isStill = (await current().changeCursor()) === cursor;
    if (tries < TRIES && !isStill) continue;
    if (isStill) kept.keep(cursor, index);
    // How telling a word is depends on the projects that are searched, and on no other filter.
    const isOfAll = (request.projects ?? []).length === 0;
    const isWanted = projectFilter(request.projects ?? [], isOfAll ? [] : index.days.projects, names);
    const store = current();
    // Nowhere means in no project: a filter finds nothing, it does not make up words.
    const {wanted, replaced, view: whole} = await replaceAbsent(store, index, query, goOn);
    const view = isOfAll ? {...whole, days: index.days} : scopeView({...whole, days: index.days}, isWanted);
    goOn();
    const ranked = await rankHits(store, view, wanted, query, {...request, isWanted, sessions}, tokenizer);
    goOn();
    return {
      hits: await withSegments(store, ranked.hits),
      weights: new Map(wanted.map(({term}, at) => [term, ranked.scores.idf[at] ?? 0])),
      replaced,
      notSearched: index.left,
      isCut: ranked.isCut,
      timeZone: store.header.timeZone,
    };
  }
}
