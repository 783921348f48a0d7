import type {EpochMs} from '../../../domain/event/event.js';
import type {EveryMark} from '../../../domain/event/tombstone.js';
import {systemClock, systemTicks} from '../../../system/clock.js';
import type {JournalFacts} from '../../port/journal.js';
import type {Committer} from '../commit/committer.js';
import type {Db} from '../db.js';
import type {Reader} from '../read/reader.js';
import {readSlice} from './backfill.js';
import {type Healing, healings, prepareHealing} from './heal.js';
import type {JournalLines} from './journal-lines.js';
import type {JournalSession} from './journal-session.js';
import {closed, factsOf} from './stored-journal.js';

export interface KeeperParts {
  readonly db: Db;
  readonly reader: Reader;
  readonly committer: Committer;
  readonly session: JournalSession;
  readonly markWords: EveryMark | undefined;
}

/** So long an opening takes over what only the journal has. A drain takes over the rest. */
const HEALING_MS = 150;

/** Keeps an open store and the journal beside it at one: takes over what only the journal has, writes to it what only the store has. */
export class JournalKeeper {
  readonly #db: Db;
  readonly #reader: Reader;
  readonly #committer: Committer;
  readonly #session: JournalSession;
  readonly #markWords: EveryMark | undefined;
  #healings: Iterator<Healing> | undefined;

  /** Takes over what the store lacks, as far as that goes fast. */
  static async open(parts: KeeperParts): Promise<JournalKeeper> {
    const now = systemClock();
    const since = systemTicks();
    const keeper = new JournalKeeper(parts, now);
    await keeper.heal(now, () => systemTicks() - since > HEALING_MS);
    return keeper;
  }

  private constructor({db, reader, committer, session, markWords}: KeeperParts, at: EpochMs) {
    this.#db = db;
    this.#reader = reader;
    this.#committer = committer;
    this.#session = session;
    this.#markWords = markWords;
    const rest = session.findRest(at);
    if (rest.length > 0) this.#healings = healings(rest, session.state)[Symbol.iterator]();
  }

  get facts(): JournalFacts {
    return factsOf(this.#session.state, this.#committer.counters.events);
  }

  /**
   * Takes over what lies behind the known ends. Nothing may be appended before all of it is taken over.
   * @param isEnough asked after each commit whether to stop
   */
  async heal(at: EpochMs, isEnough: () => boolean = () => false): Promise<void> {
    while (this.#healings !== undefined) {
      const {done, value} = this.#healings.next();
      if (done === true) this.#healings = undefined;
      else
        await this.#committer.write(at, true, () =>
          prepareHealing(this.#reader, this.#committer.header, value, {at, markWords: this.#markWords}),
        );
      if (isEnough()) return;
    }
  }

  /** Writes slices of what was stored before there was a journal, one at least. @returns whether something is left */
  async backfill(at: EpochMs, maxMs: number): Promise<boolean> {
    await this.heal(at);
    const since = systemTicks();
    while (await this.#backfillSlice(at)) if (systemTicks() - since >= maxMs) return true;
    return false;
  }

  #backfillSlice(at: EpochMs): Promise<boolean> {
    const before = this.#session.state.backfill;
    if (before === undefined) return Promise.resolve(false);
    return this.#committer.write(at, true, async () => {
      const {lines, next} = await readSlice(this.#db, this.#reader, before);
      const state = await this.#session.append(lines === undefined || lines.lines.length === 0 ? [] : [lines], at, true);
      // All that is stored stands in the journal now, whatever it had lost.
      const journal = {...state, backfill: next, ...(next === undefined && {shortSince: undefined})};
      return {changes: [], result: next !== undefined, journal};
    });
  }

  /** See `JournalSession.close`. After a failed commit, too: what was committed before it may survive. */
  close(): void {
    try {
      this.#session.close();
    } catch (error) {
      // That commit's failure is what the caller is told.
      if (!this.#committer.hasFailed) throw error;
    }
  }

  /** Ends the files that are appended to: the next line begins new ones. */
  async endFiles(at: EpochMs): Promise<void> {
    await this.heal(at);
    await this.#committer.write(at, true, async () => ({
      changes: [],
      result: undefined,
      journal: closed(this.#session.state, this.#session.writer),
    }));
  }

  /** Writes lines of what the store has and the journal lacks. */
  async append(lines: JournalLines, at: EpochMs): Promise<void> {
    await this.heal(at);
    await this.#committer.write(at, true, async () => ({
      changes: [],
      result: undefined,
      journal: await this.#session.append([lines], at, true),
    }));
  }

  /** What the journal had lost stands in it again. */
  async noteWhole(at: EpochMs): Promise<void> {
    const {state} = this.#session;
    if (state.shortSince === undefined) return;
    await this.#committer.write(at, true, async () => ({changes: [], result: undefined, journal: {...state, shortSince: undefined}}));
  }
}
