/** Session-days by what they promise. Seldom are more than the first of them asked for, so that not all are put in order. */
export class BestDays {
  readonly #days: Int32Array;
  readonly #values: Float64Array;

  /** @param days by rising place @param values what each of them promises */
  constructor(days: Int32Array, values: Float64Array) {
    this.#days = days;
    this.#values = values;
  }

  get length(): number {
    return this.#days.length;
  }

  /** The places of the best, the most promising first; of equals the earlier first. */
  first(count: number): readonly number[] {
    const [days, values] = [this.#days, this.#values];
    const least = count < this.length ? (values.slice().sort()[this.length - count] ?? 0) : Number.NEGATIVE_INFINITY;
    const chosen: number[] = [];
    for (let at = 0; at < this.length; at++) if ((values[at] ?? 0) >= least) chosen.push(at);
    return chosen
      .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
      .slice(0, count)
      .map((at) => days[at] ?? 0);
  }
}
