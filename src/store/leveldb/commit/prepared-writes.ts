import type {EpochMs} from '../../../domain/event/event.js';
import type {EveryMark} from '../../../domain/event/tombstone.js';
import {addSpending, grantWithin, NOTHING_SPENT, type Spending} from '../../../domain/rollup/budget.js';
import {Calendar} from '../../../domain/time/period.js';
import type {LocalDate} from '../../../domain/toc/node-id.js';
import {drainChanges, formerHeadsOf, needsFormerIds, type SameEvent, sortBatch} from '../../port/sort-batch.js';
import type {Change, DrainFile, DrainOutcome, JobStateUpdate, ReservationRequest, StoredEvent, StoreHeader} from '../../port/store.js';
import type {StoredJournal} from '../journal/stored-journal.js';
import {jobKey, ledgerKey} from '../keys.js';
import {findSame} from '../read/event-finder.js';
import {findForgottenWords} from '../read/forgotten.js';
import {STORE_FORMAT} from '../read/read-start.js';
import type {Reader} from '../read/reader.js';
import {parseJson, parseSpending} from '../records.js';
import type {OwnChange} from './changes.js';

/** What an operation of the store read and decided; without changes nothing is written. */
export interface Prepared<T> {
  readonly changes: readonly OwnChange[];
  readonly result: T;
  /** Its events and nodes stand in the journal already, and this is what the store knows of it then. */
  readonly journal?: StoredJournal;
}

/** The last one used: it remembers days, and a zone's rules take milliseconds to load. */
let calendar: Calendar | undefined;

export async function prepareDrain(
  reader: Reader,
  header: StoreHeader,
  files: readonly DrainFile[],
  at: EpochMs,
  markWords?: EveryMark,
): Promise<Prepared<readonly DrainOutcome[]>> {
  const withFormerIds = needsFormerIds(header, files);
  const events = files.flatMap(({records}) => records);
  const found = await findSame(
    reader,
    events.map(({head}) => head),
  );
  const known = withFormerIds ? await findFormer(reader, events, found) : found;
  const sorted = sortBatch(files, await findForgottenWords(reader, events, known, markWords), withFormerIds);
  const {timeZone} = header;
  if (calendar?.timeZone !== timeZone) calendar = new Calendar(timeZone);
  const days = calendar;
  const changes = drainChanges(files, sorted, (instant) => days.dateOf(instant), at);
  const isNews = header.formatVersion < STORE_FORMAT || (withFormerIds && !header.holdsFormerIds);
  const news: readonly OwnChange[] =
    isNews && sorted.fresh.length > 0 ? [{kind: 'format', formatVersion: STORE_FORMAT, holdsFormerIds: withFormerIds}] : [];
  return {changes: [...news, ...changes], result: sorted.outcomes};
}

/** What was found, and for the others what the store has under a name that an older mem gave them. */
async function findFormer(reader: Reader, events: readonly StoredEvent[], found: readonly SameEvent[]): Promise<readonly SameEvent[]> {
  const former = events.flatMap((event, at) => (found[at] === undefined ? formerHeadsOf(event).map((head) => ({at, head})) : []));
  const all = [...found];
  const foundFormer = await findSame(
    reader,
    former.map(({head}) => head),
  );
  for (const [n, same] of foundFormer.entries()) if (same !== undefined) all[former[n]?.at ?? 0] ??= same;
  return all;
}

export async function readSpending(reader: Reader, date: LocalDate): Promise<Spending | undefined> {
  const key = ledgerKey(date);
  const bytes = await reader.get(key);
  return bytes && parseSpending(key, bytes);
}

export async function prepareReservation(
  reader: Reader,
  date: LocalDate,
  {asked, limits, run, settled}: ReservationRequest,
): Promise<Prepared<readonly boolean[]>> {
  const before = (await readSpending(reader, date)) ?? NOTHING_SPENT;
  const day = settled.reduce((sum, part) => (part.date === date ? addSpending(sum, part.added) : sum), before);
  const granted = grantWithin(limits, run, day, asked);
  const booked = asked.filter((_, n) => granted[n]).map((added) => ({date, added}));
  return {changes: [...settled, ...booked].map((part): Change => ({kind: 'spend', ...part})), result: granted};
}

export async function readJobStates(reader: Reader, jobs: readonly string[]): Promise<readonly unknown[]> {
  const found = await reader.getMany(jobs.map(jobKey));
  return found.map((bytes) => bytes && parseJson(bytes));
}

export async function prepareJobStates(reader: Reader, jobs: ReadonlyMap<string, JobStateUpdate>): Promise<Prepared<void>> {
  const before = await readJobStates(reader, [...jobs.keys()]);
  const changes = [...jobs].flatMap(([job, update], n): readonly Change[] => {
    const state = update(before[n]);
    return state === before[n] ? [] : [{kind: 'job-state', job, state}];
  });
  return {changes, result: undefined};
}
