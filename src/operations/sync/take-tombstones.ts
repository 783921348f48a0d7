import {END_OF_TIME, type EpochMs, type SessionKey} from '../../domain/event/event.js';
import {decodeEvent} from '../../domain/event/event-record.js';
import type {WordsMark} from '../../domain/event/identity/words-mark.js';
import {type Tombstone, tombstoneOfLine} from '../../domain/event/tombstone.js';
import {instant} from '../../domain/time/instant.js';
import {Calendar} from '../../domain/time/period.js';
import type {JournalFile} from '../../journal/journal.js';
import type {Change, Store} from '../../store/port/store.js';
import {holdInTurns} from '../access/hold.js';
import {linesOf} from '../care/journal-lines.js';
import type {NamedEvent} from '../forget/intent.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';

const TOMBSTONES_PER_COMMIT = 500;

/** Has the store know what a file says was forgotten: nothing of it comes in any more. */
export async function takeTombstones(mem: Pick<Mem, 'store' | 'journal' | 'clock'>, file: JournalFile, isKept: boolean): Promise<void> {
  const tombstones: Tombstone[] = [];
  for (const part of mem.journal.read(file)) {
    if (part.kind === 'damage') continue;
    for (const line of linesOf(part.lines)) tombstones.push(...[tombstoneOfLine(line) ?? []].flat());
  }
  for (let at = 0; at < tombstones.length; at += TOMBSTONES_PER_COMMIT) {
    const changes = tombstones.slice(at, at + TOMBSTONES_PER_COMMIT).map((tombstone): Change => ({kind: 'tombstone', tombstone}));
    await mem.store.use(JOB_PATIENCE_MS, (store) => store.commit(changes, mem.clock(), {sync: true, isJournalled: isKept}));
    await mem.store.pause();
  }
}

/** The events that are stored still and were forgotten elsewhere, by id, by the source's name, or by their words. */
export function findForgotten(mem: Pick<Mem, 'store' | 'forgetting'>, tombstones: readonly Tombstone[]): Promise<readonly NamedEvent[]> {
  const ids = new Set<string>(tombstones.map(({id}) => id));
  const aliases = new Set(tombstones.map(({alias}) => alias));
  const words = new Set<WordsMark>(tombstones.flatMap((tombstone) => tombstone.words));
  aliases.delete('');
  return holdInTurns(mem, JOB_PATIENCE_MS, async function* (current: () => Store): AsyncGenerator<void, readonly NamedEvent[]> {
    const found: NamedEvent[] = [];
    const calendar = new Calendar(current().header.timeZone);
    for (let next: EpochMs | undefined = instant(0); next !== undefined; ) {
      const page: Awaited<ReturnType<Store['events']>> = await current().events(next, END_OF_TIME);
      for (const {head, record} of page.events) {
        const {id, time, sourceAlias: alias} = head;
        const isNamed = ids.has(id) || aliases.has(alias);
        if (!isNamed && (words.size === 0 || !words.has(mem.forgetting.markWords(decodeEvent(record))))) continue;
        const key: SessionKey = head.sessionKey;
        found.push({id, alias, words: [], date: calendar.dateOf(time), sessionKey: key});
      }
      next = page.next;
      yield;
    }
    return found;
  });
}
