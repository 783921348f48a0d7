import type {EpochMs} from '../../domain/event/event.js';
import type {NewEvent} from '../../domain/event/event-record.js';
import type {IngestProgress, IngestResult} from '../../domain/event/ingest-result.js';
import {LINE_LIMIT, lineTooLong, parseLine} from '../../domain/event/parse/event-parse.js';
import {LineSplitter, type SplitLine} from '../../domain/event/parse/line-splitter.js';
import type {RejectedLine} from '../../domain/event/parse/rejection.js';
import {isTranscriptStart} from '../../domain/event/parse/transcript-start.js';
import type {Redactor} from '../../domain/event/redactor.js';
import {instant} from '../../domain/time/instant.js';
import {MemError} from '../../errors.js';
import type {Inbox} from '../../inbox/inbox.js';
import type {Clock} from '../../system/clock.js';
import type {Input, InputSource} from '../../system/input.js';
import {ArrivalClock} from './arrival-clock.js';
import {BackgroundDrain, type LoadDrain} from './background-drain.js';
import {BadLineRedactor} from './bad-line-redactor.js';
import {Chunk} from './chunk.js';
import {openOrProblem, readOrProblem, transcriptProblem} from './input-problem.js';
import {refusedInbox} from './refused-inbox.js';

const BLOCK_BYTES = 1024 * 1024;
/** Input that was held for this long is acknowledged, whether or not more comes. */
const HOLD_LINES_MS = 1_000;
/** How many bad lines are listed one by one. */
const LISTED = 20;

export interface IngestDeps {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly randomBits: () => string;
  readonly redactor: Redactor;
  /** Called only when there is something to drain: what it loads is more than all the rest. */
  readonly loadDrain: LoadDrain;
}

export interface IngestOptions {
  /** Waits up to 3 s for the store, and drains everything that was ingested. */
  readonly drain?: boolean;
  readonly onRejected?: (line: RejectedLine) => void;
  readonly onProgress?: (progress: IngestProgress) => void;
}

/**
 * Takes events in, chunk by chunk. A chunk is acknowledged when the inbox has it on disk. A bad line or an unreadable input does not stop
 * the others. An inbox that cannot be written ends the ingest; earlier events stay acknowledged, and the result tells both.
 */
export async function ingest(sources: readonly InputSource[], deps: IngestDeps, options: IngestOptions = {}): Promise<IngestResult> {
  const run = new IngestRun(deps, options);
  try {
    return await run.finish(await run.takeAll(sources));
  } finally {
    await run.settle();
  }
}

class IngestRun {
  readonly #deps: IngestDeps;
  readonly #options: IngestOptions;
  readonly #drain: BackgroundDrain;
  readonly #arrival: ArrivalClock;
  readonly #chunk = new Chunk(BLOCK_BYTES);
  /** When the oldest line in the chunk came. */
  readonly #badLines: BadLineRedactor;
  #heldSince: EpochMs | undefined;
  #accepted = 0;
  #rejectedCount = 0;
  readonly #rejected: RejectedLine[] = [];
  readonly #problems: MemError[] = [];
  #bytes = 0;
  #totalBytes: number | undefined = 0;

  constructor(deps: IngestDeps, options: IngestOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#drain = new BackgroundDrain(deps.inbox, deps.loadDrain, (conflict) => this.#list(conflict));
    this.#badLines = new BadLineRedactor(deps.redactor);
    this.#arrival = new ArrivalClock(deps.clock(), deps.randomBits, deps.redactor);
  }

  /** Takes all input, or as much as the inbox takes. @returns why it took no more */
  async takeAll(sources: readonly InputSource[]): Promise<MemError | undefined> {
    try {
      for (const source of sources) await this.#take(source);
      await this.#flush();
      return undefined;
    } catch (error) {
      // Errors of an input are values: a thrown error comes from the inbox.
      if (error instanceof MemError) return error;
      throw error;
    }
  }

  async #take(source: InputSource): Promise<void> {
    const input = openOrProblem(source);
    if (input instanceof MemError) {
      this.#problems.push(input);
      return;
    }
    this.#totalBytes = this.#totalBytes === undefined || input.size === undefined ? undefined : this.#totalBytes + input.size;
    try {
      const problem = await this.#takeBlocks(input, source.name);
      if (problem !== undefined) this.#problems.push(problem);
    } finally {
      input.close();
    }
  }

  async #takeBlocks(input: Input, file: string): Promise<MemError | undefined> {
    const lines = new LineSplitter(LINE_LIMIT);
    // Two blocks: while one is cut into events, the other is filled.
    let block = Buffer.allocUnsafe(BLOCK_BYTES);
    let other = Buffer.allocUnsafe(BLOCK_BYTES);
    let reading = readOrProblem(input, block);
    let isFirst = true;
    for (;;) {
      const size = await this.#flushWhenOld(reading);
      if (size instanceof MemError) return size;
      if (size === 0) break;
      if (isFirst && isTranscriptStart(block.subarray(0, size))) return transcriptProblem(file);
      isFirst = false;
      this.#arrival.came(this.#deps.clock());
      lines.push(block.subarray(0, size));
      [block, other] = [other, block];
      reading = readOrProblem(input, block);
      this.#bytes += size;
      for (let line = lines.next(); line !== undefined; line = lines.next()) {
        const left = this.#takeLine(line, file);
        if (left !== undefined) await this.#flushAndTake(left);
        if (this.#chunk.isFull) await this.#flush();
      }
      this.#options.onProgress?.({
        bytes: this.#bytes,
        totalBytes: this.#totalBytes,
        accepted: this.#accepted,
        rejected: this.#rejectedCount,
      });
    }
    const last = lines.end();
    const left = last === undefined ? undefined : this.#takeLine(last, file);
    if (left !== undefined) await this.#flushAndTake(left);
    return undefined;
  }

  async #flushAndTake(event: NewEvent): Promise<void> {
    await this.#flush();
    this.#takeEvent(event);
  }

  /** Waits for `reading`. Meanwhile it acknowledges the chunk when its oldest line becomes too old. */
  async #flushWhenOld<T>(reading: Promise<T>): Promise<T> {
    if (this.#chunk.isEmpty) return reading;
    const now = this.#deps.clock();
    // A clock that was set back must not make it wait longer.
    this.#heldSince = instant(Math.min(this.#heldSince ?? this.#arrival.now, now));
    const left = this.#heldSince + HOLD_LINES_MS - now;
    if (left <= 0 || !(await cameWithin(reading, left))) await this.#flush();
    return reading;
  }

  /** @returns the event that the chunk has no room for, if there is one: the chunk must be flushed first */
  #takeLine({number, bytes, size}: SplitLine, file: string): NewEvent | undefined {
    const parsed = size > LINE_LIMIT ? lineTooLong(size) : parseLine(bytes, this.#arrival);
    switch (parsed.kind) {
      case 'blank':
        return undefined;
      case 'event':
        return this.#takeEvent(parsed.event) ? undefined : parsed.event;
      case 'rejected': {
        const {code, hint} = parsed;
        const {redactor} = this.#deps;
        const line = {
          code,
          reason: redactor.text(parsed.reason),
          hint,
          file,
          line: number,
          raw: this.#badLines.redact(bytes),
          bytes: size,
        };
        this.#chunk.addBad(line);
        this.#list(line);
        return undefined;
      }
    }
  }

  #takeEvent(event: NewEvent): boolean {
    if (!this.#chunk.add(event)) return false;
    if (!event.hasTime) this.#arrival.tick();
    return true;
  }

  #list(line: RejectedLine): void {
    this.#rejectedCount++;
    if (this.#rejected.length < LISTED) this.#rejected.push(line);
    this.#options.onRejected?.(line);
  }

  async #flush(): Promise<void> {
    const {bad, records, recordBytes} = this.#chunk;
    // Bad lines first: the same ones are kept only once, so if the next step fails, everything can be sent again.
    if (bad.length > 0) this.#deps.inbox.keepBad(bad);
    this.#chunk.forgetBad();
    this.#heldSince = undefined;
    if (records.length === 0) return;
    const name = this.#deps.inbox.write(records, this.#deps.clock());
    this.#accepted += records.length;
    this.#chunk.forgetRecords();
    await this.#drain.wrote({name, bytes: recordBytes, events: records.length});
  }

  /** @param refusal why the inbox took no more. Then nothing is drained either: a full disk would not allow it. */
  async finish(refusal: MemError | undefined): Promise<IngestResult> {
    if (refusal === undefined) await this.#drain.finish(this.#options.drain === true);
    else await this.#drain.settle();
    if (refusal !== undefined) this.#problems.push(refusedInbox(refusal, this.#accepted));
    const {stored, duplicates, conflicts, drainedElsewhere} = this.#drain;
    return {
      accepted: this.#accepted,
      stored,
      duplicates,
      drainedElsewhere,
      queued: this.#accepted - stored - duplicates - conflicts - drainedElsewhere,
      rejectedCount: this.#rejectedCount,
      rejected: this.#rejected,
      problems: this.#problems,
      isCutShort: refusal !== undefined,
      drainProblem: this.#drain.problem,
    };
  }

  /** Waits for a running drain: the process should not end in the middle of it. */
  settle(): Promise<void> {
    return this.#drain.settle();
  }
}

async function cameWithin(reading: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const came = await Promise.race([reading.then(() => true), late]);
  clearTimeout(timer);
  return came;
}
