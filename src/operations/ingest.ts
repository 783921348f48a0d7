import type {Clock} from '../clock.js';
import type {EpochMs} from '../domain/event.js';
import {LINE_LIMIT, lineTooLong, parseLine} from '../domain/event-parse.js';
import {RecordBuffer} from '../domain/event-record.js';
import {LineSplitter, type SplitLine} from '../domain/line-splitter.js';
import type {RejectedLine} from '../domain/rejection.js';
import {MemError} from '../errors.js';
import type {Inbox} from '../inbox/inbox.js';
import type {Input, InputSource} from '../input.js';
import {BackgroundDrain, type LoadDrain} from './background-drain.js';
import {openOrProblem, readOrProblem} from './input-problem.js';

const BLOCK_BYTES = 1024 * 1024;
/** Half of what a file may have: with 4 MiB the peak memory of a bulk import was 270 MB, with 2 MiB 230 MB, at the same speed. */
const CHUNK_BYTES = 2 * 1024 * 1024;
/** What came is acknowledged when nothing more came for this long. */
const IDLE_MS = 1_000;
/** As many bad lines as are listed one by one. */
const LISTED = 20;
/** Times of arrival run at most this far ahead of the clock. */
const AHEAD_MS = 60_000;

export interface IngestDeps {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly randomBits: () => string;
  /** Called only when there is something to drain: what it loads is more than all the rest. */
  readonly loadDrain: LoadDrain;
}

export interface IngestProgress {
  readonly bytes: number;
  /** Of all inputs that were opened so far; undefined when one is a pipe. */
  readonly totalBytes: number | undefined;
  readonly accepted: number;
  readonly rejected: number;
}

export interface IngestOptions {
  /** The store is waited for, up to 3 s, and what was ingested is drained. */
  readonly drain?: boolean;
  readonly onRejected?: (line: RejectedLine) => void;
  readonly onProgress?: (progress: IngestProgress) => void;
}

export interface IngestResult {
  /** Events that are acknowledged: those stored, the duplicates, those queued, and those whose id turned out to be another event's. */
  readonly accepted: number;
  readonly stored: number;
  readonly duplicates: number;
  /** Events that are on disk in the inbox and were not drained by this call. */
  readonly queued: number;
  readonly rejectedCount: number;
  /** The first of them; `onRejected` is told of all. */
  readonly rejected: readonly RejectedLine[];
  /** Inputs that could not be read, or not to their end. */
  readonly problems: readonly MemError[];
  /** Why what was ingested could not be drained; nothing was lost by it. */
  readonly drainProblem: unknown;
}

/**
 * Takes events in, chunk by chunk: a chunk is acknowledged when it is in the inbox for good. A bad line or an unreadable input stops
 * none of the others.
 * @throws MemError NOT_WRITTEN, IO_ERROR when the inbox cannot be written; what was acknowledged before stays
 */
export async function ingest(sources: readonly InputSource[], deps: IngestDeps, options: IngestOptions = {}): Promise<IngestResult> {
  const run = new IngestRun(deps, options);
  try {
    for (const source of sources) await run.take(source);
    return await run.finish();
  } finally {
    await run.settle();
  }
}

class IngestRun {
  readonly #deps: IngestDeps;
  readonly #options: IngestOptions;
  readonly #drain: BackgroundDrain;
  readonly #context: {arrivedAt: EpochMs; now: EpochMs; readonly randomBits: () => string};
  readonly #memory = new RecordBuffer(CHUNK_BYTES + BLOCK_BYTES);
  #chunk: Buffer[] = [];
  #chunkBytes = 0;
  #bad: RejectedLine[] = [];
  #badBytes = 0;
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
    const now = deps.clock();
    this.#context = {arrivedAt: now, now, randomBits: deps.randomBits};
  }

  async take(source: InputSource): Promise<void> {
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
    // Two blocks: while one is cut into events, the other is being filled.
    let block = Buffer.allocUnsafe(BLOCK_BYTES);
    let other = Buffer.allocUnsafe(BLOCK_BYTES);
    let reading = readOrProblem(input, block);
    for (;;) {
      const size = await this.#flushIfIdle(reading);
      if (size instanceof MemError) return size;
      if (size === 0) break;
      lines.push(block.subarray(0, size));
      [block, other] = [other, block];
      reading = readOrProblem(input, block);
      this.#bytes += size;
      this.#context.now = this.#deps.clock();
      for (let line = lines.next(); line !== undefined; line = lines.next()) {
        this.#takeLine(line, file);
        if (this.#chunkBytes >= CHUNK_BYTES || this.#badBytes >= CHUNK_BYTES) await this.#flush();
      }
      this.#options.onProgress?.({
        bytes: this.#bytes,
        totalBytes: this.#totalBytes,
        accepted: this.#accepted,
        rejected: this.#rejectedCount,
      });
    }
    const last = lines.end();
    if (last !== undefined) this.#takeLine(last, file);
    return undefined;
  }

  async #flushIfIdle<T>(reading: Promise<T>): Promise<T> {
    if (this.#chunk.length + this.#bad.length === 0) return reading;
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, IDLE_MS, undefined);
    });
    const came = await Promise.race([reading, idle]);
    clearTimeout(timer);
    if (came === undefined) await this.#flush();
    return reading;
  }

  #takeLine({number, bytes, size}: SplitLine, file: string): void {
    const parsed = size > LINE_LIMIT ? lineTooLong(size) : parseLine(bytes, this.#context);
    switch (parsed.kind) {
      case 'blank':
        return;
      case 'event': {
        const record = this.#memory.encode(parsed.event);
        this.#chunk.push(record);
        this.#chunkBytes += record.length;
        if (!parsed.event.hasTime) this.#tickArrival();
        return;
      }
      case 'rejected': {
        const {code, reason, hint} = parsed;
        const line = {code, reason, hint, file, line: number, raw: Buffer.from(bytes), bytes: size};
        this.#bad.push(line);
        this.#badBytes += bytes.length;
        this.#list(line);
      }
    }
  }

  /** Lines without a time that came together are a conversation all the same: each arrives after the one before it. */
  #tickArrival(): void {
    const {now, arrivedAt} = this.#context;
    this.#context.arrivedAt = Math.min(Math.max(now, arrivedAt + 1), now + AHEAD_MS) as EpochMs;
  }

  #list(line: RejectedLine): void {
    this.#rejectedCount++;
    if (this.#rejected.length < LISTED) this.#rejected.push(line);
    this.#options.onRejected?.(line);
  }

  async #flush(): Promise<void> {
    // Bad lines first: the same ones again are kept once, so that all may be sent again when what follows fails.
    if (this.#bad.length > 0) this.#deps.inbox.keepBad(this.#bad);
    this.#bad = [];
    this.#badBytes = 0;
    if (this.#chunk.length === 0) return;
    const name = this.#deps.inbox.write(this.#chunk, this.#deps.clock());
    this.#accepted += this.#chunk.length;
    const bytes = this.#chunkBytes;
    this.#chunk = [];
    this.#chunkBytes = 0;
    this.#memory.reset();
    await this.#drain.wrote(name, bytes);
  }

  async finish(): Promise<IngestResult> {
    await this.#flush();
    await this.#drain.finish(this.#options.drain === true);
    const {stored, duplicates, conflicts} = this.#drain;
    return {
      accepted: this.#accepted,
      stored,
      duplicates,
      queued: this.#accepted - stored - duplicates - conflicts,
      rejectedCount: this.#rejectedCount,
      rejected: this.#rejected,
      problems: this.#problems,
      drainProblem: this.#drain.problem,
    };
  }

  /** Waits for a drain that is under way: the process must not end in the middle of it without need. */
  settle(): Promise<void> {
    return this.#drain.settle();
  }
}

/** For a call that mem itself caused, by way of the model it asked: reads standard input to its end, keeps nothing, and counts the call. */
export async function ignoreInput(sources: readonly InputSource[], inbox: Inbox): Promise<void> {
  inbox.noteIgnoredCall();
  for (const source of sources) {
    if (source.name !== '-') continue;
    const input = source.open();
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    // Whoever writes to a pipe that nobody reads is stopped by a signal.
    while ((await input.read(block)) > 0);
  }
}
