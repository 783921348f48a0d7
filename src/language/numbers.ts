/** A growing list of 32-bit integers for repeated use: summarizing a segment allocates almost nothing. */
export class Ints {
  values = new Int32Array(256);

  /** The value at `at`; 0 where no value was set. */
  get(at: number): number {
    return this.values[at] ?? 0;
  }

  set(at: number, value: number): void {
    if (at >= this.values.length) this.reserve(at + 1);
    this.values[at] = value;
  }

  /** Makes room for `length` values, so that the caller can write to `values` directly. */
  reserve(length: number): void {
    if (length <= this.values.length) return;
    const more = new Int32Array(Math.max(length, this.values.length * 2));
    more.set(this.values);
    this.values = more;
  }
}

/** The same for numbers with a fraction. */
export class Floats {
  values = new Float64Array(256);

  get(at: number): number {
    return this.values[at] ?? 0;
  }

  set(at: number, value: number): void {
    if (at >= this.values.length) this.reserve(at + 1);
    this.values[at] = value;
  }

  reserve(length: number): void {
    if (length <= this.values.length) return;
    const more = new Float64Array(Math.max(length, this.values.length * 2));
    more.set(this.values);
    this.values = more;
  }
}
