import {eventLinePieces} from '../../../domain/event/line/event-line.js';
import {tombstoneLine} from '../../../domain/event/tombstone.js';
import type {Db, Row} from '../db.js';
import {EVENTS, type KeyRange, NODES} from '../keys.js';
import {readTombstones} from '../read/forgotten.js';
import {PAGE_ROWS, type Reader} from '../read/reader.js';
import type {JournalLines} from './journal-lines.js';
import type {Backfill} from './stored-journal.js';

/** The next slice of what was stored before there was a journal. */
export interface BackfillSlice {
  readonly lines: JournalLines | undefined;
  /** Undefined when nothing is left. */
  readonly next: Backfill | undefined;
}

const RANGES: Readonly<Record<Backfill['kind'], KeyRange>> = {event: EVENTS, node: NODES};

export async function readSlice(db: Db, reader: Reader, {kind, after, written}: Backfill): Promise<BackfillSlice> {
  const {from, to} = RANGES[kind];
  const rows = await readPage(db, {from: after === '' ? from : `${after}\0`, to});
  const last = rows.at(-1)?.[0];
  if (last === undefined) {
    if (kind === 'event') return {lines: undefined, next: {kind: 'node', after: '', written}};
    // Few, and last: without them an import could bring back what was forgotten.
    return {lines: {kind: 'forgotten', lines: (await readTombstones(reader)).map(tombstoneLine)}, next: undefined};
  }
  const lines = rows.map(([key, value]) => {
    const bytes = reader.unseal(key, value);
    return kind === 'event' ? eventLinePieces(bytes) : bytes;
  });
  return {lines: {kind, lines}, next: {kind, after: last, written: written + (kind === 'event' ? rows.length : 0)}};
}

/** At most 4 MiB of rows. */
async function readPage(db: Db, range: KeyRange): Promise<readonly Row[]> {
  const cursor = db.cursor(range);
  try {
    const rows = await cursor.next(PAGE_ROWS);
    await cursor.finish();
    return rows;
  } finally {
    await cursor.close();
  }
}
