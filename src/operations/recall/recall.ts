import type {AgentEvent, EpochMs} from '../../domain/event/event.js';
import {lastPart} from '../../domain/event/project.js';
import {projectKey} from '../../domain/event/project-filter.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import {isThinking} from '../../domain/event/thinking.js';
import {LEAST_FURTHER_SHARE, LEAST_SHARE, sharedWorth} from '../../domain/recall/fit.js';
import {searchedText} from '../../domain/search/index/entry.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {addDays} from '../../domain/time/local-date.js';
import {Calendar} from '../../domain/time/period.js';
import {isSegmentNode, isSegmentPointer, type SegmentNode, type SegmentPointer} from '../../domain/toc/node.js';
import type {Store} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {readProjects} from '../access/read-projects.js';
import {readUnsuperseded} from '../access/read-superseded.js';
import type {Mem} from '../mem.js';
import {type SearchHit, search} from '../search/search.js';

/** Work that is older than this is not "where we are". */
const DAYS_BACK = 31;
const MOST_SEGMENTS = 40;
const WEEK_DAYS = 7;
/** As many hits as a large budget takes. */
const MOST_HITS = 60;

/** What a person or an agent is reminded of: whose work, and the places in it. */
export interface Recalled {
  /** As it is read; empty for all projects together. */
  readonly project: string;
  readonly timeZone: string;
  /** Segments of the last seven days on which something was done, the newest first. */
  readonly recent: readonly SegmentNode[];
  /** How many sessions there were on the last of those days. */
  readonly lastSessions: number;
  /** The last thing that was asked and not answered. */
  readonly open: AgentEvent | undefined;
  /** What fits the query, best first; of the same session three, before a further one of any. */
  readonly hits: readonly SearchHit[];
  readonly weights: ReadonlyMap<string, number>;
}

/** Which projects may be told of. */
export type RecallScope =
  | {readonly kind: 'all'}
  /** As a person names it: by its key or the last part of it. */
  | {readonly kind: 'named'; readonly name: string}
  /** That of a folder: this key alone. Another project whose last part it is may be anybody's. */
  | {readonly kind: 'folder'; readonly key: string};

export interface RecallRequest {
  /** Empty: where we are. */
  readonly query: string;
  readonly scope: RecallScope;
}

/**
 * Collects what is worth being told before work goes on.
 * @throws MemError USAGE for a named project that does not exist or is not clear; NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function recall(mem: Mem, {query, scope}: RecallRequest): Promise<Recalled> {
  const where = await readDrained(mem, async (store) => {
    const known = scope.kind === 'all' ? [] : await readProjects(store);
    const project = projectOf(scope, known, mem.projectNames);
    return {...(await readWhere(mem, store, project)), project};
  });
  const {project} = where;
  if (query.trim() === '') return {...where, project: project ?? '', hits: [], weights: new Map()};
  const {hits, weights} = await fitting(mem, query, project);
  // What fits is looked for first; where nothing does, nothing is said of anything else.
  return {...where, project: project ?? '', hits, weights, ...(hits.length === 0 && {recent: [], open: undefined})};
}

/** The project of a folder, whether it still exists or not. */
export async function folderScope(mem: Pick<Mem, 'openImport'>, folder: string): Promise<RecallScope> {
  const facts = (await mem.openImport()).folderFacts(folder);
  return {kind: 'folder', key: facts.kind === 'gone' ? lastPart(folder) : facts.project};
}

function projectOf(scope: RecallScope, known: readonly string[], names: ProjectNames): string | undefined {
  switch (scope.kind) {
    case 'all':
      return undefined;
    case 'named':
      return projectKey(scope.name, known, names);
    case 'folder':
      return names(scope.key);
  }
}

async function fitting(mem: Mem, query: string, project: string | undefined): Promise<Pick<Recalled, 'hits' | 'weights'>> {
  const tokenizer = new SearchTokenizer();
  const words = new Set(tokenizer.terms(query));
  if (words.size === 0) return {hits: [], weights: new Map()};
  // A query of a machine is no search line: its quotation marks and minus signs mean nothing.
  const plain = query.replace(/["“”]/gu, ' ').replace(/(^|\s)-+/gu, '$1');
  const projects = project === undefined ? [] : [project];
  const {hits, weights, replaced} = await search(mem, {query: plain, by: 'event', limit: MOST_HITS, projects}).catch((error: unknown) => {
    // No event of that project: nothing fits.
    if (project !== undefined && isUsage(error)) return {hits: [], weights: new Map<string, number>(), replaced: []};
    throw error;
  });
  const own = new Map([...weights].filter(([term]) => words.has(term)));
  // Search takes a last part for a project, too.
  const ofProject = hits.filter(({event}) => project === undefined || mem.projectNames(event.project) === project);
  const shares = ofProject.map((hit) => ({
    hit,
    share: sharedWorth(new Set(tokenizer.terms(searchedText(hit.event))), own, replaced.length),
  }));
  const fits = shares.filter(({share}) => share >= LEAST_SHARE);
  if (fits.length === 0) return {hits: [], weights: own};
  const further = shares.filter(({share}) => share < LEAST_SHARE && share >= LEAST_FURTHER_SHARE);
  return {hits: spread([...fits, ...further].map(({hit}) => hit)), weights: own};
}

function isUsage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'USAGE';
}

/** Three of each session first: for which session it was, one is enough; then what is left, best first. */
function spread(hits: readonly SearchHit[]): readonly SearchHit[] {
  const counts = new Map<string, number>();
  const first: SearchHit[] = [];
  const rest: SearchHit[] = [];
  for (const hit of hits) {
    const key = `${hit.event.agent}\n${hit.event.sessionId}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    (count < 3 ? first : rest).push(hit);
  }
  return [...first, ...rest];
}

type Where = Pick<Recalled, 'timeZone' | 'recent' | 'lastSessions' | 'open'>;

async function readWhere(mem: Pick<Mem, 'clock' | 'projectNames'>, store: Store, project: string | undefined): Promise<Where> {
  const calendar = new Calendar(store.header.timeZone);
  const today = calendar.dateOf(mem.clock());
  const range = {from: addDays(today, -DAYS_BACK), to: addDays(today, 1)};
  const pointers = (await store.pointers('segment', range)).filter(isSegmentPointer).filter(({status}) => status === 'current');
  const segments = await newestSegments(store, pointers, (keys) => isOfProject(mem, keys, project));
  const last = segments[0] && calendar.dateOf(segments[0].start);
  const recent = last === undefined ? [] : segments.filter(({start}) => calendar.dateOf(start) > addDays(last, -WEEK_DAYS));
  const ofLast = recent.filter(({start}) => calendar.dateOf(start) === last);
  return {
    timeZone: store.header.timeZone,
    recent,
    lastSessions: new Set(ofLast.map(({segment}) => segment.sessionKey)).size,
    open: segments[0] && (await openRequest(store, segments[0])),
  };
}

function isOfProject({projectNames}: Pick<Mem, 'projectNames'>, keys: readonly string[], project: string | undefined): boolean {
  if (project === undefined) return true;
  return keys.some((key) => projectNames(key) === projectNames(project));
}

async function newestSegments(
  store: Pick<Store, 'nodes'>,
  pointers: readonly SegmentPointer[],
  isWanted: (projects: readonly string[]) => boolean,
): Promise<readonly SegmentNode[]> {
  const newest = [...pointers].sort((a, b) => b.start - a.start || (a.id < b.id ? 1 : -1));
  const found: SegmentNode[] = [];
  for (let at = 0; at < newest.length && found.length < MOST_SEGMENTS; at += MOST_SEGMENTS) {
    const nodes = await store.nodes(newest.slice(at, at + MOST_SEGMENTS).map(({id}) => id));
    for (const node of nodes) if (node && isSegmentNode(node) && isWanted(node.segment.projects) && node.title !== '') found.push(node);
  }
  return found.slice(0, MOST_SEGMENTS);
}

/** The last user's message of a segment, where no answer came after it. */
async function openRequest(store: Pick<Store, 'events'>, {start, end, segment}: SegmentNode): Promise<AgentEvent | undefined> {
  let asked: AgentEvent | undefined;
  let from: EpochMs | undefined = start;
  while (from !== undefined) {
    const reading = readUnsuperseded(() => store, from, end, segment.sessionKey);
    let turn = await reading.next();
    while (turn.done !== true) turn = await reading.next();
    for (const event of turn.value.events) {
      if (event.type === 'user_message' && event.role === 'user') asked = event;
      else if (event.type === 'assistant_message' && !isThinking(event)) asked = undefined;
    }
    from = turn.value.next;
  }
  return asked;
}
