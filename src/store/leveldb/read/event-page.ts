import {compareEvents, type EpochMs} from '../../../domain/event/event.js';
import {readEventHead} from '../../../domain/event/event-record.js';
import type {EventPage, StoredEvent} from '../../port/store.js';
import {type Db, PAGE_BYTES} from '../db.js';
import {eventRange} from '../keys.js';
import {PAGE_ROWS, type Reader} from './reader.js';

/** See `Store.events`. Keys know the time and the id; where events share a millisecond, `seq` and type come before the id. */
export async function readEventPage(db: Db, reader: Reader, start: EpochMs, end: EpochMs, rows: number): Promise<EventPage> {
  const range = eventRange(start, end);
  if (range.from >= range.to) return {events: [], next: undefined};
  const events: StoredEvent[] = [];
  let isWhole = false;
  const cursor = db.cursor(range);
  try {
    for (let bytes = 0; !isFull(events, rows, bytes); ) {
      const page = await cursor.next(Math.max(1, Math.min(PAGE_ROWS, rows - events.length)));
      isWhole = page.length === 0;
      if (isWhole) break;
      for (const [key, value] of page) {
        const record = reader.unseal(key, value);
        bytes += record.length;
        events.push({head: readEventHead(record), record});
      }
    }
    await cursor.finish();
  } finally {
    await cursor.close();
  }
  const next = isWhole ? undefined : dropLastMillisecond(events);
  return {events: sorted(events), next};
}

/** A page of one millisecond alone is never full: it cannot be told whether that is all of it. */
function isFull(events: readonly StoredEvent[], rows: number, bytes: number): boolean {
  if (events.length < rows && bytes < PAGE_BYTES) return false;
  return events.length > 0 && events[0]?.head.time !== events.at(-1)?.head.time;
}

/** More of it may follow, so it starts the next page. */
function dropLastMillisecond(events: StoredEvent[]): EpochMs | undefined {
  const last = events.at(-1)?.head.time;
  while (events.length > 0 && events.at(-1)?.head.time === last) events.pop();
  return last;
}

function sorted(events: StoredEvent[]): readonly StoredEvent[] {
  const isTied = events.some(({head}, at) => head.time === events[at - 1]?.head.time);
  return isTied ? events.sort((a, b) => compareEvents(a.head, b.head)) : events;
}
