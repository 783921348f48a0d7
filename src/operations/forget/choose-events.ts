import {type AgentEvent, END_OF_TIME, type EpochMs, type EventId, type SessionKey} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {projectFilter} from '../../domain/event/project-filter.js';
import type {ProjectNames} from '../../domain/event/project-names.js';
import {parseQuery} from '../../domain/search/query/query.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import {MemError} from '../../errors.js';
import type {SessionDay, Store, StoredEvent} from '../../store/port/store.js';
import {findSession} from '../access/find-session.js';
import {readProjects} from '../access/read-projects.js';
import {withCopies} from './copies.js';
import type {NamedEvent} from './intent.js';
import {holdsAll} from './whole-text.js';

/** What is to be forgotten: the events that pass all of it. Something of it must be said. */
export interface ForgetRequest {
  readonly events?: readonly EventId[] | undefined;
  /** Its id, or a beginning of it that no other session has. */
  readonly session?: string | undefined;
  /** As a person names them. */
  readonly projects?: readonly string[] | undefined;
  readonly agent?: string | undefined;
  readonly from?: EpochMs | undefined;
  /** Exclusive. */
  readonly to?: EpochMs | undefined;
  /** Words that must all be there, phrases, and what must not be there. */
  readonly query?: string | undefined;
}

export interface ChosenEvents {
  /** Without the marks of their words: those take the key of the memory, which is made where it is first needed. */
  readonly events: readonly NamedEvent[];
  /** How many of them were not asked for, but say the same. */
  readonly copies: number;
  readonly sessions: number;
  /** Of their records. */
  readonly bytes: number;
  /** The first of them in time that have a text. */
  readonly samples: readonly AgentEvent[];
  /** Whose they are, and how they came in. */
  readonly origins: ReadonlySet<string>;
}

const MOST_SAMPLES = 10;

/**
 * Finds the events, with those that say the same in their sessions. It reads every event that could pass, never the index: what is to be
 * gone is not to depend on that.
 * @throws MemError USAGE where nothing is said, or a name is not clear
 */
export async function* chooseEvents(current: () => Store, request: ForgetRequest, names: ProjectNames): AsyncGenerator<void, ChosenEvents> {
  const asked = yield* findAsked(current, request, names);
  const days = new Map<SessionKey, SessionDay[]>();
  if (asked.size > 0) {
    for (const day of await current().sessionDays({})) {
      if (!asked.has(day.sessionKey)) continue;
      const known = days.get(day.sessionKey);
      if (known) known.push(day);
      else days.set(day.sessionKey, [day]);
    }
  }
  const calendar = new Calendar(current().header.timeZone);
  const events: NamedEvent[] = [];
  const origins = new Set<string>();
  let samples: readonly AgentEvent[] = [];
  let [wanted, bytes] = [0, 0];
  for (const [sessionKey, ids] of asked) {
    const session: StoredEvent[] = [];
    for (const day of days.get(sessionKey) ?? []) session.push(...(yield* readSessionDay(current, day)));
    const decoded = session.map(({record}) => decodeEvent(record));
    const all = withCopies(decoded, ids);
    const chosen: AgentEvent[] = [];
    for (const [at, event] of decoded.entries()) {
      const {head, record} = session[at] ?? {};
      if (head === undefined || record === undefined || !all.has(event.id)) continue;
      const {id, time} = event;
      events.push({id, alias: head.sourceAlias, words: [], date: calendar.dateOf(time), sessionKey});
      bytes += record.length;
      if (ids.has(id)) wanted++;
      origins.add(`${event.agent}\n${event.source}`);
      if (event.text !== '') chosen.push(event);
    }
    samples = [...samples, ...chosen.slice(0, MOST_SAMPLES)].sort((a, b) => a.time - b.time).slice(0, MOST_SAMPLES);
  }
  const sessions = new Set(events.map((event) => event.sessionKey)).size;
  return {events, copies: events.length - wanted, sessions, bytes, samples, origins};
}

type Asked = ReadonlyMap<SessionKey, ReadonlySet<EventId>>;

/** What passes the request, by session. */
async function* findAsked(current: () => Store, request: ForgetRequest, names: ProjectNames): AsyncGenerator<void, Asked> {
  const {session, agent, projects = [], from = instant(0), to = END_OF_TIME, query: words} = request;
  const tokenizer = new SearchTokenizer();
  const query = words === undefined ? undefined : parseQuery(words, tokenizer);
  if (query?.words.length === 0) {
    throw new MemError('USAGE', `${JSON.stringify(words)} has no word that could be looked for`, {
      hint: 'name words that stand in what was said, or an event: --event ID',
    });
  }
  const keys = session === undefined ? undefined : (await findSession(current(), session)).keys;
  const isWanted = projects.length === 0 ? undefined : projectFilter(projects, await readProjects(current()), names);
  const asked = new Map<SessionKey, Set<EventId>>();
  const take = ({head, record}: StoredEvent): void => {
    if (head.time < from || head.time >= to || keys?.has(head.sessionKey) === false) return;
    if (agent !== undefined || isWanted !== undefined || query !== undefined) {
      const event = decodeEvent(record);
      if (agent !== undefined && event.agent !== agent) return;
      if (isWanted?.(event.project) === false) return;
      if (query !== undefined && !holdsAll(event, query, tokenizer)) return;
    }
    const known = asked.get(head.sessionKey);
    if (known) known.add(head.id);
    else asked.set(head.sessionKey, new Set([head.id]));
  };
  if (request.events !== undefined) {
    for (const found of await current().recordsOf(request.events)) if (found) take(found);
    return asked;
  }
  const stretches = keys === undefined ? [{first: from, last: instant(to - 1)}] : await daysOf(current(), keys);
  for (const {first, last} of stretches) {
    for (let next: EpochMs | undefined = first; next !== undefined; ) {
      const page: Awaited<ReturnType<Store['events']>> = await current().events(next, instant(last + 1));
      for (const event of page.events) take(event);
      next = page.next;
      yield;
    }
  }
  return asked;
}

async function daysOf(store: Store, keys: ReadonlySet<SessionKey>): Promise<readonly Pick<SessionDay, 'first' | 'last'>[]> {
  return (await store.sessionDays({})).filter(({sessionKey}) => keys.has(sessionKey));
}

async function* readSessionDay(current: () => Store, {sessionKey, first, last}: SessionDay): AsyncGenerator<void, readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let next: EpochMs | undefined = first; next !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await current().events(next, instant(last + 1));
    events.push(...page.events.filter(({head}) => head.sessionKey === sessionKey));
    next = page.next;
    yield;
  }
  return events;
}

/** @throws MemError USAGE where a request would take all there is */
export function requireRequest(request: ForgetRequest): void {
  if (Object.values(request).some((part) => part !== undefined && (!Array.isArray(part) || part.length > 0))) return;
  throw new MemError('USAGE', 'nothing says what is to be forgotten', {
    hint: 'name words, --event, --session, --project, --agent, --from or --to',
  });
}
