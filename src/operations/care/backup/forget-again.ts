import {decodeEvent} from '../../../domain/event/event-record.js';
import type {Tombstone} from '../../../domain/event/tombstone.js';
import {Calendar} from '../../../domain/time/period.js';
import type {StoredEvent} from '../../../store/port/store.js';
import {formatIntent, type NamedEvent} from '../../forget/intent.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {eventOfLine, linesOf} from '../journal-lines.js';

const EVENTS_PER_READ = 500;

/**
 * Finds events that the journal holds and that tombstones keep out of the store: they were forgotten after the backup was made. An intent to
 * take them out of the journal, with all that was made of them, is on disk when it returns.
 * @returns how many there are
 */
export async function forgetAgain(mem: Mem): Promise<number> {
  const {tombstones, timeZone} = await mem.store.use(JOB_PATIENCE_MS, async (store) => ({
    tombstones: await store.tombstones(),
    timeZone: store.header.timeZone,
  }));
  if (tombstones.length === 0) return 0;
  const isNamed = matcher(mem, tombstones);
  const calendar = new Calendar(timeZone);
  const found = new Map<string, NamedEvent>();
  for await (const {head, record} of missingEvents(mem)) {
    const {id, sourceAlias: alias, sessionKey} = head;
    const words = isNamed({head, record});
    if (words !== undefined) found.set(id, {id, alias, words, date: calendar.dateOf(head.time), sessionKey});
  }
  if (found.size === 0) return 0;
  mem.forgetting.intents.add(formatIntent({at: mem.clock(), deed: {kind: 'events', events: [...found.values()]}, isTakenOut: false}));
  return found.size;
}

/** @returns the marks of an event's words where it is one that was forgotten */
function matcher({forgetting}: Pick<Mem, 'forgetting'>, tombstones: readonly Tombstone[]) {
  const byId = new Map(tombstones.map((tombstone) => [tombstone.id, tombstone]));
  const aliases = new Map(tombstones.flatMap((tombstone) => (tombstone.alias === '' ? [] : [[tombstone.alias, tombstone] as const])));
  const byWords = new Map(tombstones.flatMap((tombstone) => tombstone.words.map((mark) => [mark, tombstone] as const)));
  return ({head, record}: StoredEvent): Tombstone['words'] | undefined =>
    (byId.get(head.id) ?? aliases.get(head.sourceAlias) ?? byWords.get(forgetting.markWords(decodeEvent(record))))?.words;
}

/** Events of the journal that the store lacks. */
async function* missingEvents({journal, store}: Pick<Mem, 'journal' | 'store'>): AsyncGenerator<StoredEvent> {
  let some: StoredEvent[] = [];
  const missing = async (): Promise<readonly StoredEvent[]> => {
    const asked = some;
    some = [];
    const stored = await store.use(JOB_PATIENCE_MS, (open) => open.recordsOf(asked.map(({head}) => head.id)));
    return asked.filter((_, at) => stored[at] === undefined);
  };
  for (const file of journal.list().files) {
    if (file.kind !== 'event') continue;
    for (const part of journal.read(file)) {
      for (const line of part.kind === 'member' ? linesOf(part.lines) : []) {
        const event = eventOfLine(line);
        if (typeof event === 'string') continue;
        some.push(event);
        if (some.length >= EVENTS_PER_READ) yield* await missing();
      }
    }
  }
  if (some.length > 0) yield* await missing();
}
