import {instant} from '../../domain/time/instant.js';
import type {JournalFile} from '../../journal/journal.js';
import type {Store, StoredEvent} from '../../store/port/store.js';
import {holdInTurns} from '../access/hold.js';
import {eventOfLine, linesOf} from '../care/journal-lines.js';
import {JOB_PATIENCE_MS, type Mem} from '../mem.js';
import {settleCopies} from './settle-copies.js';

/** So many bytes of lines are stored with one commit. */
const BATCH_BYTES = 1024 * 1024;

export interface TakenEvents {
  /** New to the store. */
  readonly events: number;
  /** Ids in the file that the store does not take: they were forgotten. */
  readonly forgotten: ReadonlySet<string>;
}

/**
 * Takes the events of a file over, as if they had come through the inbox; others get at the store in between. When they came in says the
 * machine that they came to: its clock is no news here.
 * @param from where a member begins
 * @param isKept the file stays in the journal, so that its events need not be appended to our own
 */
export async function takeEvents(
  mem: Pick<Mem, 'store' | 'journal' | 'clock'>,
  file: JournalFile,
  {from, isKept, signal}: {from: number; isKept: boolean; signal: AbortSignal | undefined},
): Promise<TakenEvents | undefined> {
  let events = 0;
  const forgotten = new Set<string>();
  async function* turns(current: () => Store): AsyncGenerator<void, TakenEvents | undefined> {
    for (const records of batchesOf(mem, file, from)) {
      if (signal?.aborted) return undefined;
      const [outcome] = await current().drain([{records, writtenAt: instant(0)}], mem.clock(), {isJournalled: isKept});
      events += outcome?.stored ?? 0;
      if ((outcome?.duplicates ?? 0) > 0) {
        for (const id of await settleCopies(current(), records, {clock: mem.clock, isKept})) forgotten.add(id);
      }
      yield;
    }
    return {events, forgotten};
  }
  return holdInTurns(mem, JOB_PATIENCE_MS, turns);
}

function* batchesOf({journal}: Pick<Mem, 'journal'>, file: JournalFile, from: number): Generator<readonly StoredEvent[]> {
  let records: StoredEvent[] = [];
  let bytes = 0;
  for (const part of journal.read(file, from)) {
    if (part.kind === 'damage') continue;
    for (const line of linesOf(part.lines)) {
      const event = eventOfLine(line);
      if (typeof event !== 'string') records.push(event);
    }
    bytes += part.lines.length;
    if (bytes < BATCH_BYTES) continue;
    yield records;
    [records, bytes] = [[], 0];
  }
  if (records.length > 0) yield records;
}
