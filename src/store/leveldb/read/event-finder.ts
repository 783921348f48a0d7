import type {AgentEvent, EpochMs, EventId} from '../../../domain/event/event.js';
import {decodeEvent, type EventHead, readEventHead} from '../../../domain/event/event-record.js';
import {eventId, timeOfId} from '../../../domain/event/identity/event-id.js';
import type {SameEvent} from '../../port/sort-batch.js';
import type {StoredEvent} from '../../port/store.js';
import {aliasTombstoneKey, eventKey, sourceAliasKey, TOMBSTONES, timeOfEventKey, tombstoneKey, ulidAliasKey} from '../keys.js';
import {parseAlias} from '../records.js';
import type {Reader} from './reader.js';

/**
 * For each event the stored one with the same id. A derived or random id stands under its own time. A ULID that the source gave may
 * stand under the ULID's time or, by its alias, under any; a source id without a time is known by its alias alone.
 */
export async function findSame(reader: Reader, events: readonly EventHead[]): Promise<readonly SameEvent[]> {
  const found: SameEvent[] = new Array(events.length).fill(undefined);
  const keys: string[] = [];
  const positions: number[] = [];
  const aliasKeys: string[] = [];
  const aliasPositions: number[] = [];
  for (const [at, head] of events.entries()) {
    if (head.identity === 'source-without-time') {
      aliasKeys.push(sourceAliasKey(head.sourceAlias));
      aliasPositions.push(at);
      continue;
    }
    keys.push(eventKey(head.identity === 'ulid' ? timeOfId(head.id) : head.time, head.id));
    positions.push(at);
    if (head.identity !== 'ulid') continue;
    aliasKeys.push(ulidAliasKey(head.id));
    aliasPositions.push(at);
  }
  for (const [at, alias] of (await reader.lookUp(aliasKeys)).entries()) {
    if (alias === undefined) continue;
    keys.push(parseAlias(alias));
    positions.push(aliasPositions[at] ?? 0);
  }
  for (const [at, record] of (await reader.lookUp(keys)).entries()) {
    if (record !== undefined) found[positions[at] ?? 0] = {head: readEventHead(record), record};
  }
  if (await reader.isEmpty(TOMBSTONES)) return found;
  const named = events.flatMap(({id, sourceAlias}, at) => [
    {at, key: tombstoneKey(id)},
    ...(sourceAlias === '' ? [] : [{at, key: aliasTombstoneKey(sourceAlias)}]),
  ]);
  for (const [n, tombstone] of (await reader.lookUp(named.map(({key}) => key))).entries()) {
    if (tombstone !== undefined) found[named[n]?.at ?? 0] = 'forgotten';
  }
  return found;
}

/** Events by their ids, whatever their times. */
export async function findEvents(reader: Reader, ids: readonly EventId[]): Promise<readonly (AgentEvent | undefined)[]> {
  return (await findRecords(reader, ids)).map((found) => found && decodeEvent(found.record));
}

/** The same, as they lie in the store. */
export async function findRecords(reader: Reader, ids: readonly EventId[]): Promise<readonly (StoredEvent | undefined)[]> {
  const records = [...(await reader.getMany(ids.map((id) => eventKey(timeOfId(id), id))))];
  const missing = records.flatMap((record, at) => (record === undefined ? [at] : []));
  const aliases = await reader.getMany(missing.map((at) => ulidAliasKey(ids[at] ?? eventId(''))));
  const found = missing.flatMap((at, n) => (aliases[n] === undefined ? [] : [{at, key: parseAlias(aliases[n])}]));
  for (const [n, record] of (await reader.getMany(found.map(({key}) => key))).entries()) records[found[n]?.at ?? 0] = record;
  return records.map((record) => record && {head: readEventHead(record), record});
}

/** When events happened: as their ids say, but for ULIDs that came with another time. */
export async function findTimes(reader: Reader, ids: readonly EventId[]): Promise<readonly EpochMs[]> {
  const aliases = await reader.lookUp(ids.map(ulidAliasKey));
  return ids.map((id, at) => {
    const alias = aliases[at];
    return alias === undefined ? timeOfId(id) : timeOfEventKey(parseAlias(alias));
  });
}
