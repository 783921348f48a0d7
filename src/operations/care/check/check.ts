import type {EpochMs} from '../../../domain/event/event.js';
import type {Tombstone} from '../../../domain/event/tombstone.js';
import {MemError} from '../../../errors.js';
import {withDrainedStore} from '../../access/drained-store.js';
import {holdInTurns} from '../../access/hold.js';
import {JOB_PATIENCE_MS, type Mem} from '../../mem.js';
import {checkCitations} from './check-citations.js';
import {checkEvents} from './check-events.js';
import {type AskStore, checkJournal, type Journalled, NOTHING_JOURNALLED, type Versions} from './check-journal.js';
import {allHistories, type CaredStore, cared, checkPointers} from './check-nodes.js';
import type {CheckOptions, CheckReport} from './check-report.js';
import {scopeOf} from './check-scope.js';
import {checkSearch} from './check-search.js';
import {checkTombstones} from './check-tombstones.js';
import {compareVersions, lookAgain, lostVersions} from './check-versions.js';
import {IdTable} from './id-table.js';
import {PendingParts} from './pending-parts.js';
import {unjournalledEvents} from './unjournalled-events.js';
import {CHECK_PARTS, type CheckPart, PartOfReport, type Verdict} from './verdict.js';

/**
 * Looks at the memory and changes nothing of it: the store's files and values, what of them follows from what else, the journal, and
 * whether store and journal hold the same. The store is let go in between. Damage is what it finds, not why it fails.
 * @throws MemError NO_STORE, STORE_BUSY, FORMAT_NEWER, IO_ERROR
 */
export async function check(mem: Mem, options: CheckOptions): Promise<CheckReport> {
  const run = new Check(mem, options);
  await run.all();
  return run.report();
}

class Check {
  readonly #mem: Mem;
  readonly #options: CheckOptions;
  readonly #at: EpochMs;
  readonly #parts = new Map<CheckPart, PartOfReport>();
  readonly #table = new IdTable();
  readonly #pending = new PendingParts();
  /** Names of versions that the store has and the journal did not have when it was read. */
  readonly #unmet = new Set<string>();
  #forgotten: readonly Tombstone[] = [];
  #storeFault: string | undefined;
  #isLost = false;
  #isJournalShort = false;

  constructor(mem: Mem, options: CheckOptions) {
    this.#mem = mem;
    this.#options = options;
    this.#at = mem.clock();
  }

  report(): CheckReport {
    const verdicts = CHECK_PARTS.flatMap((name): Verdict[] => {
      const part = this.#parts.get(name);
      if (part === undefined) return [];
      const {looked, faults, examples} = part;
      return [{part: name, looked, faults, examples, remarks: [...this.#pending.remarks(name), ...part.allRemarks()]}];
    });
    const isWrong = this.#storeFault !== undefined || verdicts.some(({faults}) => faults > 0);
    const {depth, signal} = this.#options;
    const wrong = new Set([...this.#parts.values()].flatMap((part) => [...part.wrong]));
    if (this.#storeFault !== undefined) wrong.add('store');
    return {
      wrong,
      isJournalShort: this.#isJournalShort,
      isIndexWrong: (this.#parts.get('search')?.faults ?? 0) > 0,
      depth,
      at: this.#at,
      verdicts,
      storeFault: this.#storeFault,
      cure: !isWrong ? undefined : this.#isLost ? 'mem rebuild' : 'mem repair',
      isWhole: signal?.aborted !== true,
    };
  }

  async all(): Promise<void> {
    const {depth, slice} = this.#options;
    const {maintenance} = this.#mem.store;
    const lost = maintenance?.lostStore();
    if (lost !== undefined) {
      this.#storeFault = lost.message;
      this.#isLost = maintenance?.keptStores().length === 0;
      await this.#journal(false);
      return;
    }
    await this.#files();
    const canOpen = this.#part('store-files').faults === 0 && (await this.#drain());
    if (canOpen) await this.#orFault(async () => this.#pending.read(this.#mem));
    if (canOpen) await this.#pending.readArrivals(this.#mem);
    if (canOpen) this.#pending.readForgettings(this.#mem);
    if (canOpen) {
      if (depth !== 'fast' && slice === undefined) await this.#inTurns('store-values', (current, part) => this.#values(current, part));
      if (depth !== 'fast') await this.#inTurns('events', (current, part) => this.#events(current, part));
      if (depth !== 'fast') await this.#inTurns('search', (current, part) => this.#search(current, part));
    }
    const comparesLines = canOpen && depth !== 'fast' && slice === undefined && this.#isReadWhole('events');
    // Before the journal, to which they are written first.
    if (comparesLines) this.#forgotten = await this.#mem.store.use(JOB_PATIENCE_MS, (store) => store.tombstones());
    const journalled = await this.#journal(comparesLines);
    // Without slices: they are read once, whatever is compared with them.
    if (canOpen && slice === undefined)
      await this.#inTurns('nodes', (current, part) => this.#nodes(current, part, comparesLines ? journalled.versions : undefined));
    if (this.#unmet.size > 0) await this.#inPauses(lookAgain(this.#mem, this.#unmet, this.#part('journal-nodes')));
    if (comparesLines) await this.#inTurns('journal-events', (current, part) => this.#unjournalled(current, part, journalled));
  }

  #isReadWhole(part: CheckPart): boolean {
    return this.#storeFault === undefined && this.#options.signal?.aborted !== true && this.#parts.has(part);
  }

  #part(name: CheckPart): PartOfReport {
    const part = this.#parts.get(name) ?? new PartOfReport(name, {isShared: this.#mem.store.maintenance === undefined});
    this.#parts.set(name, part);
    return part;
  }

  #progress(part: CheckPart): (looked: number) => void {
    return (looked) => this.#options.onProgress?.(part, looked);
  }

  async #files(): Promise<void> {
    const part = this.#part('store-files');
    let looked = 0;
    const onFile = (): void => this.#progress('store-files')(++looked);
    const found = await this.#mem.store.maintenance?.lookAtFiles(onFile, this.#options.signal);
    if (found !== undefined) part.add(found);
  }

  /** What waits is part of the memory. @returns whether the store can be opened */
  async #drain(): Promise<boolean> {
    return this.#orFault(async () => {
      await withDrainedStore(this.#mem, {patienceMs: JOB_PATIENCE_MS, drainMs: JOB_PATIENCE_MS}, async () => undefined);
    });
  }

  /** @returns false where the store is damaged in such a way that the work could not be done */
  async #orFault(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof MemError) || error.code !== 'STORE_DAMAGED') throw error;
      this.#storeFault ??= error.message;
      return false;
    }
  }

  async #inTurns(name: CheckPart, work: (current: () => CaredStore, part: PartOfReport) => AsyncGenerator<void, void>): Promise<void> {
    const {signal} = this.#options;
    if (signal?.aborted) return;
    const part = this.#part(name);
    await this.#orFault(() =>
      holdInTurns(this.#mem, JOB_PATIENCE_MS, async function* (current) {
        for await (const _ of work(() => cared(current()), part)) {
          if (signal?.aborted) return;
          yield;
        }
      }),
    );
  }

  async *#values(current: () => CaredStore, part: PartOfReport): AsyncGenerator<void, void> {
    for (let from: string | undefined, isFirst = true; isFirst || from !== undefined; isFirst = false) {
      const page: Awaited<ReturnType<CaredStore['care']['lookAtValues']>> = await current().care.lookAtValues(from);
      part.add(page);
      this.#progress('store-values')(part.looked);
      from = page.next;
      yield;
    }
  }

  async *#events(current: () => CaredStore, events: PartOfReport): AsyncGenerator<void, void> {
    const scope = scopeOf(this.#options.depth, this.#at, this.#options.slice);
    const days = this.#part('session-days');
    yield* checkEvents(current, scope, {events, days, table: this.#table}, this.#progress('events'));
    if (scope.slice !== undefined) return;
    const counted = this.#table.count;
    const {events: stored} = await current().counters();
    // Events that came during the look are in the counters and may not be in the table.
    if (stored < counted) events.fault(`the store says that it has ${stored} events, and has ${counted}`);
  }

  async *#search(current: () => CaredStore, part: PartOfReport): AsyncGenerator<void, void> {
    yield* checkSearch(current, scopeOf(this.#options.depth, this.#at, this.#options.slice), part, this.#progress('search'));
  }

  async *#nodes(current: () => CaredStore, part: PartOfReport, journalled: Versions | undefined): AsyncGenerator<void, void> {
    const isFast = this.#options.depth === 'fast';
    const citations = isFast ? undefined : this.#part('citations');
    const backfill = current().journal?.backfill;
    const lines = journalled && backfill === undefined ? {report: this.#part('journal-nodes'), versions: journalled} : undefined;
    for await (const histories of allHistories(current)) {
      if (histories !== undefined) {
        await checkPointers(current(), histories, part);
        if (citations !== undefined && this.#isReadWhole('events')) await checkCitations(current(), histories, this.#table, citations);
        if (lines !== undefined) for (const name of compareVersions(histories, lines.versions, lines.report)) this.#unmet.add(name);
        this.#progress('nodes')(part.looked);
      } else yield;
    }
    if (lines !== undefined) await lostVersions(this.#mem, current(), this.#pending.withoutNodes(lines.versions), lines.report);
  }

  async #journal(compares: boolean): Promise<Journalled> {
    const {slice, depth, signal} = this.#options;
    // Known from the openings of the store until now.
    if (this.#mem.store.maintenance?.journal?.facts?.shortSince !== undefined) this.#part('journal').fault('events that it held are gone');
    if (!this.#mem.journal.hasFiles() || signal?.aborted) return NOTHING_JOURNALLED;
    const reports = {journal: this.#part('journal'), events: this.#part('journal-events'), nodes: this.#part('journal-nodes')};
    const ask: AskStore = (work) => this.#mem.store.use(JOB_PATIENCE_MS, (store) => work(cared(store)));
    const look = {reports, pending: this.#pending, ask, onMember: this.#progress('journal')};
    const stored = compares ? {table: this.#table} : undefined;
    return (await this.#inPauses(checkJournal(this.#mem, scopeOf(depth, this.#at, slice), stored, look))) ?? NOTHING_JOURNALLED;
  }

  async *#unjournalled(current: () => CaredStore, part: PartOfReport, journalled: Journalled): AsyncGenerator<void, void> {
    const {backfill} = current().journal ?? {};
    if (backfill !== undefined) {
      this.#isJournalShort = true;
      part.remarks.push(`${backfill.written} of ${backfill.of} events that were stored before there was a journal stand in it`);
      return;
    }
    yield* unjournalledEvents(current, this.#table, this.#pending, part);
    await checkTombstones(current(), this.#forgotten, journalled.forgotten, this.#part('journal'));
  }

  /** Reads the journal member by member. @returns undefined where a signal ended it */
  async #inPauses<T>(reading: AsyncGenerator<void, T>): Promise<T | undefined> {
    for (let members = 1; ; members++) {
      const step = await reading.next();
      if (step.done) return step.value;
      // Reading waits for nothing: no signal would come through.
      if (members % MEMBERS_PER_PAUSE === 0) await this.#mem.store.pause();
      if (this.#options.signal?.aborted) return undefined;
    }
  }
}

const MEMBERS_PER_PAUSE = 32;
