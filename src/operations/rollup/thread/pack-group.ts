import {readEventHead} from '../../../domain/event/event-record.js';
import type {ReadEvent} from '../../../domain/toc/segment-event.js';
import {type RecordsOfSessionDay, readEvent} from '../find/read-session-days.js';
import type {GroupToMake} from './session-day-thread.js';

/** Puts the records of session-days into one piece of memory. */
export function packGroup(sessionDays: readonly RecordsOfSessionDay[]): GroupToMake {
  const records = sessionDays.flatMap((sessionDay) => sessionDay.records);
  const bytes = new Uint8Array(records.reduce((sum, {record}) => sum + record.length, 0));
  const ends = new Float64Array(records.length);
  let end = 0;
  for (const [at, {record}] of records.entries()) {
    bytes.set(record, end);
    end += record.length;
    ends[at] = end;
  }
  return {sessionDays: sessionDays.map(({mark, records: {length}}) => ({mark, events: length})), bytes, ends};
}

/** The events of each session-day. */
export function unpackGroup({sessionDays, bytes, ends}: GroupToMake): readonly (readonly ReadEvent[])[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return sessionDays.map(({events}) =>
    Array.from({length: events}, () => {
      const record = buffer.subarray(ends[at - 1] ?? 0, ends[at]);
      at++;
      return readEvent({head: readEventHead(record), record});
    }),
  );
}
