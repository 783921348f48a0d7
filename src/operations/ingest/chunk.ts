import type {NewEvent} from '../../domain/event/event-record.js';
import {RecordBuffer} from '../../domain/event/event-record.js';
import type {RejectedLine} from '../../domain/event/parse/rejection.js';

/** Half of a file's limit. With 4 MiB the peak memory of a bulk import was 270 MB, with 2 MiB 230 MB, at the same speed. */
const FULL_BYTES = 2 * 1024 * 1024;
/** A file has at most 4 MiB. The rest is for its head and for the frames around the small records. */
const MOST_BYTES = 3.5 * 1024 * 1024;

/** Input that was read and is not acknowledged yet: the records of one inbox file, and bad lines. */
export class Chunk {
  readonly #memory: RecordBuffer;
  #records: Buffer[] = [];
  #recordBytes = 0;
  #bad: RejectedLine[] = [];
  #badBytes = 0;

  /** @param blockBytes the size of an input block */
  constructor(blockBytes: number) {
    this.#memory = new RecordBuffer(FULL_BYTES + blockBytes);
  }

  get records(): readonly Buffer[] {
    return this.#records;
  }

  get recordBytes(): number {
    return this.#recordBytes;
  }

  get bad(): readonly RejectedLine[] {
    return this.#bad;
  }

  get isEmpty(): boolean {
    return this.#records.length + this.#bad.length === 0;
  }

  get isFull(): boolean {
    return this.#recordBytes >= FULL_BYTES || this.#badBytes >= FULL_BYTES;
  }

  /** @returns false when the event would make a file too large and was not taken. An empty chunk takes every event, however large. */
  add(event: NewEvent): boolean {
    const record = this.#memory.encode(event);
    if (this.#records.length > 0 && this.#recordBytes + record.length > MOST_BYTES) return false;
    this.#records.push(record);
    this.#recordBytes += record.length;
    return true;
  }

  addBad(line: RejectedLine): void {
    this.#bad.push(line);
    this.#badBytes += line.raw.length;
  }

  forgetBad(): void {
    this.#bad = [];
    this.#badBytes = 0;
  }

  /** The memory of the records is used again. */
  forgetRecords(): void {
    this.#records = [];
    this.#recordBytes = 0;
    this.#memory.reset();
  }
}
