import type {AgentEvent, EpochMs} from '../../domain/event/event.js';
import type {NewEvent} from '../../domain/event/event-record.js';
import {supersededOf} from '../../domain/event/identity/superseded.js';
import {HOUR_MS} from '../../domain/time/durations.js';
import type {Bell} from '../../inbox/bells.js';
import type {HookPayload} from '../../sources/source.js';
import {readAround} from '../access/read-superseded.js';
import {BadLineRedactor} from '../ingest/bad-line-redactor.js';
import {JOB_PATIENCE_MS} from '../mem.js';
import {EventBorder} from './event-border.js';
import {REST_MS} from './file-state.js';
import {readFolderProjects} from './import-book.js';
import type {BellDeps} from './import-deps.js';
import {ImportInbox} from './import-inbox.js';
import {Projects} from './projects.js';

/** An agent's file says the words of a hook at almost the same time. Should it be later, the event is superseded then. */
const NEAR_MS = HOUR_MS;

/** A bell and what it says. */
export interface RungBell {
  readonly bell: Bell;
  readonly payload: HookPayload;
}

/** Reads the bells of some agents. What is no payload goes to `bad/`: no word is lost in silence. */
export function readBells(deps: BellDeps, agents: readonly string[]): readonly RungBell[] {
  const rung: RungBell[] = [];
  for (const bell of deps.bells.list(deps.clock()).filter(({agent}) => agents.includes(agent))) {
    const bytes = deps.bells.read(bell);
    if (bytes === undefined) continue;
    const payload = deps.readHookPayload(bytes);
    if (payload !== undefined) {
      rung.push({bell, payload});
      continue;
    }
    if (bytes.length > 0) keepBad(deps, bell, bytes);
    deps.bells.remove([bell]);
  }
  return rung;
}

function keepBad({inbox, redactor}: BellDeps, bell: Bell, bytes: Buffer): void {
  const raw = new BadLineRedactor(redactor).redact(bytes);
  const reason = `is no payload of a hook of ${bell.agent}`;
  const hint = 'nothing is to be done, unless it happens again: then see mem doctor';
  inbox.keepBad([{file: `raw/${bell.name}`, line: 1, code: 'HOOK_PAYLOAD', reason, hint, raw, bytes: bytes.length}]);
}

/** When the agents last said that they stopped, by the path of the transcript. */
export function stopsOf(rung: readonly RungBell[]): ReadonlyMap<string, EpochMs> {
  return new Map(rung.filter(({payload}) => payload.isStop).flatMap(({bell, payload}) => payload.paths.map((path) => [path, bell.rungAt])));
}

/**
 * To be called once the files that the bells name were read. A bell whose words stand in the store goes; one that still says more after
 * 10 min becomes an event first; a younger one stays. Two who convert one bell make one event.
 * @returns how many became events
 */
export async function settleBells(rung: readonly RungBell[], deps: BellDeps): Promise<number> {
  const now = deps.clock();
  const inbox = new ImportInbox(deps);
  const made = await makeEvents(rung, deps, now);
  const known = await shownOf(
    made.flatMap(({event}) => (event === undefined ? [] : [event.event])),
    deps,
  );
  const handled: Bell[] = [];
  let converted = 0;
  for (const {bell, event} of made) {
    const isShown = event === undefined || known.has(event.event.id);
    if (!isShown && now - bell.rungAt < REST_MS) continue;
    handled.push(bell);
    if (isShown) continue;
    await inbox.take(event);
    converted++;
  }
  await inbox.finish();
  deps.bells.remove(handled);
  return converted;
}

interface MadeEvent {
  readonly bell: Bell;
  /** Undefined where it says nothing, or nothing that is wanted. */
  readonly event: NewEvent | undefined;
}

async function makeEvents(rung: readonly RungBell[], deps: BellDeps, now: EpochMs): Promise<readonly MadeEvent[]> {
  const {store, folderFacts, projectNames, excluded, patienceMs = JOB_PATIENCE_MS} = deps;
  const before = store.exists() ? await store.use(patienceMs, readFolderProjects) : new Map<string, string>();
  const projects = new Projects(folderFacts, before, projectNames);
  return rung.map(({bell, payload: {event}}) => {
    const {agent, rungAt} = bell;
    const {project, isKeptOut} = projects.of(event?.cwd, excluded[agent] ?? []);
    if (event === undefined || isKeptOut) return {bell, event: undefined};
    return {bell, event: new EventBorder(agent, deps).take({...event, time: rungAt}, project, rungAt, now)};
  });
}

/** The events that the store shows in the agent's own words. */
async function shownOf(events: readonly AgentEvent[], {store, patienceMs = JOB_PATIENCE_MS}: BellDeps): Promise<ReadonlySet<string>> {
  if (events.length === 0 || !store.exists()) return new Set();
  return store.use(patienceMs, async (open) => {
    const reading = readAround(() => open, events, NEAR_MS);
    let turn = await reading.next();
    while (turn.done !== true) turn = await reading.next();
    return supersededOf(events, turn.value);
  });
}
