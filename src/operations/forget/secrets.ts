import {changeRecord} from '../../domain/event/changed-record.js';
import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import {END_OF_TIME} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import {exactJson} from '../../domain/event/json/exact-json.js';
import type {Redactor} from '../../domain/event/redactor.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import type {Store} from '../../store/port/store.js';
import {readDrained} from '../access/drained-store.js';
import {holdInTurns} from '../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import type {NamedEvent} from './intent.js';

/** A secret that is stored, by the rule that knows it; nothing tells what it is. */
export interface FoundSecret {
  readonly rule: string;
  /** How many there are in all. */
  readonly count: number;
  readonly eventIds: readonly EventId[];
}

export interface SecretScan {
  readonly scanned: number;
  /** The most frequent first. */
  readonly secrets: readonly FoundSecret[];
  /** The events that hold one. */
  readonly events: readonly NamedEvent[];
  readonly bytes: number;
}

const MARK = /\[redacted:([^\]:]+):[0-9a-f]{6}\]/g;

/** Looks at all that is stored with the rules of now: some of it came in before they were. Bad lines are not counted. */
export async function scanSecrets(mem: Pick<Mem, 'store' | 'inbox' | 'clock' | 'ticks' | 'redactor'>): Promise<SecretScan> {
  await readDrained(mem, async () => undefined);
  return holdInTurns(mem, JOB_PATIENCE_MS, (current) => scanInTurns(current, mem.redactor));
}

async function* scanInTurns(current: () => Store, redactor: Redactor): AsyncGenerator<void, SecretScan> {
  const calendar = new Calendar(current().header.timeZone);
  const byRule = new Map<string, {count: number; ids: Set<EventId>}>();
  const events: NamedEvent[] = [];
  let [scanned, bytes] = [0, 0];
  for (let next: EpochMs | undefined = instant(0); next !== undefined; ) {
    const page: Awaited<ReturnType<Store['events']>> = await current().events(next, END_OF_TIME);
    for (const {head, record} of page.events) {
      scanned++;
      const event = decodeEvent(record);
      const clean = withoutSecrets(event, redactor);
      if (clean === undefined) continue;
      for (const [rule, count] of newMarks(event, {...event, ...clean})) {
        const known = byRule.get(rule) ?? {count: 0, ids: new Set()};
        byRule.set(rule, {count: known.count + count, ids: known.ids.add(event.id)});
      }
      bytes += record.length;
      events.push({id: event.id, date: calendar.dateOf(event.time), sessionKey: head.sessionKey, alias: '', words: []});
    }
    next = page.next;
    yield;
  }
  const secrets = [...byRule].map(([rule, {count, ids}]): FoundSecret => ({rule, count, eventIds: [...ids]}));
  return {scanned, secrets: secrets.sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1)), events, bytes};
}

/** What of an event changes when its secrets are replaced; undefined for nothing. */
export function withoutSecrets(event: AgentEvent, redactor: Redactor): Pick<AgentEvent, 'text' | 'metadata'> | undefined {
  const text = redactor.text(event.text);
  const metadata = redactor.metadata(event.metadata);
  return text === event.text && metadata === event.metadata ? undefined : {text, metadata};
}

/** A record whose secrets are replaced; the same record where it has none. */
export function recordWithoutSecrets(record: Buffer, redactor: Redactor): Buffer {
  return changeRecord(record, (event) => withoutSecrets(event, redactor));
}

function newMarks(before: AgentEvent, after: AgentEvent): ReadonlyMap<string, number> {
  const marks = marksIn(after);
  for (const [rule, count] of marksIn(before)) marks.set(rule, (marks.get(rule) ?? 0) - count);
  return new Map([...marks].filter(([, count]) => count > 0));
}

function marksIn({text, metadata}: AgentEvent): Map<string, number> {
  const marks = new Map<string, number>();
  for (const part of [text, exactJson(metadata)]) {
    for (const [, rule = ''] of part.matchAll(MARK)) marks.set(rule, (marks.get(rule) ?? 0) + 1);
  }
  return marks;
}
