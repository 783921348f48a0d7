import {decodeEvent} from '../../../domain/event/event-record.js';
import {eventId} from '../../../domain/event/identity/event-id.js';
import {isTelling} from '../../../domain/event/identity/words-mark.js';
import type {EveryMark, Tombstone} from '../../../domain/event/tombstone.js';
import type {SameEvent} from '../../port/sort-batch.js';
import type {StoredEvent} from '../../port/store.js';
import {FORGOTTEN_WORDS, forgottenWordsOf, isTombstoneKey, TOMBSTONES} from '../keys.js';
import {parseTombstone} from '../records.js';
import type {Reader} from './reader.js';

/** Of what was not found, whether its words were forgotten. It costs one look where no words ever were. */
export async function findForgottenWords(
  reader: Reader,
  events: readonly StoredEvent[],
  found: readonly SameEvent[],
  mark: EveryMark | undefined,
): Promise<readonly SameEvent[]> {
  if (mark === undefined || (await reader.isEmpty(FORGOTTEN_WORDS))) return found;
  const forgotten = new Map<string, ReadonlySet<string>>();
  const all = [...found];
  for (const [at, {head, record}] of events.entries()) {
    if (found[at] !== undefined) continue;
    let words = forgotten.get(head.sessionKey);
    if (words === undefined) {
      words = new Set(await reader.list(forgottenWordsOf(head.sessionKey), (key) => key.slice(1)));
      forgotten.set(head.sessionKey, words);
    }
    if (words.size === 0) continue;
    const event = decodeEvent(record);
    if (isTelling(event.text) && mark(event).some((marked) => words.has(marked))) all[at] = 'forgotten';
  }
  return all;
}

export async function readTombstones(reader: Reader): Promise<readonly Tombstone[]> {
  const list = await reader.list(TOMBSTONES, (key, bytes) =>
    isTombstoneKey(key) ? {id: eventId(key.slice(1)), ...parseTombstone(key, bytes)} : undefined,
  );
  return list.filter((tombstone) => tombstone !== undefined);
}
