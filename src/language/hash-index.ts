/**
 * Maps 32-bit hashes to small integers: a Map without boxed keys that empties at once. Two words with one hash count as one word. Among the
 * few thousand words of a segment that practically never happens, and it gives the same result every time.
 */
export class HashIndex {
  #keys: Int32Array;
  #values: Int32Array;
  // A slot is used if its stamp is the current round. `clear` starts a new round instead of touching the slots.
  #stamps: Int32Array;
  #round = 1;
  #size = 0;

  constructor(capacity = 1024) {
    this.#keys = new Int32Array(capacity);
    this.#values = new Int32Array(capacity);
    this.#stamps = new Int32Array(capacity);
  }

  clear(): void {
    this.#round++;
    this.#size = 0;
  }

  /** The value of `key`, or -1. */
  get(key: number): number {
    const slot = this.#slotOf(key);
    return this.#stamps[slot] === this.#round ? (this.#values[slot] ?? -1) : -1;
  }

  set(key: number, value: number): void {
    let slot = this.#slotOf(key);
    if (this.#stamps[slot] !== this.#round) {
      if (this.#size * 2 >= this.#keys.length) {
        this.#grow();
        slot = this.#slotOf(key);
      }
      this.#size++;
      this.#stamps[slot] = this.#round;
      this.#keys[slot] = key;
    }
    this.#values[slot] = value;
  }

  #slotOf(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (key ^ (key >>> 15)) & mask;
    while (this.#stamps[slot] === this.#round && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    const stamps = this.#stamps;
    const round = this.#round;
    this.#keys = new Int32Array(keys.length * 2);
    this.#values = new Int32Array(keys.length * 2);
    this.#stamps = new Int32Array(keys.length * 2);
    this.#round = 1;
    for (let slot = 0; slot < keys.length; slot++) {
      if (stamps[slot] !== round) continue;
      const at = this.#slotOf(keys[slot] ?? 0);
      this.#stamps[at] = 1;
      this.#keys[at] = keys[slot] ?? 0;
      this.#values[at] = values[slot] ?? 0;
    }
  }
}
