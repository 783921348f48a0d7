/** Reads numbers and slices of LevelDB's formats one after the other. Past the end it throws a RangeError. */
export class Bytes {
  readonly #bytes: Buffer;
  at: number;
  readonly #end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.at = at;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#end;
  }

  byte(): number {
    if (this.isAtEnd) throw new RangeError('past the end');
    return this.#bytes[this.at++] ?? 0;
  }

  /** A varint of up to 53 bits. */
  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 53; factor *= 128) {
      const next = this.byte();
      value += (next & 127) * factor;
      if (next < 128) return value;
    }
    throw new RangeError('a varint without an end');
  }

  /** Leaves out so many bytes. */
  advance(size: number): void {
    if (this.at + size > this.#end) throw new RangeError('past the end');
    this.at += size;
  }

  /** Skips a slice that its length stands in front of. */
  skipSlice(): void {
    this.advance(this.varint());
  }
}
