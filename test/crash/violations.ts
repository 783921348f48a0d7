import {existsSync} from 'node:fs';
import type {AgentEvent, EpochMs} from '../../src/domain/event/event.js';
import {decodeEvent} from '../../src/domain/event/event-record.js';
import {recordOfLine} from '../../src/domain/event/line/event-line.js';
import {isSegmentNode, type TocNode} from '../../src/domain/toc/node.js';
import {TOC_LEVELS} from '../../src/domain/toc/node-id.js';
import {openInbox} from '../../src/inbox/folder-inbox.js';
import {openJournal} from '../../src/journal/folder-journal.js';
import type {Journal} from '../../src/journal/journal.js';
import {openStoreGate} from '../../src/store/leveldb/gate.js';
import type {Store} from '../../src/store/port/store.js';
import {PATIENCE_MS} from '../patience.js';

/** What was sent to a home, by the text of the events, each of which is another. */
export interface Sent {
  readonly acknowledged: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

const ALL_TIME = 8e15 as EpochMs;

/**
 * What is wrong with a home in which nothing runs. It opens the store, which LevelDB then mends: of a home that a killed process left
 * give it a copy.
 * @param isDrained whether every event must have reached the store, and the inbox be empty
 */
export async function violationsIn(home: string, sent: Sent, {isDrained}: {isDrained: boolean}): Promise<string[]> {
  const found: string[] = [];
  const waiting = waitingTexts(home, found);
  const stored: string[] = [];
  const journal = openJournal(home);
  const gate = openStoreGate(home, {journal});
  if (gate.exists()) {
    try {
      await gate.use(PATIENCE_MS, async (store) => {
        const events = await allEvents(store);
        stored.push(...events.map(({text}) => text));
        await checkCounts(store, events, found);
        await checkNodes(store, events, found);
        checkJournal(journal, events, found);
      });
      if (gate.maintenance?.journal?.facts?.shortSince !== undefined) found.push('journal: it lost what it held');
    } catch (error) {
      found.push(`the store cannot be read: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (isDrained && waiting.length > 0) found.push(`${waiting.length} events are left in the inbox`);
  const known = new Set([...stored, ...waiting]);
  for (const text of sent.acknowledged) if (!known.has(text)) found.push(`lost: ${text}`);
  for (const text of known) if (!sent.all.has(text)) found.push(`never sent: ${text}`);
  for (const text of doubles(stored)) found.push(`doubled: ${text}`);
  return found;
}

function waitingTexts(home: string, found: string[]): string[] {
  if (!existsSync(home)) return [];
  const inbox = openInbox({home, tz: 'UTC'});
  const {badLines} = inbox.facts();
  if (badLines > 0) found.push(`${badLines} lines in bad/`);
  return inbox.list().flatMap(({name}) => {
    const content = inbox.read(name);
    if (content.kind === 'read' && content.damaged.length === 0) return content.records.map((record) => decodeEvent(record).text);
    found.push(`half written: ${name}`);
    return [];
  });
}

async function allEvents(store: Store): Promise<AgentEvent[]> {
  const events: AgentEvent[] = [];
  for (let from: EpochMs | undefined = 0 as EpochMs; from !== undefined; ) {
    const page = await store.events(from, ALL_TIME);
    for (const {record} of page.events) events.push(decodeEvent(record));
    from = page.next;
  }
  return events;
}

/** What is stored stands in the journal too, once. */
function checkJournal(journal: Journal, events: readonly AgentEvent[], found: string[]): void {
  const journalled: string[] = [];
  for (const file of journal.list().files.filter(({kind}) => kind === 'event')) {
    for (const part of journal.read(file)) {
      if (part.kind === 'damage' || part.follows !== 'yes') found.push(`journal: ${file.name} is not whole at byte ${part.at}`);
      // A file whose lines were all taken away has one member without any.
      else if (part.lines.length > 0) {
        for (const line of part.lines.toString().trimEnd().split('\n')) journalled.push(decodeEvent(recordOfLine(line)).id);
      }
    }
  }
  const known = new Set(journalled);
  for (const {id, text} of events) if (!known.has(id)) found.push(`not in the journal: ${text}`);
  for (const id of doubles(journalled)) found.push(`twice in the journal: ${id}`);
}

/** What was counted at each commit is what is there: an event that was stored twice under one key shows here. */
async function checkCounts(store: Store, events: readonly AgentEvent[], found: string[]): Promise<void> {
  if (store.history === undefined) throw new Error('a store that lies in files knows its commits');
  const {first, last, count} = await store.history.records();
  const {lastCommit} = store.history;
  const counters = await store.counters();
  if (count > 0 && last - first + 1 !== count) found.push(`hole: ${count} commit records from ${first} to ${last}`);
  if (lastCommit !== last) found.push(`hole: the last commit is ${lastCommit}, its record ${last}`);
  if (counters.events !== events.length) found.push(`doubled: counted ${counters.events} events, ${events.length} are there`);
  const days = await store.sessionDays({});
  const inDays = days.reduce((sum, day) => sum + day.count, 0);
  if (inDays !== events.length) found.push(`doubled: ${inDays} events counted in session-days, ${events.length} are there`);
}

async function checkNodes(store: Store, events: readonly AgentEvent[], found: string[]): Promise<void> {
  const eventIds = new Set<string>(events.map(({id}) => id));
  const nodes = await latestNodes(store);
  const nodeIds = new Set<string>(nodes.map(({id}) => id));
  for (const node of nodes) {
    const {id, childIds, bullets} = node;
    const children = isSegmentNode(node) ? eventIds : nodeIds;
    for (const child of childIds) if (!children.has(child)) found.push(`half written: ${id} is without its ${child}`);
    for (const {eventIds: cited} of bullets) {
      if (cited.length === 0) found.push(`half written: a bullet of ${id} cites nothing`);
      for (const event of cited) if (!eventIds.has(event)) found.push(`half written: ${id} cites ${event}, which is not there`);
    }
  }
}

/** The latest version of every node, retracted ones too. */
async function latestNodes(store: Store): Promise<TocNode[]> {
  const pointers = (await Promise.all(TOC_LEVELS.map((tocLevel) => store.pointers(tocLevel, {})))).flat();
  const nodes = await store.nodes(pointers.map(({id}) => id));
  return nodes.filter((node) => node !== undefined);
}

function doubles(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, at) => texts.indexOf(text) !== at))];
}

/** The nodes that are not retracted, without what tells in which order they were made, as one text. */
export async function nodesIn(home: string): Promise<string> {
  return openStoreGate(home).use(PATIENCE_MS, async (store) => {
    const nodes = (await latestNodes(store)).filter(({status}) => status === 'current');
    return JSON.stringify(
      nodes.map(({version: _, createdAt: __, ...same}) => ({...same, replaces: undefined})),
      null,
      1,
    );
  });
}
