import {randomBytes} from 'node:crypto';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {compareEvents} from '../../../src/domain/event/event.js';
import {readEventHead} from '../../../src/domain/event/event-record.js';
import type {Tombstone} from '../../../src/domain/event/tombstone.js';
import {addSpending, NOTHING_SPENT, type Spending} from '../../../src/domain/rollup/budget.js';
import type {Retry} from '../../../src/domain/rollup/retry.js';
import {isSegmentNode, type NodePointer, type TocNode} from '../../../src/domain/toc/node.js';
import {lastIngestAfter} from '../../../src/store/port/last-ingest.js';
import {addToSessionDay} from '../../../src/store/port/sort-batch.js';
import type {
  Change,
  CommitOptions,
  CommitOutcome,
  Expectation,
  SessionDay,
  StoredEvent,
  StoreHeader,
} from '../../../src/store/port/store.js';

export const dayKey = ({date, sessionKey}: Pick<SessionDay, 'date' | 'sessionKey'>): string => `${date} ${sessionKey}`;

/** What a store in memory holds, for all that opened it. Each call finds it whole and leaves it whole: nothing in here waits. */
export class MemoryData {
  header: StoreHeader;
  counters = {events: 0, duplicates: 0, lastIngestAt: 0 as EpochMs};
  /** In the one order of events. */
  readonly events: StoredEvent[] = [];
  readonly sessionDays = new Map<string, SessionDay>();
  readonly sessionDayMarks = new Map<string, {readonly day: Pick<SessionDay, 'date' | 'sessionKey'>; readonly token: string}>();
  readonly nodeMarks = new Map<string, string>();
  readonly nodes = new Map<string, Map<number, TocNode>>();
  readonly pointers = new Map<string, NodePointer>();
  readonly ledger = new Map<string, Spending>();
  readonly retries = new Map<string, Retry>();
  readonly jobs = new Map<string, string>();
  readonly tombstones = new Map<string, Tombstone>();
  readonly importNotes = new Map<string, string>();
  readonly searchRows = new Map<string, Buffer>();
  readonly fences = new Map<string, number>();
  readonly leases = new Set<string>();
  /** What each commit touched; the place in it is the cursor. */
  readonly log: (readonly Change[])[] = [];

  constructor(header: StoreHeader) {
    this.header = header;
  }

  commit(changes: readonly Change[], at: EpochMs, {expect, fence}: Partial<CommitOptions> = {}): CommitOutcome {
    if (fence !== undefined && this.fences.get(fence.lease) !== fence.number) return {kind: 'fenced'};
    const stale = expect && this.#staleOf(expect);
    if (stale) return {kind: 'stale', stale};
    this.#checkVersions(changes);
    const token = randomBytes(9).toString('base64url');
    for (const change of changes) this.#apply(change, token, at);
    this.log.push(changes);
    return {kind: 'done'};
  }

  #staleOf({sessionDayMarks = [], nodeMarks = [], unchangedSince}: Expectation): Expectation | undefined {
    const days = sessionDayMarks.filter((mark) => this.sessionDayMarks.get(dayKey(mark))?.token !== mark.token);
    const nodes = nodeMarks.filter(({id, token}) => this.nodeMarks.get(id) !== token);
    const isChanged = unchangedSince !== undefined && unchangedSince !== `${this.log.length}`;
    if (days.length + nodes.length === 0 && !isChanged) return undefined;
    return {sessionDayMarks: days, nodeMarks: nodes, ...(isChanged && {unchangedSince})};
  }

  #checkVersions(changes: readonly Change[]): void {
    const latest = new Map<string, number>();
    for (const change of changes) {
      if (change.kind === 'node') {
        const {id, version} = change.node;
        const last = latest.get(id) ?? this.pointers.get(id)?.version ?? 0;
        if (version !== last + 1) throw new Error(`version ${version} of ${id} does not follow ${last}`);
        latest.set(id, version);
      } else if (change.kind === 'no-node') {
        latest.set(change.id, 0);
      } else if (change.kind === 'no-node-version' && change.version === (latest.get(change.id) ?? this.pointers.get(change.id)?.version)) {
        throw new Error(`version ${change.version} of ${change.id} is the latest and stays`);
      }
    }
  }

  #apply(change: Change, token: string, at: EpochMs): void {
    switch (change.kind) {
      case 'event': {
        const event = {head: readEventHead(change.record), record: Buffer.from(change.record)};
        const at = this.events.findIndex(({head}) => compareEvents(head, event.head) >= 0);
        const isThere = this.events[at]?.head.id === event.head.id;
        this.events.splice(at < 0 ? this.events.length : at, isThere ? 1 : 0, event);
        return;
      }
      case 'no-event': {
        const {id} = readEventHead(change.record);
        const at = this.events.findIndex(({head}) => head.id === id);
        if (at >= 0) this.events.splice(at, 1);
        return;
      }
      case 'tombstone':
        this.tombstones.set(change.tombstone.id, structuredClone(change.tombstone));
        return;
      case 'session-day-add': {
        const key = dayKey(change.sessionDay);
        this.sessionDays.set(key, addToSessionDay(this.sessionDays.get(key), {...change.sessionDay}));
        return;
      }
      case 'session-day-activity': {
        const known = this.sessionDays.get(dayKey(change));
        if (known) this.sessionDays.set(dayKey(change), {...known, activity: structuredClone(change.activity)});
        return;
      }
      case 'no-session-day':
        this.sessionDays.delete(dayKey(change));
        return;
      case 'mark-session-day':
        this.sessionDayMarks.set(dayKey(change), {day: {date: change.date, sessionKey: change.sessionKey}, token});
        return;
      case 'unmark-session-day':
        this.sessionDayMarks.delete(dayKey(change));
        return;
      case 'mark-node':
        this.nodeMarks.set(change.id, token);
        return;
      case 'unmark-node':
        this.nodeMarks.delete(change.id);
        return;
      case 'node': {
        const versions = this.nodes.get(change.node.id) ?? new Map<number, TocNode>();
        this.nodes.set(change.node.id, versions.set(change.node.version, structuredClone(change.node)));
        this.pointers.set(change.node.id, pointerTo(change.node));
        return;
      }
      case 'redo-node': {
        const pointer = this.pointers.get(change.pointer.id);
        if (pointer) this.pointers.set(pointer.id, {...pointer, inputFingerprint: ''});
        return;
      }
      case 'keep-node':
        this.pointers.set(change.node.id, pointerTo(change.node));
        return;
      case 'no-node-version':
        this.nodes.get(change.id)?.delete(change.version);
        return;
      case 'no-node':
        for (const all of [this.nodes, this.pointers, this.nodeMarks, this.retries]) all.delete(change.id);
        return;
      case 'time-zone':
        this.header = {...this.header, timeZone: change.timeZone, alarm: ''};
        return;
      case 'rules-version':
        this.header = {...this.header, rulesVersion: change.rulesVersion};
        return;
      case 'count': {
        const {events, duplicates, lastIngestAt} = this.counters;
        const later = lastIngestAfter(lastIngestAt, change, at);
        this.counters = {events: events + change.events, duplicates: duplicates + change.duplicates, lastIngestAt: later};
        return;
      }
      case 'spend':
        this.ledger.set(change.date, addSpending(this.ledger.get(change.date) ?? NOTHING_SPENT, change.added));
        return;
      case 'retry':
        this.retries.set(change.retry.id, {...change.retry});
        return;
      case 'no-retry':
        this.retries.delete(change.id);
        return;
      case 'search-row':
        if (change.row === undefined) this.searchRows.delete(change.key);
        else this.searchRows.set(change.key, Buffer.from(change.row));
        return;
      case 'import-note':
        this.importNotes.set(JSON.stringify([change.note.topic, change.note.name]), JSON.stringify(change.note));
        return;
      case 'job-state':
        this.jobs.set(change.job, JSON.stringify(change.state));
        return;
    }
  }
}

function pointerTo(node: TocNode): NodePointer {
  const {version, status, start, end, inputFingerprint, contentDigest} = node;
  const latest = {version, status, start, end, inputFingerprint, contentDigest};
  if (!isSegmentNode(node)) return {id: node.id, ...latest};
  const {id, segment, replacedBy} = node;
  return {id, ...latest, sessionKey: segment.sessionKey, ...(replacedBy && {replacedBy})};
}
