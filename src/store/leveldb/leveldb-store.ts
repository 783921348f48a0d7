import type {AgentEvent, EpochMs, EventId} from '../../domain/event/event.js';
import type {EventHead} from '../../domain/event/event-record.js';
import type {Spending} from '../../domain/rollup/budget.js';
import type {Retry} from '../../domain/rollup/retry.js';
import type {NodePointer, TocNode} from '../../domain/toc/node.js';
import type {LocalDate, NodeId, TocLevel} from '../../domain/toc/node-id.js';
import type {
  Change,
  CommitRecords,
  CompactionStep,
  DateRange,
  EventPage,
  ImportNote,
  NodeMark,
  SessionDay,
  SessionDayMark,
  Store,
  StoreCounters,
  StoredEvent,
  StoreHeader,
} from '../port/store.js';
import {checkVersions, putChange, SealedBatch} from './changes.js';
import {compactionSteps, isUnsettled, settle} from './compaction.js';
import type {Db} from './db.js';
import {findEvent, findSame, findTimes} from './event-finder.js';
import {readEventPage} from './event-page.js';
import * as keys from './keys.js';
import {readLatest} from './latest-nodes.js';
import {readStart} from './read-start.js';
import {PAGE_ROWS, Reader, type Work} from './reader.js';
import * as records from './records.js';

/** Where the witness is kept, see design §5. */
export interface Witness {
  read(): number;
  write(commit: number): void;
}

interface PeriodPartRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A store on an open database. Whoever opened that closes it. */
export class LevelDbStore implements Store {
  readonly #db: Db;
  readonly #reader: Reader;
  readonly #witness: Witness;
  readonly #isBelowWitness: boolean;
  readonly work: Work;
  #header: StoreHeader;
  #counters: StoreCounters;
  #nextCommit: number;
  #failure: unknown;
  #isCommitting = false;

  /** @throws MemError STORE_DAMAGED, FORMAT_NEWER */
  static async open(db: Db, witness: Witness): Promise<LevelDbStore> {
    const work = {valuesRead: 0, keysWritten: 0};
    const reader = new Reader(db, work);
    const {header, counters} = await readStart(db.location, reader);
    return new LevelDbStore(db, reader, work, witness, header, counters);
  }

  private constructor(db: Db, reader: Reader, work: Work, witness: Witness, header: StoreHeader, counters: StoreCounters) {
    this.#db = db;
    this.#reader = reader;
    this.work = work;
    this.#witness = witness;
    this.#header = header;
    this.#counters = counters;
    const witnessed = witness.read();
    this.#isBelowWitness = counters.lastCommit < witnessed;
    // Behind the lost ones: the gap in the commit records tells of them when the witness has caught up.
    this.#nextCommit = Math.max(counters.lastCommit, witnessed) + 1;
  }

  get hasHole(): boolean {
    return this.#isBelowWitness || this.#counters.holes > 0;
  }

  get header(): StoreHeader {
    return this.#header;
  }

  get counters(): StoreCounters {
    return this.#counters;
  }

  findSame(events: readonly EventHead[]): Promise<readonly (StoredEvent | 'forgotten' | undefined)[]> {
    return findSame(this.#reader, events);
  }

  event(id: EventId): Promise<AgentEvent | undefined> {
    return findEvent(this.#reader, id);
  }

  eventTimes(ids: readonly EventId[]): Promise<readonly EpochMs[]> {
    return findTimes(this.#reader, ids);
  }

  events(start: EpochMs, end: EpochMs, rows: number = PAGE_ROWS): Promise<EventPage> {
    return readEventPage(this.#db, this.#reader, start, end, rows);
  }

  sessionDays({from, to}: DateRange): Promise<readonly SessionDay[]> {
    return this.#reader.list(keys.dateRange('d', from, to), records.parseSessionDay);
  }

  async sessionDaysOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDay | undefined)[]> {
    const dayKeys = wanted.map(({date, sessionKey}) => keys.sessionDayKey(date, sessionKey));
    const found = await this.#reader.lookUp(dayKeys);
    return dayKeys.map((key, at) => found[at] && records.parseSessionDay(key, found[at]));
  }

  async dateSpan(): Promise<{readonly first: LocalDate; readonly last: LocalDate} | undefined> {
    const range = keys.dateRange('d', undefined, undefined);
    const [first] = await this.#reader.list(range, records.parseSessionDay, {limit: 1});
    const [last] = await this.#reader.list(range, records.parseSessionDay, {limit: 1, newestFirst: true});
    return first && last && {first: first.date, last: last.date};
  }

  sessionDayMarks({from, to}: DateRange, options: {limit?: number; newestFirst?: boolean} = {}): Promise<readonly SessionDayMark[]> {
    const read = (key: string, bytes: Buffer): SessionDayMark => ({...keys.sessionDayOfKey(key), commit: records.parseNumber(bytes)});
    return this.#reader.list(keys.dateRange('m', from, to), read, options);
  }

  async sessionDayMarksOf(wanted: readonly Pick<SessionDay, 'date' | 'sessionKey'>[]): Promise<readonly (SessionDayMark | undefined)[]> {
    const found = await this.#reader.getMany(wanted.map(({date, sessionKey}) => keys.sessionDayMarkKey(date, sessionKey)));
    return wanted.map(({date, sessionKey}, at) => {
      const bytes = found[at];
      return bytes && {date, sessionKey, commit: records.parseNumber(bytes)};
    });
  }

  nodeMarks(tocLevel: TocLevel, {from, to}: PeriodPartRange = {}): Promise<readonly NodeMark[]> {
    const read = (key: string, bytes: Buffer): NodeMark => ({id: keys.nodeIdOfKey(key), commit: records.parseNumber(bytes)});
    return this.#reader.list(keys.periodRange('k', tocLevel, from, to), read);
  }

  async nodeMarksOf(ids: readonly NodeId[]): Promise<readonly (NodeMark | undefined)[]> {
    const found = await this.#reader.getMany(ids.map(keys.nodeMarkKey));
    return ids.map((id, at) => {
      const bytes = found[at];
      return bytes && {id, commit: records.parseNumber(bytes)};
    });
  }

  pointers(tocLevel: TocLevel, {from, to}: PeriodPartRange, limit = Infinity): Promise<readonly NodePointer[]> {
    const read = (_: string, bytes: Buffer): NodePointer => records.parsePointer(bytes);
    return this.#reader.list(keys.periodRange('p', tocLevel, from, to), read, {limit});
  }

  async pointersOf(ids: readonly NodeId[]): Promise<readonly (NodePointer | undefined)[]> {
    const found = await this.#reader.getMany(ids.map(keys.pointerKey));
    return found.map((bytes) => bytes && records.parsePointer(bytes));
  }

  async nodes(ids: readonly NodeId[]): Promise<readonly (TocNode | undefined)[]> {
    return readLatest(this.#reader, this.#db.location, await this.pointersOf(ids));
  }

  versions(id: NodeId): Promise<readonly TocNode[]> {
    return this.#reader.list(keys.nodeVersions(id), (_, bytes) => records.parseNode(bytes));
  }

  async spentOn(date: LocalDate): Promise<Spending | undefined> {
    const bytes = await this.#reader.get(keys.ledgerKey(date));
    return bytes && records.parseSpending(bytes);
  }

  retries(): Promise<readonly Retry[]> {
    return this.#reader.list(keys.RETRIES, records.parseRetry);
  }

  async jobState(job: string): Promise<unknown> {
    const bytes = await this.#reader.get(keys.jobKey(job));
    return bytes && records.parseJson(bytes);
  }

  importNotes(topic: string): Promise<readonly ImportNote[]> {
    return this.#reader.list(keys.importNotes(topic), (_, bytes) => records.parseImportNote(bytes));
  }

  async commitRecords(): Promise<CommitRecords> {
    const read = (key: string, bytes: Buffer) => ({commit: keys.commitOfKey(key), at: records.parseCommit(bytes).at});
    const list = await this.#reader.list(keys.COMMITS, read);
    return {first: list[0]?.commit ?? 0, last: list.at(-1)?.commit ?? 0, count: list.length, records: list};
  }

  async commit(changes: readonly Change[], at: EpochMs, {sync}: {sync: boolean}): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isCommitting) throw new Error('a commit is under way');
    this.#isCommitting = true;
    try {
      return await this.#commit(changes, at, sync);
    } catch (error) {
      // After a full disk LevelDB acknowledged twenty synced writes on the same handle and lost them all.
      this.#failure = error;
      await this.#db.close();
      throw error;
    } finally {
      this.#isCommitting = false;
    }
  }

  async #commit(changes: readonly Change[], at: EpochMs, sync: boolean): Promise<number> {
    await checkVersions(this.#reader, changes);
    const number = this.#nextCommit;
    // The witness is about to catch up: from then on only the counters know.
    const holes = this.#counters.holes + (this.#isBelowWitness && this.#counters.lastCommit + 1 < number ? 1 : 0);
    let counters: StoreCounters = {...this.#counters, holes, lastCommit: number};
    let header = this.#header;
    await this.#db.write(
      (batch) => {
        const sealed = new SealedBatch(batch, this.work);
        for (const change of changes) {
          putChange(sealed, change, number);
          if (change.kind === 'counters') counters = {...counters, ...change.counters};
          else if (change.kind === 'header') header = change.header;
        }
        sealed.put(keys.COUNTERS_KEY, records.formatJson(counters));
        sealed.put(keys.commitKey(number), records.formatJson({at}));
        sealed.put(keys.LAST_KEY, records.formatJson(number));
      },
      {sync},
    );
    this.#counters = counters;
    this.#header = header;
    this.#nextCommit = number + 1;
    if (sync) this.#witness.write(number);
    return number;
  }

  get isUnsettled(): boolean {
    return isUnsettled(this.#db);
  }

  settle(maxMs = 250): Promise<void> {
    return settle(this.#db, maxMs);
  }

  compactMarks(): Promise<void> {
    return this.#db.compact(keys.MARKS);
  }

  compactionSteps(): Promise<readonly CompactionStep[]> {
    return compactionSteps(this.#db);
  }

  compact(step: CompactionStep): Promise<void> {
    return this.#db.compact(step);
  }
}
