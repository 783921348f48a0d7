import type {EpochMs} from '../../../domain/event/event.js';
import {JOURNAL_KINDS, type JournalEnd, type JournalKind, NO_LINES} from '../../../domain/journal/journal-end.js';
import {type Fields, isRecord} from '../../../domain/stored/fields.js';
import type {JournalFacts, KnownEnd} from '../../port/journal.js';

/** How far the store's events and nodes, which lie in key order, were written to a journal that was begun after them. */
export interface Backfill {
  readonly kind: 'event' | 'node';
  /** The last key that was. */
  readonly after: string;
  /** Events. */
  readonly written: number;
}

/** What the store knows of the journal. It lies with the counters: each commit writes them, and each opening reads them. */
export interface StoredJournal {
  /** One per writer and kind. */
  readonly ends: readonly KnownEnd[];
  readonly backfill?: Backfill | undefined;
  readonly shortSince?: EpochMs | undefined;
}

const FROM_START: Backfill = {kind: 'event', after: '', written: 0};

/** Of a store that never had a journal. @param isEmpty nothing was stored yet */
export function firstJournal(isEmpty: boolean): StoredJournal {
  return {ends: [], ...(!isEmpty && {backfill: FROM_START})};
}

export function endOf({ends}: StoredJournal, kind: JournalKind, writer: string | undefined): JournalEnd | undefined {
  return ends.find((end) => end.kind === kind && end.writer === writer);
}

export function withEnd(journal: StoredJournal, kind: JournalKind, end: JournalEnd): StoredJournal {
  const others = journal.ends.filter((known) => known.kind !== kind || known.writer !== end.writer);
  return {...journal, ends: [...others, {...end, kind}]};
}

/**
 * What becomes of a journal that has less than was known of `kind`: of events that is noted. Where all of a writer's are gone, all that is
 * stored is written again, as for a store that never had a journal; and where that was being done, from the start. Nodes can be made again,
 * and `check` finds which are missing.
 */
export function shortened(journal: StoredJournal, {kind, ...end}: KnownEnd, {isGone, at}: {isGone: boolean; at: EpochMs}): StoredJournal {
  const next = withEnd(journal, kind, nextFile(end));
  if (kind !== 'event') return next;
  return {...next, ...((isGone || journal.backfill !== undefined) && {backfill: FROM_START}), shortSince: journal.shortSince ?? at};
}

/** The end in the file that follows, which need not exist yet: nothing is appended to the one before any more. */
export function nextFile({writer, month, number}: JournalEnd): JournalEnd {
  return {writer, month, number: number + 1, bytes: 0, last: NO_LINES};
}

/** The own files of all kinds are ended where they hold anything. */
export function closed(journal: StoredJournal, writer: string | undefined): StoredJournal {
  const ends = journal.ends.map((end) => (end.writer === writer && end.bytes > 0 ? {...nextFile(end), kind: end.kind} : end));
  return {...journal, ends};
}

export function factsOf({ends, backfill, shortSince}: StoredJournal, events: number): JournalFacts {
  return {ends, backfill: backfill && {written: backfill.written, of: events}, shortSince};
}

export function parseJournal(fields: Fields): StoredJournal {
  return {
    ends: fields.list('ends', isKnownEnd),
    ...(fields.has('backfill') && {backfill: parseBackfill(fields.inner('backfill'))}),
    ...(fields.has('shortSince') && {shortSince: fields.instant('shortSince')}),
  };
}

function parseBackfill(fields: Fields): Backfill {
  return {kind: fields.oneOf('kind', ['event', 'node']), after: fields.text('after'), written: fields.number('written')};
}

function isKnownEnd(value: unknown): value is KnownEnd {
  if (!isRecord(value)) return false;
  const {kind, writer, month, number, bytes, last} = value;
  const isPlace = typeof writer === 'string' && typeof month === 'string' && typeof number === 'number' && typeof bytes === 'number';
  return isPlace && typeof last === 'string' && JOURNAL_KINDS.some((known) => known === kind);
}
