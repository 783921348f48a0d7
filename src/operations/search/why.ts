import type {AgentEvent, EventId, SessionKey} from '../../domain/event/event.js';
import {projectFilter} from '../../domain/event/project-filter.js';
import {type ProjectNames, withProjectName} from '../../domain/event/project-names.js';
import type {Fact} from '../../domain/facts/fact.js';
import type {IndexedEvent} from '../../domain/search/index/entry.js';
import {factsOn, termOfWanted, type Wanted} from '../../domain/search/index/fact-terms.js';
import {FoundPlaces} from '../../domain/search/rank/found-places.js';
import {SearchTokenizer} from '../../domain/search/words/tokenizer.js';
import type {Store} from '../../store/port/store.js';
import {drainForReader} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {type Mem, READER_PATIENCE_MS} from '../mem.js';
import {readWholeIndex} from './kept-index.js';
import {openDays} from './open-days.js';
import {readTerms} from './read-terms.js';

/** A name such as index.ts is that of many files: so many events are read at most, the newest first. */
const MOST_READ = 2_000;
const READ_AT_ONCE = 200;

export interface WhyRequest {
  readonly wanted: Wanted;
  /** As a person names them; none: all. */
  readonly projects: readonly string[];
  readonly agent: string | undefined;
  readonly limit: number;
}

/** An event that changed the file or made the commit, and what the user had said last before it on that day. */
export interface Cause {
  readonly event: AgentEvent;
  readonly sessionKey: SessionKey;
  readonly facts: readonly Fact[];
  readonly asked: AgentEvent | undefined;
}

export interface WhyResult {
  /** The newest first. */
  readonly causes: readonly Cause[];
  /** Events that were not looked through, since the index does not have them yet. */
  readonly notSearched: number;
  readonly timeZone: string;
}

interface Candidate {
  readonly event: IndexedEvent;
  readonly sessionKey: SessionKey;
  readonly askedId: EventId | undefined;
}

/**
 * Finds the events behind a file or a commit by the terms of their facts, and no other way: nothing is scanned.
 * @throws MemError USAGE for a project whose name is not clear; NO_STORE, STORE_BUSY, STORE_DAMAGED
 */
export async function findCauses(mem: Mem, request: WhyRequest): Promise<WhyResult> {
  await drainForReader(mem);
  return holdInTurns(mem, READER_PATIENCE_MS, (current) => findInTurns(current, request, mem.projectNames));
}

async function* findInTurns(current: () => Store, request: WhyRequest, names: ProjectNames): AsyncGenerator<void, WhyResult> {
  const {days, headers, left} = yield* readWholeIndex(current, new SearchTokenizer(), () => {});
  const isWanted = projectFilter(request.projects, days.projects, names);
  const term = termOfWanted(request.wanted);
  const store = current();
  const places = (await readTerms(store, days, headers, [term])).get(term) ?? new FoundPlaces();
  const fitting = Array.from({length: places.size}, (_, rank) => places.dayAt(rank)).filter(
    (day) => request.agent === undefined || days.agent(day) === request.agent,
  );
  const opened = await openDays(store, days, fitting);
  const candidates: Candidate[] = [];
  for (const [day, events] of opened) {
    const sessionKey = days.sessionKey(day);
    const postings = places.get(day) ?? [];
    for (let at = 0; at < postings.length; at += 2) {
      const number = postings[at] ?? 0;
      const event = events[number];
      if (event && isWanted(event.project)) candidates.push({event, sessionKey, askedId: askedBefore(events, number)});
    }
  }
  candidates.sort((a, b) => b.event.time - a.event.time || (a.event.id < b.event.id ? 1 : -1));
  const causes: Cause[] = [];
  for (let at = 0; at < Math.min(candidates.length, MOST_READ) && causes.length < request.limit; at += READ_AT_ONCE) {
    causes.push(...(await readCauses(current(), candidates.slice(at, at + READ_AT_ONCE), request.wanted, names)));
    yield;
  }
  return {causes: causes.slice(0, request.limit), notSearched: left, timeZone: current().header.timeZone};
}

function askedBefore(events: readonly IndexedEvent[], number: number): EventId | undefined {
  return events.slice(0, number).findLast(({role}) => role === 'user')?.id;
}

async function readCauses(
  store: Pick<Store, 'eventsOf'>,
  candidates: readonly Candidate[],
  wanted: Wanted,
  names: ProjectNames,
): Promise<readonly Cause[]> {
  const events = await store.eventsOf(candidates.map(({event}) => event.id));
  const found = candidates.flatMap(({sessionKey, askedId}, at) => {
    const event = events[at];
    const facts = event === undefined ? [] : factsOn(event, wanted);
    return event === undefined || facts.length === 0 ? [] : [{event: withProjectName(event, names), sessionKey, facts, askedId}];
  });
  const asked = new Map((await store.eventsOf(found.flatMap(({askedId}) => askedId ?? []))).map((event) => [event?.id, event]));
  return found.map(({askedId, ...cause}) => ({...cause, asked: askedId && asked.get(askedId)}));
}
