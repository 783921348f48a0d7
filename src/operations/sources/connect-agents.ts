import type {Connector, ExtraName, WantedExtras, WiringPlan, WiringReport} from '../../connect/connector.js';
import {AGENT_NAMES} from '../../domain/event/agents.js';
import type {EpochMs} from '../../domain/event/event.js';
import {DAY_MS} from '../../domain/time/durations.js';
import {instant} from '../../domain/time/instant.js';
import {MemError} from '../../errors.js';
import {closestWord} from '../../language/closest-word.js';
import type {SettingsFile} from '../../settings/settings-file.js';
import type {Source, SourcePlaces} from '../../sources/source.js';

const LEAVING_MS = 14 * DAY_MS;
const CONNECTED = 'sources.connected';

/** What is known of an agent from the names, sizes and times of its files. */
export interface FoundAgent {
  readonly agent: string;
  readonly isConnected: boolean;
  /** What mem gives it because its user asked for it. */
  readonly extras: readonly ExtraName[];
  readonly files: number;
  readonly bytes: number;
  /** When files were changed last; undefined where there are none. */
  readonly oldestAt: EpochMs | undefined;
  readonly newestAt: EpochMs | undefined;
  /** Files that the agent deletes within 14 days, and when the first of them goes. */
  readonly leaving: number;
  readonly firstLeavesAt: EpochMs | undefined;
}

export interface ConnectDeps {
  readonly sources: readonly Source[];
  readonly places: SourcePlaces;
  readonly connector: Connector;
  readonly settingsFile: SettingsFile;
}

/** Every agent that mem can read, and what it has on this machine. No file is opened. */
export async function findAgents(
  {sources, places, connector}: ConnectDeps,
  connected: readonly string[],
  now: EpochMs,
): Promise<readonly FoundAgent[]> {
  const found: FoundAgent[] = [];
  const extras = connector.extras();
  for (const source of sources) {
    const files = await source.find(places);
    const times = files.map(({stamp}) => instant(Math.floor(stamp.mtimeMs))).sort((a, b) => a - b);
    const days = source.keepsDays?.(places);
    const leaves = days === undefined ? [] : times.map((time) => Math.max(now, time + days * DAY_MS)).filter((at) => at < now + LEAVING_MS);
    found.push({
      agent: source.agent,
      isConnected: connected.includes(source.agent),
      extras: extras.get(source.agent) ?? [],
      files: files.length,
      bytes: files.reduce((sum, {stamp}) => sum + stamp.size, 0),
      oldestAt: times[0],
      newestAt: times.at(-1),
      leaving: leaves.length,
      firstLeavesAt: leaves[0] === undefined ? undefined : instant(leaves[0]),
    });
  }
  return found;
}

/** @throws MemError USAGE for a name that is no agent's */
export function requireAgents(names: readonly string[]): void {
  for (const name of names) {
    if (AGENT_NAMES.some((known) => known === name)) continue;
    const meant = closestWord(name, AGENT_NAMES);
    throw new MemError('USAGE', `"${name}" is not an agent that mem knows`, {
      hint: meant === undefined ? `the agents are ${AGENT_NAMES.join(', ')}` : `did you mean ${meant}?`,
    });
  }
}

const EXTRAS = ['mcp', 'recall'] as const;

/** @throws MemError USAGE for an agent that cannot have what is wanted */
export function requireExtras({connector}: ConnectDeps, names: readonly string[], wanted: WantedExtras): void {
  for (const extra of EXTRAS) {
    if (wanted[extra] !== true) continue;
    const able = AGENT_NAMES.filter((name) => connector.refusal(name, extra) === undefined);
    for (const name of names) {
      const refusal = connector.refusal(name, extra);
      if (refusal === undefined) continue;
      throw new MemError('USAGE', refusal, {hint: `connect it without --${extra}; with it: ${able.join(', ')}`});
    }
  }
}

/** Leaves out what an agent cannot have, and says so. */
function inReach<T extends WiringPlan>(connector: Connector, agent: string, wanted: WantedExtras, wire: (wanted: WantedExtras) => T): T {
  const refusals = EXTRAS.flatMap((extra) => (wanted[extra] === true ? (connector.refusal(agent, extra) ?? []) : []));
  const possible = Object.fromEntries(
    EXTRAS.flatMap((extra) => (connector.refusal(agent, extra) === undefined ? [[extra, wanted[extra]]] : [])),
  );
  const plan = wire(possible);
  return {...plan, notes: [...plan.notes, ...refusals]};
}

/** What `connectAgents` would change. @throws MemError as it does */
export function planConnection({connector}: ConnectDeps, names: readonly string[], wanted: WantedExtras): readonly WiringPlan[] {
  return names.map((name) => inReach(connector, name, wanted, (possible) => connector.plan(name, possible)));
}

/**
 * Has the conversations of agents read from now on, and their hooks ring; with the extras that are wanted. An agent that is refused does not keep the others out.
 * @throws MemError CONFIG_INVALID, NOT_WRITTEN for the settings of mem
 */
export function connectAgents(deps: ConnectDeps, names: readonly string[], wanted: WantedExtras) {
  const reports: WiringReport[] = [];
  const problems: MemError[] = [];
  for (const name of names) {
    try {
      reports.push(inReach(deps.connector, name, wanted, (possible) => deps.connector.connect(name, possible)));
    } catch (error) {
      if (!(error instanceof MemError)) throw error;
      problems.push(error);
    }
  }
  const connected = connectedIn(deps.settingsFile);
  const added = reports.map(({agent}) => agent).filter((agent) => !connected.includes(agent));
  if (added.length > 0) deps.settingsFile.write({[CONNECTED]: [...connected, ...added]});
  return {reports, problems};
}

/** @throws MemError as `Connector.disconnect`, and for the settings of mem */
export function disconnectAgents(
  {connector, settingsFile}: ConnectDeps,
  names: readonly string[],
  isDryRun: boolean,
): readonly WiringPlan[] {
  if (isDryRun) return names.map((name) => connector.planRemoval(name));
  // First: from now on nothing is read, even if the rest fails.
  const connected = connectedIn(settingsFile);
  if (names.some((name) => connected.includes(name))) settingsFile.write({[CONNECTED]: connected.filter((name) => !names.includes(name))});
  return names.map((name) => connector.disconnect(name));
}

/** The agents that their user connected. */
export function connectedIn(file: SettingsFile): readonly string[] {
  const names: unknown = JSON.parse(file.find(CONNECTED) || '[]');
  return Array.isArray(names) ? names.map(String) : [];
}
