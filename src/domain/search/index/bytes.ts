const FIRST_BYTES = 1 << 12;
const SHORT = 48;

/** Writes numbers and texts one behind the other into memory that grows. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #used = 0;

  get length(): number {
    return this.#used;
  }

  /** A whole number from 0, seven bits to a byte, the lowest first (LEB128). */
  number(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 127) {
      this.#buffer[this.#used++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#used++] = rest;
  }

  /** A whole number that may be negative, by turns: 0, -1, 1, -2 … */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(value: string): void {
    if (value.length <= SHORT && this.#writeAscii(value)) return;
    const bytes = Buffer.byteLength(value);
    this.number(bytes);
    this.#reserve(bytes);
    this.#used += this.#buffer.write(value, this.#used, 'utf8');
  }

  /** Most texts are short words: a call of the encoder takes longer than this. @returns false where nothing was written */
  #writeAscii(value: string): boolean {
    this.#reserve(value.length + 1);
    const start = this.#used + 1;
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      if (code > 127) return false;
      this.#buffer[start + at] = code;
    }
    this.#buffer[this.#used] = value.length;
    this.#used = start + value.length;
    return true;
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#used);
    this.#used += value.length;
  }

  /** value[start, end), a few bytes. */
  part(value: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    for (let at = start; at < end; at++) this.#buffer[this.#used++] = value[at] ?? 0;
  }

  /** What was written, in memory of its own. What comes next begins again. */
  take(): Buffer {
    const taken = Buffer.from(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
    return taken;
  }

  /** Writes what was written at the end of another, and begins again. */
  moveTo(other: ByteWriter): void {
    other.bytes(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#used + more));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}

/** Reads what a `ByteWriter` wrote. @throws RangeError where the bytes end too soon */
export class ByteReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#buffer.length;
  }

  number(): number {
    // Most are small.
    const first = this.#buffer[this.#at];
    if (first !== undefined && first < 128) {
      this.#at++;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#buffer[this.#at++];
      if (byte === undefined) throw new RangeError('the row ends within a number');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    return this.bytes(this.number()).toString('utf8');
  }

  /** Where the next value begins. */
  get at(): number {
    return this.#at;
  }

  /** A view of the row's own memory. */
  bytes(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#buffer.length) throw new RangeError('the row ends within a text');
    const value = this.#buffer.subarray(this.#at, end);
    this.#at = end;
    return value;
  }

  passOver(length: number): void {
    this.#at += length;
  }

  /** The same where what is passed over is read later. */
  pass(length: number): void {
    if (this.#at + length > this.#buffer.length) throw new RangeError('the row ends within a text');
    this.#at += length;
  }

  /** A view of the row's own memory, wherever the reader is. */
  bytesAt(start: number, length: number): Buffer {
    return this.#buffer.subarray(start, start + length);
  }
}
