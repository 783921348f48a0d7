import {arrivalOf} from '../../domain/event/arrival.js';
import {provenanceOf} from '../../domain/event/record-body.js';
import type {Store, StoredEvent} from '../../store/port/store.js';
import type {Mem} from '../mem.js';
import {isAlike, type Replacement, replaceCopies} from './replace-copies.js';

/** Of two copies of an event the one that arrived first stays, on every machine. @returns ids that the store does not have */
export async function settleCopies(
  store: Store,
  records: readonly StoredEvent[],
  {clock, isKept}: Pick<Mem, 'clock'> & {isKept: boolean},
): Promise<readonly string[]> {
  const found = await store.recordsOf(records.map(({head}) => head.id));
  const alike: Replacement[] = [];
  const others: Replacement[] = [];
  const kept = new Map<string, StoredEvent>();
  const missing: string[] = [];
  for (const [at, came] of records.entries()) {
    const known = kept.get(came.head.id) ?? found[at];
    if (known === undefined) missing.push(came.head.id);
    else if (isEarlier(came, known)) {
      kept.set(came.head.id, came);
      (isAlike(came, known) ? alike : others).push({came, known});
    }
  }
  // What says something else changes days, which are read again: one after the other.
  for (const some of [alike, ...others.map((each) => [each])]) {
    if (some.length === 0) continue;
    await store.commit(await replaceCopies(store, some), clock(), {sync: false, isJournalled: isKept});
  }
  return missing;
}

function isEarlier(came: StoredEvent, known: StoredEvent): boolean {
  const [a, b] = [arrivalOf(came.record), arrivalOf(known.record)];
  if (a === undefined || b === undefined || came.head.time !== known.head.time) return false;
  if (a.file > b.file || (a.file === b.file && a.place >= b.place)) return false;
  // What was emptied or redacted in one copy alone is a decision of that machine.
  if (isAlike(came, known)) return true;
  return !provenanceOf(came.record).isAltered && !provenanceOf(known.record).isAltered;
}
