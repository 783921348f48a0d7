import type {EpochMs} from '../../../domain/event/event.js';
import type {Calendar} from '../../../domain/time/period.js';
import {dayId} from '../../../domain/toc/node-id.js';
import type {Summarizer} from '../../../domain/toc/summary.js';
import {eventLoopTurn} from '../../../system/sleep.js';
import type {Made} from '../commit/made.js';
import type {RecordsOfSessionDay} from '../find/read-session-days.js';
import type {Work} from '../find/work.js';
import {sessionDayMaker} from './make-session-days.js';
import {packGroup} from './pack-group.js';
import type {GroupToMake, SessionDayThread, ThreadSetup} from './session-day-thread.js';

/** A thread takes about 100 ms to start and to get as fast as the first one: from so many events on it is worth that. */
const EVENTS_BEFORE_START = 5_000;
/** One is made there, and one lies ready. */
const MOST_AT_THREAD = 2;
/** About so many events, and so many bytes of them, give a segment. */
const EVENTS_PER_SEGMENT = 20;
const BYTES_PER_SEGMENT = 16 * 1024;
/**
 * Packed, events take a third of the memory or less: a batch is so much larger. Each batch is an opening of the store, and leaves LevelDB
 * files to merge: with batches of a third, that took twice the time.
 */
const PACKED_SHARE = 1 / 3;
/** In a record's JSON: within a text the quotation marks would be escaped. What stands in for another event is told by what is stored around it. */
const STAND_INS = ['"source":"hook"', '"source":"history"'];

/** A group that is made on either thread, whichever comes to it first. */
interface Group {
  readonly packed: GroupToMake;
  made: Promise<readonly Made[]> | undefined;
}

export interface ThreadedDaysParts {
  readonly setup: Omit<ThreadSetup, 'summarizer'>;
  readonly summarizer: Summarizer;
  readonly calendar: Calendar;
  readonly start: (setup: ThreadSetup) => SessionDayThread | undefined;
}

/** Shares session-days with another thread, where a run is so large that it earns its start. */
export class ThreadedDays {
  readonly #parts: ThreadedDaysParts;
  readonly #now: EpochMs;
  readonly #makeHere: (group: GroupToMake) => Promise<readonly Made[]>;
  /** In the order in which they are asked for; what nobody has begun. */
  readonly #queue: Group[] = [];
  #events = 0;
  #thread: SessionDayThread | undefined;

  constructor(parts: ThreadedDaysParts) {
    this.#parts = parts;
    this.#now = parts.setup.now;
    this.#makeHere = sessionDayMaker(parts.setup, parts.summarizer);
  }

  /** The work of a group that either thread makes; undefined where it is to be made with the store at hand. */
  workOf(days: readonly RecordsOfSessionDay[]): readonly Work[] | undefined {
    const before = this.#events;
    for (const {records} of days) this.#events += records.length;
    if (before < EVENTS_BEFORE_START || !days.every((sessionDay) => this.#isNew(sessionDay))) return undefined;
    const packed = packGroup(days);
    if (STAND_INS.some((text) => Buffer.from(packed.bytes.buffer).includes(text))) return undefined;
    const {start, setup, summarizer} = this.#parts;
    this.#thread ??= start({...setup, summarizer});
    if (this.#thread === undefined) return undefined;
    const group: Group = {packed, made: undefined};
    this.#queue.push(group);
    this.#handOver(this.#thread);
    return days.map((sessionDay, at) => this.#work(sessionDay, group, at));
  }

  async endThread(): Promise<void> {
    await this.#thread?.end();
  }

  /** To be called when the rollup is over, also where it failed. */
  async end(): Promise<void> {
    try {
      await this.endThread();
    } finally {
      this.#thread?.restoreFlags();
    }
  }

  /** Whether its day is over and nothing was made of it: then nothing of the store is needed beside its records. */
  #isNew({mark, pointers}: RecordsOfSessionDay): boolean {
    return pointers.length === 0 && this.#parts.calendar.boundsOf(dayId(mark.date)).end <= this.#now;
  }

  #handOver(thread: SessionDayThread): void {
    while (thread.waiting < MOST_AT_THREAD) {
      const group = this.#queue.shift();
      if (group === undefined) return;
      group.made = thread.make(group.packed);
      group.made.then(
        () => this.#handOver(thread),
        // It fails where it is waited for.
        () => undefined,
      );
    }
  }

  /** What was made of a group. Until it is, this thread makes groups too, the ones that are asked for next. */
  async #madeOf(group: Group): Promise<readonly Made[]> {
    let isThere = false;
    const settled = () => {
      isThere = true;
    };
    group.made?.then(settled, settled);
    for (;;) {
      await eventLoopTurn();
      if (isThere && group.made) return group.made;
      const next = this.#queue.shift();
      if (next === undefined) break;
      next.made = this.#makeHere(next.packed);
      next.made.catch(() => undefined);
      await next.made.catch(() => undefined);
      if (next === group) break;
    }
    return group.made ?? [];
  }

  #work({mark, records}: RecordsOfSessionDay, group: Group, at: number): Work {
    return {
      mark,
      toMake: [],
      retracted: [],
      left: [],
      isSettled: true,
      time: this.#parts.calendar.boundsOf(dayId(mark.date)).end,
      size: packedSize(records),
      partsLeft: 1,
      made: async () => {
        const made = (await this.#madeOf(group))[at];
        if (made === undefined) throw new Error(`nothing was made of ${mark.date}${mark.sessionKey}`);
        return made;
      },
    };
  }
}

function packedSize(records: RecordsOfSessionDay['records']): number {
  const bytes = records.reduce((sum, {record}) => sum + record.length, 0);
  return Math.max(1, records.length / EVENTS_PER_SEGMENT, bytes / BYTES_PER_SEGMENT) * PACKED_SHARE;
}
