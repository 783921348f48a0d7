import type {EpochMs} from '../../domain/event/event.js';

const FIRST_SLOTS = 1024;

/**
 * Counts the lines of one call by session and time, so that lines of one millisecond without a `seq` keep their order. It remembers every
 * pair: lines may come in any order. A table of numbers, since a `Map` of texts took 100 MB for a million lines; this takes 16 to 32.
 */
export class LineOrder {
  readonly #sessions = new Map<string, number>();
  #lastName = '';
  #lastSession = 0;
  #times = new Float64Array(FIRST_SLOTS);
  /** The session's number in the upper half of what tells a pair; 0 marks a free slot. */
  #owners = new Uint32Array(FIRST_SLOTS);
  #counts = new Uint32Array(FIRST_SLOTS);
  #used = 0;

  /** How many lines with this session and time were counted before; counts this one. */
  countBefore(agent: string, sessionId: string, time: EpochMs): number {
    const slot = this.#slotOf(this.#sessionNumber(agent, sessionId), time);
    const before = this.#counts[slot] ?? 0;
    this.#counts[slot] = before + 1;
    return before;
  }

  #sessionNumber(agent: string, sessionId: string): number {
    const name = `${agent.length}:${agent}${sessionId}`;
    if (name === this.#lastName) return this.#lastSession;
    const number = this.#sessions.get(name) ?? this.#sessions.size + 1;
    this.#sessions.set(name, number);
    this.#lastName = name;
    this.#lastSession = number;
    return number;
  }

  #slotOf(session: number, time: number): number {
    if (this.#used * 2 >= this.#times.length) this.#grow();
    const slot = this.#find(session, time);
    if (this.#owners[slot] === 0) {
      this.#owners[slot] = session;
      this.#times[slot] = time;
      this.#used++;
    }
    return slot;
  }

  /** Where the pair stands, or the free slot where it belongs. */
  #find(session: number, time: number): number {
    const last = this.#times.length - 1;
    let slot = (Math.imul(session, 0x9e3779b1) ^ Math.imul(time % 0x100000000, 0x85ebca6b) ^ (time / 0x1000000)) & last;
    while (this.#owners[slot] !== 0 && (this.#owners[slot] !== session || this.#times[slot] !== time)) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const [times, owners, counts] = [this.#times, this.#owners, this.#counts];
    this.#times = new Float64Array(times.length * 2);
    this.#owners = new Uint32Array(times.length * 2);
    this.#counts = new Uint32Array(times.length * 2);
    for (const [at, owner] of owners.entries()) {
      if (owner === 0) continue;
      const slot = this.#find(owner, times[at] ?? 0);
      this.#times[slot] = times[at] ?? 0;
      this.#owners[slot] = owner;
      this.#counts[slot] = counts[at] ?? 0;
    }
  }
}
