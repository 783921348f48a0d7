const LINE_FEED = 10;
const NOTHING = Buffer.alloc(0);
/** As much as is kept of a line that is too long. */
const HEAD_BYTES = 64 * 1024;

export interface SplitLine {
  /** From 1, blank lines counted. */
  readonly number: number;
  /** Without its line feed; only the first 64 KiB of a line over the limit. Good until the next `push`. */
  readonly bytes: Buffer;
  /** The line's size as received. */
  readonly size: number;
}

/** Cuts a stream of blocks into lines, holding no more than a block and a line of the limit's size. */
export class LineSplitter {
  readonly #limit: number;
  #block: Buffer = NOTHING;
  #at = 0;
  #number = 0;
  /** What earlier blocks had of the line that is not whole yet. */
  #begun: Buffer[] = [];
  #begunBytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a block; all lines of the one before must have been taken out. */
  push(block: Buffer): void {
    this.#block = block;
    this.#at = 0;
  }

  /** The next whole line; undefined when the block is used up. What is left of it is kept as a copy: the block may be overwritten. */
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

  /** The last line, where no line feed ended it. */
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
