import type {AgentEvent, EpochMs, Role, SessionKey} from '../../domain/event/event.js';
import {type ProjectFilter, projectFilter} from '../../domain/event/project-filter.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import {type IndexedEvent, searchedText} from '../../domain/search/index/entry.js';
import type {IndexedDays} from '../../domain/search/index/indexed-days.js';
import type {HitKind} from '../../domain/search/query/hit-kind.js';
import {parseQuery, type Query} from '../../domain/search/query/query.js';
import {type DayScores, scoreDays} from '../../domain/search/rank/day-scores.js';
import {
  bestByOwnWords,
  type OpenedDays,
  proximityOf,
  type ScoredEvent,
  scoreEvents,
  scoreOwnWords,
} from '../../domain/search/rank/event-scores.js';
import type {IndexView, WantedTerm} from '../../domain/search/rank/view.js';
import {RANK} from '../../domain/search/rank/weights.js';
import {TermFinder} from '../../domain/search/words/term-finder.js';
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
import {openDays} from './open-days.js';
import {type Replacement, replaceAbsent} from './replace-absent.js';
import {scopeView} from './scope-view.js';
import {type ScoredHit, takeHits} from './take-hits.js';

/** An index that changes while it is read is read again, so often. */
const TRIES = 3;

export interface SearchFilter {
  readonly from?: EpochMs | undefined;
  /** Exclusive. */
  readonly to?: EpochMs | undefined;
  /** As a person names them; none: all. */
  readonly projects?: readonly string[] | undefined;
  readonly agent?: string | undefined;
  readonly role?: Role | undefined;
  /** Its id, or a beginning of it that no other session has. */
  readonly session?: string | undefined;
  readonly branch?: string | undefined;
}

export interface SearchRequest extends SearchFilter {
  readonly query: string;
  /** How many events, or what else a hit is. */
  readonly limit: number;
  readonly by: HitKind;
}

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
    const ranked = await rank(store, view, wanted, query, {...request, isWanted, sessions}, tokenizer);
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

/** What a filter names, found in the store. */
interface Found {
  readonly isWanted: ProjectFilter;
  /** Undefined for all. */
  readonly sessions: ReadonlySet<SessionKey> | undefined;
}

interface Ranked {
  readonly hits: readonly ScoredHit[];
  readonly scores: DayScores;
  readonly isCut: boolean;
}

/** Opens the best session-days, some at a time, until there are hits enough. */
async function rank(
  store: Store,
  view: IndexView & {readonly days: IndexedDays},
  wanted: readonly WantedTerm[],
  query: Query,
  request: SearchRequest & Found,
  tokenizer: SearchTokenizer,
): Promise<Ranked> {
  const required = query.phrases.length === 0 ? [] : phraseTerms(query, tokenizer);
  const scores = scoreDays(view, wanted, {isOpen: (day) => mayHold(view.days, day, request), required});
  let hits: readonly ScoredHit[] = [];
  let isCut = false;
  for (let opened = RANK.openDays; ; opened *= 4) {
    const open = await openDays(store, view.days, scores.order.first(opened));
    const events = await scoreOpened(store, view, scores, wanted, open, tokenizer);
    const passing = events.filter((scored) => passes(scored.event, request));
    ({hits, isCut} = await takeHits(store, view, scores, passing, query, request, tokenizer));
    if (hits.length >= request.limit || opened >= scores.order.length) return {hits, scores, isCut};
  }
}

function phraseTerms(query: Query, tokenizer: SearchTokenizer): readonly string[] {
  return [...new Set(query.phrases.flatMap((phrase) => tokenizer.terms(phrase)))];
}

function mayHold(days: IndexedDays, day: number, {agent, sessions}: SearchFilter & Found): boolean {
  return (agent === undefined || days.agent(day) === agent) && (sessions === undefined || sessions.has(days.sessionKey(day)));
}

function passes(event: IndexedEvent, {from, to, role, branch, isWanted}: SearchFilter & Found): boolean {
  if (from !== undefined && event.time < from) return false;
  if (to !== undefined && event.time >= to) return false;
  if (role !== undefined && event.role !== role) return false;
  if (branch !== undefined && event.branch !== branch) return false;
  return isWanted(event.project);
}

/** Whether an event has two of the terms: others have no words that stand close together. */
function hasPair(view: IndexView, wanted: readonly WantedTerm[], {day, number}: {readonly day: number; readonly number: number}): boolean {
  let found = 0;
  for (const {term} of wanted) {
    const postings = view.places.get(term)?.get(day);
    for (let at = 0; postings && at < postings.length; at += 2) if (postings[at] === number) found++;
  }
  return found > 1;
}

async function scoreOpened(
  store: Pick<Store, 'eventsOf'>,
  view: IndexView,
  scores: DayScores,
  wanted: readonly WantedTerm[],
  opened: OpenedDays,
  tokenizer: SearchTokenizer,
): Promise<readonly ScoredEvent[]> {
  const own = scoreOwnWords(view, wanted, scores, opened);
  // With one word there are no pairs.
  const near = wanted.length < 2 ? [] : bestByOwnWords(own).filter((place) => hasPair(view, wanted, place));
  const finder = new TermFinder(
    tokenizer,
    wanted.map(({term}) => term),
  );
  const texts = await store.eventsOf(near.flatMap(({day, number}) => opened.get(day)?.[number]?.id ?? []));
  const proximity = new Map<string, number>();
  near.forEach(({day, number}, at) => {
    const event = texts[at];
    if (event)
      proximity.set(`${day}.${number}`, proximityOf(finder.places(searchedText(event), RANK.proximity.distance), wanted, scores.idf));
  });
  return scoreEvents(scores, opened, own, proximity);
}
