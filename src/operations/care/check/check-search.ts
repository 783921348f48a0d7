import {type Postings, SessionDayCounter, type SessionDayEntry} from '../../../domain/search/index/entry.js';
import {decodeEventsRow, decodePendingEntry} from '../../../domain/search/index/entry-row.js';
import {isFactTerm} from '../../../domain/search/index/fact-terms.js';
import {compareTerms, dayName, decodeBucket} from '../../../domain/search/index/month.js';
import {decodeMonthHeader} from '../../../domain/search/index/month-header.js';
import {bucketsOf, eventsKey, headerKey, nameOfKey, PENDING, wordsKey} from '../../../domain/search/index/rows.js';
import {decodeWords} from '../../../domain/search/index/words-row.js';
import {SearchTokenizer} from '../../../domain/search/words/tokenizer.js';
import {addMonths} from '../../../domain/time/local-date.js';
import {Calendar} from '../../../domain/time/period.js';
import type {LocalDate} from '../../../domain/toc/node-id.js';
import type {SessionDay, Store} from '../../../store/port/store.js';
import {readDay} from '../../search/count-days.js';
import {monthsOf} from './check-events.js';
import type {CheckScope} from './check-scope.js';
import type {PartOfReport} from './verdict.js';

/** Counts session-days again and compares that with what the search index has of them. What is marked since is no part of it: it is counted on the fly. */
export async function* checkSearch(
  current: () => Store,
  scope: CheckScope,
  report: PartOfReport,
  onDays: (count: number) => void,
): AsyncGenerator<void, void> {
  const counter = new SessionDayCounter(new SearchTokenizer());
  const calendar = new Calendar(current().header.timeZone);
  for (const {from, to, end} of monthsOf(await current().dateSpan(), calendar, scope)) {
    if (from === undefined || to === undefined || end <= scope.closeFrom) continue;
    const entries = await readableEntries(current(), from, report);
    if (entries.size > 0 && !(await hasItsWords(current(), from.slice(0, 7))))
      report.fault(`the search index of ${from.slice(0, 7)} has a list of other words than its own`);
    yield;
    const differing: SessionDay[] = [];
    for (const day of await current().sessionDays({from, to})) {
      if (day.last < scope.closeFrom) continue;
      const stored = entries.get(dayName(day));
      // It is counted when somebody searches, or by the next rollup.
      if (stored === undefined) continue;
      const counted = counter.entryOf(day, yield* readDay(current, day));
      report.looked++;
      if (!isSameEntry(stored, counted)) differing.push(day);
      onDays(report.looked);
    }
    // Events may have come since the entries were read: then they are no longer those that are trusted.
    const now = differing.length === 0 ? entries : await readableEntries(current(), from, report);
    for (const day of differing) {
      if (isSame(now.get(dayName(day)), entries.get(dayName(day))))
        report.fault(`the search index has other words of the session ${day.sessionId} on ${day.date} than its events`);
    }
  }
}

async function readableEntries(store: Store, from: LocalDate, report: PartOfReport): Promise<ReadonlyMap<string, SessionDayEntry>> {
  try {
    return await readEntries(store, from);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report.fault(`the search index of ${from.slice(0, 7)} cannot be read: ${error.message}`);
    return new Map();
  }
}

/** Whether the words of what is merged of a month are listed beside it, and no others. */
async function hasItsWords(store: Store, month: string): Promise<boolean> {
  for (;;) {
    const [headerRow] = await store.searchRowsOf([headerKey(month)]);
    const header = headerRow && decodeMonthHeader(month, headerRow);
    if (headerRow === undefined || header === undefined) return true;
    const [row] = await store.searchRowsOf([wordsKey(month, header.generation)]);
    const terms: string[] = [];
    for (const bucket of await store.searchRows(bucketsOf(month, header.generation))) terms.push(...decodeBucket(bucket.row).keys());
    const words = terms.filter((term) => !isFactTerm(term)).sort(compareTerms);
    if (row !== undefined && JSON.stringify(decodeWords(row)) === JSON.stringify(words)) return true;
    // Where others write, what was read may have been merged in the meantime.
    const [now] = await store.searchRowsOf([headerKey(month)]);
    if (now?.equals(headerRow) === true) return false;
  }
}

/** The entries of a month that a search trusts. @throws RangeError where a row is not as mem writes it */
async function readEntries(store: Store, from: LocalDate): Promise<ReadonlyMap<string, SessionDayEntry>> {
  const month = from.slice(0, 7);
  const marks = await store.sessionDayMarks({from, to: addMonths(from, 1)});
  const tokens = new Map(marks.map((mark) => [dayName(mark), mark.token]));
  const entries = new Map<string, SessionDayEntry>();
  const [headerRow] = await store.searchRowsOf([headerKey(month)]);
  const header = headerRow && decodeMonthHeader(month, headerRow);
  if (header !== undefined) {
    const terms = new Map<number, Map<string, Postings>>();
    for (const {row} of await store.searchRows(bucketsOf(month, header.generation))) {
      for (const [term, places] of decodeBucket(row)) {
        for (const [place, postings] of places) {
          const known = terms.get(place) ?? new Map<string, Postings>();
          terms.set(place, known.set(term, postings));
        }
      }
    }
    const days = header.days.list();
    const rows = await store.searchRowsOf(days.map(eventsKey));
    for (const [place, {date, sessionKey, agent}] of days.entries()) {
      const row = rows[place];
      const {events, sessionId} = row === undefined ? {events: [], sessionId: ''} : decodeEventsRow(row);
      if (tokens.has(dayName({date, sessionKey}))) continue;
      entries.set(dayName({date, sessionKey}), {date, sessionKey, agent, sessionId, events, postings: terms.get(place) ?? new Map()});
    }
  }
  for (const {key, row} of await store.searchRows(PENDING + month)) {
    const {date, sessionKey} = nameOfKey(key);
    const pending = decodePendingEntry(date, sessionKey, row);
    if (pending === undefined) continue;
    const token = tokens.get(dayName({date, sessionKey}));
    if (token === undefined || token === pending.token) entries.set(dayName({date, sessionKey}), pending.entry);
    else entries.delete(dayName({date, sessionKey}));
  }
  return entries;
}

function isSame(a: SessionDayEntry | undefined, b: SessionDayEntry | undefined): boolean {
  return a !== undefined && b !== undefined && isSameEntry(a, b);
}

function isSameEntry(a: SessionDayEntry, b: SessionDayEntry): boolean {
  return textOf(a) === textOf(b);
}

/** The order of terms is that in which they came up. An empty entry does not tell whose session it is. */
function textOf({sessionId, agent, events, postings}: SessionDayEntry): string {
  const terms = [...postings].sort(([a], [b]) => compareTerms(a, b));
  return JSON.stringify(events.length === 0 ? [events, terms] : [sessionId, agent, events, terms]);
}
