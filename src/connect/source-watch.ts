import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../domain/event/event.js';
import {DAY_MS} from '../domain/time/durations.js';
import {readFileIfThere, writeFileWithFolders} from '../system/replace-file.js';
import type {SourceReading} from './connector.js';
import {SHIM_NAME} from './shim-name.js';
import {WiringBook} from './wiring-book.js';

const LEAVING_MS = 14 * DAY_MS;

type Readings = Readonly<Record<string, SourceReading>>;

/** Remembers a reading, for commands that have no time to look at all files. @throws what node:fs throws */
export function noteReading(home: string, agent: string, reading: SourceReading): void {
  writeFileWithFolders(fileOf(home), `${JSON.stringify({...readingsOf(home), [agent]: reading})}\n`);
}

export interface WatchFacts {
  readonly home: string;
  readonly connected: readonly string[];
  /** When the oldest bell rang that nobody heard. */
  readonly oldestBellAt: EpochMs | undefined;
  readonly now: EpochMs;
}

/** What a person should know of the agents, by a few stats: their conversations do not come in any more. */
export function sourceAlarms(facts: WatchFacts): readonly string[] {
  const {home, connected, oldestBellAt, now} = facts;
  const readings = connected.length === 0 ? {} : readingsOf(home);
  const alarms = connected.flatMap((agent) => readingAlarms(agent, readings[agent], now));
  if (oldestBellAt !== undefined && now - oldestBellAt > DAY_MS) {
    alarms.push(
      `what hooks said has waited for more than a day; take it in with: ${connected.length === 0 ? 'mem connect' : 'mem import'}`,
    );
  }
  const hooked = new WiringBook(home).files().map(({agent}) => agent);
  if (hooked.length > 0 && !existsSync(join(home, SHIM_NAME))) {
    alarms.push(`the hooks of ${hooked.join(', ')} run a file that is gone; write it with: mem connect ${hooked.join(' ')}`);
  }
  return alarms;
}

function readingAlarms(agent: string, reading: SourceReading | undefined, now: EpochMs): string[] {
  if (reading === undefined) return [`${agent} is connected, but nothing of it was read; read it with: mem import ${agent}`];
  const {readAt, paths, keepsDays} = reading;
  if (now - readAt <= DAY_MS || !paths.some((path) => changedSince(path, readAt))) return [];
  const leavesAt = keepsDays === undefined ? undefined : readAt + keepsDays * DAY_MS;
  const going = leavesAt !== undefined && leavesAt - now < LEAVING_MS ? `, and the agent deletes it from ${dayOf(leavesAt)} on` : '';
  return [`what ${agent} wrote since ${dayOf(readAt)} was not read${going}; read it with: mem import`];
}

/** A path that is gone says nothing. */
function changedSince(path: string, at: EpochMs): boolean {
  try {
    return (statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0) > at;
  } catch {
    return false;
  }
}

/** In UTC: a day more or less does not matter here. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Empty where nothing was noted, or not by us. */
function readingsOf(home: string): Readings {
  try {
    const readings: Readings = JSON.parse(readFileIfThere(fileOf(home)) ?? '{}');
    return Object.fromEntries(Object.entries(readings).filter(([, reading]) => Array.isArray(reading.paths)));
  } catch {
    return {};
  }
}

function fileOf(home: string): string {
  return join(home, 'read-sources.json');
}
