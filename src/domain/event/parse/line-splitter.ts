const LINE_FEED = 10;
const NOTHING = Buffer.alloc(0);
/** How much of a line that is too long is kept. */
const HEAD_BYTES = 64 * 1024;

export interface SplitLine {
  /** From 1; blank lines count. */
  readonly number: number;
  /** Without its line feed; only the first 64 KiB of a line over the limit. Valid until the next `push`. */
  readonly bytes: Buffer;
  /** The size of the line as received. */
  readonly size: number;
}

/** Splits a stream of blocks into lines. It holds at most a block and a line of the limit's size. */
export class LineSplitter {
  readonly #limit: number;
  #block: Buffer = NOTHING;
  #at = 0;
  #number = 0;
  /** The beginning of an incomplete line, from earlier blocks. */
  #begun: Buffer[] = [];
  #begunBytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a block. All lines of the block before must have been taken out. */
  push(block: Buffer): void {
    this.#block = block;
    this.#at = 0;
  }

  /** The next whole line; undefined when the block is used up. The rest is kept as a copy: the caller may overwrite the block. */
  next(): SplitLine | undefined {
    const end = this.#block.indexOf(LINE_FEED, this.#at);
    if (end < 0) {
      if (this.#at < this.#block.length) this.#begin(this.#block.subarray(this.#at));
      this.#block = NOTHING;
      this.#at = 0;
      return undefined;
    }
    const bytes = this.#block.subarray(this.#at, end);
    this.#at = end + 1;
    return this.#begunBytes === 0 ? this.#line(bytes, bytes.length) : this.#finish(bytes);
  }

  /** The last line, if no line feed ended it. */
  end(): SplitLine | undefined {
    return this.#begunBytes === 0 ? undefined : this.#finish(NOTHING);
  }

  #begin(part: Buffer): void {
    this.#begunBytes += part.length;
    if (this.#begunBytes <= this.#limit) this.#begun.push(Buffer.from(part));
    else this.#begun = [Buffer.from(Buffer.concat([...this.#begun, part]).subarray(0, HEAD_BYTES))];
  }

  #finish(rest: Buffer): SplitLine {
    const size = this.#begunBytes + rest.length;
    const bytes = Buffer.concat([...this.#begun, rest]);
    this.#begun = [];
    this.#begunBytes = 0;
    return this.#line(bytes, size);
  }

  #line(bytes: Buffer, size: number): SplitLine {
    return {number: ++this.#number, bytes: size > this.#limit ? bytes.subarray(0, HEAD_BYTES) : bytes, size};
  }
}
