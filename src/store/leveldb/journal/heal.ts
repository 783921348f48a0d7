import {arrivalOf} from '../../../domain/event/arrival.js';
import type {EpochMs} from '../../../domain/event/event.js';
import {readEventHead} from '../../../domain/event/event-record.js';
import {timeOfUlid} from '../../../domain/event/identity/crockford.js';
import {recordOfLine} from '../../../domain/event/line/event-line.js';
import {type EveryMark, tombstoneOfLine} from '../../../domain/event/tombstone.js';
import type {JournalKind} from '../../../domain/journal/journal-end.js';
import {instant} from '../../../domain/time/instant.js';
import {dependentsOf} from '../../../domain/time/period.js';
import type {NodeId} from '../../../domain/toc/node-id.js';
import type {StoredEvent, StoreHeader} from '../../port/store.js';
import type {OwnChange} from '../commit/changes.js';
import {type Prepared, prepareDrain} from '../commit/prepared-writes.js';
import {pointerKey} from '../keys.js';
import {parsePointer} from '../node-records.js';
import type {Reader} from '../read/reader.js';
import {nodeOfLine} from './journal-lines.js';
import type {Rest} from './journal-session.js';
import {type StoredJournal, withEnd} from './stored-journal.js';

/** So many bytes of lines are taken over with one commit. */
const BATCH_BYTES = 2 * 1024 * 1024;

/** A part of the journal that the store does not have, and the state once it has. */
export interface Healing {
  readonly kind: JournalKind;
  readonly lines: readonly string[];
  readonly state: StoredJournal;
}

/** Parts what lies behind the known ends into commits. */
export function* healings(rest: readonly Rest[], known: StoredJournal): Generator<Healing> {
  let state = known;
  for (const {kind, members} of rest) {
    let lines: string[] = [];
    let bytes = 0;
    for (const member of members) {
      lines.push(...splitLines(member.lines));
      bytes += member.lines.length;
      state = withEnd(state, kind, member.end);
      if (bytes < BATCH_BYTES) continue;
      yield {kind, lines, state};
      [lines, bytes] = [[], 0];
    }
    yield {kind, lines, state};
  }
}

const splitLines = (lines: Buffer): readonly string[] => (lines.length === 0 ? [] : lines.toString('utf8').trimEnd().split('\n'));

/**
 * What a part of the journal changes in the store: a crash came between the journal and the commit, or the store lost commits. A line that
 * this mem cannot read is left to `check`.
 */
export async function prepareHealing(
  reader: Reader,
  header: StoreHeader,
  healing: Healing,
  context: HealingContext,
): Promise<Prepared<void>> {
  return {changes: await changesOf(reader, header, healing, context), result: undefined, journal: healing.state};
}

/** The same for lines that stand anywhere in the journal. */
export async function prepareLines(
  reader: Reader,
  header: StoreHeader,
  lines: JournalPartLines,
  context: HealingContext,
): Promise<Prepared<void>> {
  return {changes: await changesOf(reader, header, lines, context), result: undefined};
}

type JournalPartLines = Pick<Healing, 'kind' | 'lines'>;

interface HealingContext {
  readonly at: EpochMs;
  readonly markWords: EveryMark | undefined;
}

async function changesOf(
  reader: Reader,
  header: StoreHeader,
  healing: JournalPartLines,
  context: HealingContext,
): Promise<readonly OwnChange[]> {
  switch (healing.kind) {
    case 'forgotten':
      return healing.lines.flatMap((line) => tombstoneOfLine(line) ?? []).map((tombstone) => ({kind: 'tombstone', tombstone}));
    case 'event':
      return eventsOf(reader, header, healing.lines, context);
    case 'node':
      return nodesOf(reader, healing.lines);
  }
}

async function eventsOf(
  reader: Reader,
  header: StoreHeader,
  lines: readonly string[],
  {at, markWords}: HealingContext,
): Promise<readonly OwnChange[]> {
  const records = lines.flatMap((line) => storedEvent(line) ?? []);
  const arrivals = records.flatMap(({record}) => arrivalOf(record) ?? []).map(({file}) => timeOfUlid(file));
  const writtenAt = instant(Math.max(0, ...arrivals));
  const {changes} = await prepareDrain(reader, header, [{records, writtenAt}], at, markWords);
  // What the store has already was not delivered a second time.
  return changes.map((change) => (change.kind === 'count' ? {...change, duplicates: 0} : change));
}

function storedEvent(line: string): StoredEvent | undefined {
  try {
    const record = recordOfLine(line);
    return {head: readEventHead(record), record};
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Versions that follow the latest: a model may have been paid for them. What they are inputs of is looked at again. */
async function nodesOf(reader: Reader, lines: readonly string[]): Promise<readonly OwnChange[]> {
  const nodes = lines.flatMap((line) => nodeOfLine(line) ?? []);
  const keys = [...new Set(nodes.map(({id}) => pointerKey(id)))];
  const found = await reader.getMany(keys);
  const latest = new Map<NodeId, number>();
  for (const [at, key] of keys.entries()) {
    const bytes = found[at];
    if (bytes === undefined) continue;
    const {id, version} = parsePointer(key, bytes);
    latest.set(id, version);
  }
  const changes: OwnChange[] = [];
  for (const node of nodes) {
    if (node.version !== (latest.get(node.id) ?? 0) + 1) continue;
    latest.set(node.id, node.version);
    changes.push({kind: 'node', node});
    for (const id of dependentsOf(node.id)) changes.push({kind: 'mark-node', id});
  }
  return changes;
}
