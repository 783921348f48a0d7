import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {EpochMs} from '../domain/event/event.js';
import {DAY_MS, MINUTE_MS} from '../domain/time/durations.js';
import {instant} from '../domain/time/instant.js';
import {ioError} from '../errors.js';
import {readFileIfThere, writeFileWithFolders} from '../system/files/replace-file.js';
import type {SeenStamp, SourceNews, SourceReading} from './connector.js';
import {SHIM_NAME, STARTER_NAME} from './script-names.js';
import {partsOf, type WiredPart, WiringBook} from './wiring-book.js';

const LEAVING_MS = 14 * DAY_MS;
/** An agent that wrote nothing for this long has written all it had to write: what an import held back is finished. */
const REST_MS = 10 * MINUTE_MS;
/** The clock of a file system ticks more slowly than ours, and an import looks for files a moment before it says when. */
const LATE_MS = 1000;

type Readings = Readonly<Record<string, SourceReading>>;

/** Remembers a reading, for commands that have no time to look at all files. @throws MemError NOT_WRITTEN, IO_ERROR */
export function noteReading(home: string, agent: string, reading: SourceReading): void {
  // A stamp that is not the file's own, or not any more, would say for ever that the file is new. Its time then says it once.
  const stamps = Object.fromEntries(Object.entries(reading.stamps ?? {}).filter(([path, stamp]) => isSame(stampAt(path), stamp)));
  try {
    writeFileWithFolders(fileOf(home), `${JSON.stringify({...readingsOf(home), [agent]: {...reading, stamps}})}\n`);
  } catch (error) {
    throw ioError(error, fileOf(home));
  }
}

export interface NewsFacts {
  readonly home: string;
  readonly connected: readonly string[];
  /** By agent, when the bells rang that nobody handled. */
  readonly bells: () => ReadonlyMap<string, {readonly oldestAt: EpochMs; readonly newestAt: EpochMs}>;
  readonly now: EpochMs;
}

/**
 * Which agents wrote since they were read, by a stat of each of their newest files and of the folders around them. One that was never read
 * is not among them: to read years of history is nothing for a command that only shows something.
 */
export function sourceNews({home, connected, bells, now}: NewsFacts): readonly SourceNews[] {
  if (connected.length === 0) return [];
  const readings = readingsOf(home);
  const rung = bells();
  return connected.flatMap((agent) => {
    const before = readings[agent];
    if (before === undefined) return [];
    const {readAt, paths, stamps = {}} = before;
    const changed = Object.entries(stamps).flatMap(([path, stamp]) => changedFile(path, stamp, readAt, now) ?? []);
    const hasNewFiles = paths.some((path) => stamps[path] === undefined && changedSince(path, instant(readAt - LATE_MS)));
    const bell = rung.get(agent);
    const hasBell = bell !== undefined && (bell.newestAt >= readAt - LATE_MS || bell.oldestAt <= now - REST_MS);
    return changed.length > 0 || hasNewFiles || hasBell ? [{agent, before, changed, hasNewFiles}] : [];
  });
}

/** Undefined for a file that says nothing new, also where it is gone. */
function changedFile(path: string, before: SeenStamp, readAt: EpochMs, now: EpochMs) {
  const stamp = stampAt(path);
  if (stamp === undefined) return undefined;
  const restsSince = before.mtimeMs + REST_MS;
  return isSame(stamp, before) && !(readAt < restsSince && restsSince <= now) ? undefined : {path, stamp};
}

function isSame(a: SeenStamp | undefined, b: SeenStamp): boolean {
  return a !== undefined && a.size === b.size && a.mtimeMs === b.mtimeMs && a.inode === b.inode && a.device === b.device;
}

function stampAt(path: string): SeenStamp | undefined {
  try {
    const facts = statSync(path, {throwIfNoEntry: false});
    return facts && {device: facts.dev, inode: facts.ino, size: facts.size, mtimeMs: facts.mtimeMs};
  } catch {
    return undefined;
  }
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
  return [...alarms, ...scriptAlarms(home)];
}

/** What agents run of mem and is gone. */
function scriptAlarms(home: string): readonly string[] {
  const files = new WiringBook(home).files();
  const agentsWith = (isPart: (part: WiredPart) => boolean) => [
    ...new Set(files.filter((file) => partsOf(file).some(isPart)).map(({agent}) => agent)),
  ];
  const hooked = agentsWith((part) => part === 'hooks');
  const extended = agentsWith((part) => part !== 'hooks');
  const isGone = (agents: readonly string[], script: string) => agents.length > 0 && !existsSync(join(home, script));
  const cure = (agents: readonly string[]) => `write it with: mem connect ${agents.join(' ')}`;
  return [
    ...(isGone(hooked, SHIM_NAME) ? [`the hooks of ${hooked.join(', ')} run a file that is gone; ${cure(hooked)}`] : []),
    ...(isGone(extended, STARTER_NAME)
      ? [`what ${extended.join(', ')} ${extended.length === 1 ? 'asks' : 'ask'} mem goes through a file that is gone; ${cure(extended)}`]
      : []),
  ];
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
