import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import type {AgentEvent, EpochMs, EventId} from '../../../src/domain/event/event.js';
import type {NewEvent} from '../../../src/domain/event/event-record.js';
import {encodeEvent, readEventHead} from '../../../src/domain/event/event-record.js';
import {deriveIdBits, makeEventId, sessionKeyOf, sourceAliasOf} from '../../../src/domain/event/identity/event-id.js';
import type {PeriodNode, SegmentNode, TocNode} from '../../../src/domain/toc/node.js';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import type {Change, DrainFile, NewStoreHeader} from '../../../src/store/port/store.js';
import {ORDINARY} from '../../domain/event/ordinary.js';

export const at = (ms: number): EpochMs => ms as EpochMs;

/** A folder that goes when the test is over. */
export function temporaryHome(): {readonly path: string} & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mem-store-'));
  return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

export const A_HEADER: NewStoreHeader = {
  timeZone: 'Europe/Berlin',
  rulesVersion: 1,
  createdAt: at(1_700_000_000_000),
  alarm: '',
};

/** An event whose id is derived from its time, text and `seq`. */
export function anEvent(over: Partial<AgentEvent> = {}): AgentEvent {
  const event = {
    time: at(1_700_000_000_000),
    seq: 0,
    type: 'user_message',
    role: 'user',
    sessionId: 'session-1',
    agent: 'claude-code',
    project: '',
    source: 'hook',
    sourceEventId: '',
    text: 'hello',
    textBytes: 0,
    metadata: {},
    ...over,
  } as const;
  return {id: makeEventId(event.time, deriveIdBits(event)), ...event};
}

/** An event with a ULID of another time than its own, or of the same. */
export function aUlidEvent(id: string, over: Partial<AgentEvent> = {}): NewEvent {
  return {event: {...anEvent(over), id: id as EventId}, identity: 'ulid', sourceAlias: '', hasTime: true, ...ORDINARY};
}

/** An event with a source's id and no time: it has the time of its arrival. */
export function aSourceEvent(sourceEventId: string, over: Partial<AgentEvent> = {}): NewEvent {
  const event = anEvent({sourceEventId, ...over});
  const bits = deriveIdBits({...event, time: undefined});
  const alias = sourceAliasOf(event.agent, event.sessionId, sourceEventId, event.text);
  return {
    event: {...event, id: makeEventId(event.time, bits)},
    identity: 'source-without-time',
    sourceAlias: alias,
    hasTime: false,
    ...ORDINARY,
  };
}

export function derived(event: AgentEvent): NewEvent {
  return {event, identity: 'derived', sourceAlias: '', hasTime: true, ...ORDINARY};
}

export const stored = (from: AgentEvent | NewEvent): Change => ({
  kind: 'event',
  record: encodeEvent('event' in from ? from : derived(from)),
});
/** A file of the inbox that holds these events. */
export function inFile(events: readonly (AgentEvent | NewEvent)[], writtenAt = at(1)): DrainFile {
  return {
    records: events.map((event) => {
      const record = encodeEvent('event' in event ? event : derived(event));
      return {head: readEventHead(record), record};
    }),
    writtenAt,
  };
}

export function aNode(id: string, version: number, over: Partial<PeriodNode> | Partial<SegmentNode> = {}): TocNode {
  const isSegment = id.startsWith('toc:segment:');
  return {
    id: id as NodeId,
    version,
    status: 'current',
    title: `version ${version} of ${id}`,
    start: at(1000),
    end: at(2000),
    bullets: [{text: 'a bullet', eventIds: [anEvent().id]}],
    keywords: ['word'],
    facts: [{kind: 'task', text: 'a task', ref: '#1', state: 'done', eventIds: [anEvent().id], workstream: 'w1'}],
    workstreams: [{id: 'w1', project: 'p', branch: 'b', events: 3, commits: 1, days: 1}],
    childIds: [],
    createdAt: at(3000),
    rulesVersion: 2,
    summarizer: 'extractive/1',
    inputFingerprint: 'f'.repeat(64),
    contentDigest: 'd'.repeat(64),
    ...(isSegment
      ? {segment: {sessionKey: sessionKeyOf('a', 's'), sessionId: 's', eventCount: 1, tokenCount: 2, agents: ['a'], projects: []}}
      : {}),
    ...over,
  } as TocNode;
}

/** A script in TypeScript as a process of its own; its imports begin at the project's folder. It says `ready` on stdout when it wants to be waited for. */
export async function buildScript(folder: string, source: string): Promise<string> {
  const outfile = join(folder, 'script.cjs');
  const stdin = {contents: source, resolveDir: join(import.meta.dirname, '../../..'), loader: 'ts'} as const;
  await build({stdin, outfile, bundle: true, platform: 'node', format: 'cjs', external: ['classic-level'], logLevel: 'silent'});
  return outfile;
}

export function startScript(script: string, args: readonly string[]): ChildProcess {
  const env = {NODE_PATH: join(import.meta.dirname, '../../../node_modules')};
  return spawn(process.execPath, [script, ...args], {env, stdio: ['pipe', 'pipe', 'inherit']});
}

/** Resolves with the next line that the process prints. */
export async function nextLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no stdout');
  const [chunk] = await once(child.stdout, 'data');
  return String(chunk).trim();
}
