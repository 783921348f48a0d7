import type {AgentEvent, EpochMs} from '../../domain/event/event.js';
import {resumeCommand} from '../../domain/event/resume-command.js';
import {instant} from '../../domain/time/instant.js';
import {MemError} from '../../errors.js';
import type {SessionDay, Store} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {findSession} from '../access/find-session.js';
import type {Mem} from '../mem.js';
import {search} from './search.js';

/** So many of the newest session-days are looked through for one of a project. */
const MOST_DAYS = 1_000;
/** So many sessions that fit a query are looked through for one whose agent can resume it. */
const MOST_HITS = 20;

/** A session as its agent knows it. */
export interface ResumableSession {
  readonly agent: string;
  readonly sessionId: string;
  readonly project: string;
  /** The folder in which it began; undefined where its source does not say. */
  readonly cwd: string | undefined;
  readonly last: EpochMs;
  readonly timeZone: string;
}

/**
 * The session that is meant by an id, a beginning of an id, or a query; without words the last one of a project.
 * @throws MemError NO_INPUT where no session fits; USAGE for a beginning that several sessions have
 */
export async function findResumable(mem: Mem, words: string, project: string | undefined): Promise<ResumableSession> {
  const days = await readDrained(mem, (store) => daysOf(mem, store, words, project));
  const found = days.length > 0 || words === '' ? days : await daysByQuery(mem, words);
  const [last] = found.filter(({agent, sessionId}) => resumeCommand(agent, sessionId) !== undefined);
  if (last !== undefined) return readDrained(mem, (store) => readSession(mem, store, last));
  const [other] = found;
  if (other !== undefined)
    throw new MemError(
      'NO_INPUT',
      `no command is known that resumes a session of ${other.agent || 'an unnamed agent'}: ${other.sessionId}`,
      {
        hint: `read it with: mem events --session ${other.sessionId}`,
      },
    );
  throw new MemError(
    'NO_INPUT',
    words === '' ? `no session of ${project ?? 'this folder'} can be resumed` : `no session fits ${JSON.stringify(words)}`,
    {
      hint: 'find one with: mem search --by session WORDS',
    },
  );
}

/** The newest first. */
async function daysOf(mem: Mem, store: Store, words: string, project: string | undefined): Promise<readonly SessionDay[]> {
  const all = await store.sessionDays({});
  if (words !== '') {
    const {keys} = /\s/.test(words) ? {keys: new Set<string>()} : await findSession(store, words);
    return newestFirst(all.filter(({sessionKey}) => keys.has(sessionKey)));
  }
  for (const day of newestFirst(all).slice(0, MOST_DAYS)) {
    if (resumeCommand(day.agent, day.sessionId) === undefined) continue;
    const projects = day.activity?.projects.map(([name]) => name) ?? [(await firstEvent(store, day))?.project ?? ''];
    if (project === undefined || projects.some((name) => mem.projectNames(name) === project)) return [day];
  }
  return [];
}

async function daysByQuery(mem: Mem, query: string): Promise<readonly SessionDay[]> {
  const {hits} = await search(mem, {query, by: 'session', limit: MOST_HITS});
  return readDrained(mem, async (store) => {
    const all = newestFirst(await store.sessionDays({}));
    return hits.flatMap(({event}) => all.find(({agent, sessionId}) => agent === event.agent && sessionId === event.sessionId) ?? []);
  });
}

function newestFirst(days: readonly SessionDay[]): readonly SessionDay[] {
  return [...days].sort((a, b) => b.last - a.last);
}

async function firstEvent(store: Pick<Store, 'events' | 'eventsOf'>, {first, sessionKey}: SessionDay): Promise<AgentEvent | undefined> {
  const {events} = await store.events(first, instant(first + 1));
  const ids = events.filter(({head}) => head.sessionKey === sessionKey).map(({head}) => head.id);
  // Not each event tells the folder.
  const read = (await store.eventsOf(ids)).filter((event) => event !== undefined);
  return read.find(({metadata}) => typeof metadata['cwd'] === 'string') ?? read[0];
}

async function readSession(mem: Mem, store: Store, {sessionKey, agent, sessionId, last}: SessionDay): Promise<ResumableSession> {
  const days = (await store.sessionDays({})).filter((day) => day.sessionKey === sessionKey);
  let project = '';
  let cwd: string | undefined;
  // An agent finds its session in the folder in which it began, wherever the work went later.
  for (const day of days) {
    const event = await firstEvent(store, day);
    const folder = event?.metadata['cwd'];
    if (project === '') project = event?.project ?? '';
    if (typeof folder !== 'string') continue;
    cwd = folder;
    break;
  }
  return {agent, sessionId, project: mem.projectNames(project), cwd, last, timeZone: store.header.timeZone};
}
