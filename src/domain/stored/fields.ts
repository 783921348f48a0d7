import type {EpochMs} from '../event/event.js';
import {instant} from '../time/instant.js';

/*
 * Checks of stored values, by hand: they run for each value that a reading command reads. Every shape counts its versions. A value without
 * `v` has version 1. Who changes a shape so that an older mem would misread it raises the version and writes it as `v`.
 */

/** A stored value has a shape that this mem does not know. The store turns it into STORE_DAMAGED, or FORMAT_NEWER. */
export class UnknownShape extends Error {
  /** A newer mem wrote it. */
  readonly isNewer: boolean;

  constructor(what: string, fault: string, isNewer = false) {
    super(`the value of "${what}" ${fault}`);
    this.name = 'UnknownShape';
    this.isNewer = isNewer;
  }

  /** Compares names, as MemError does: bundles have classes of their own. */
  static override [Symbol.hasInstance](value: unknown): value is UnknownShape {
    return value instanceof Error && value.name === 'UnknownShape';
  }
}

/** The fields of one stored value, each checked as it is taken. */
export class Fields {
  readonly #what: string;
  readonly #values: Readonly<Record<string, unknown>>;

  /** @param what its key @param newest the newest version of the shape that is known @throws UnknownShape */
  constructor(what: string, value: unknown, newest = 1) {
    if (!isRecord(value)) throw new UnknownShape(what, 'is no object');
    const {v = 1} = value;
    if (typeof v !== 'number' || !Number.isInteger(v) || v < 1) throw new UnknownShape(what, 'has no version that mem knows');
    if (v > newest) throw new UnknownShape(what, `has version ${v}, this mem knows ${newest}`, true);
    this.#what = what;
    this.#values = value;
  }

  fault(name: string): UnknownShape {
    return new UnknownShape(this.#what, `has no "${name}" as mem writes it`);
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value !== 'string') throw this.fault(name);
    return value;
  }

  number(name: string): number {
    const value = this.#values[name];
    if (typeof value !== 'number') throw this.fault(name);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    if (typeof value !== 'boolean') throw this.fault(name);
    return value;
  }

  any(name: string): unknown {
    return this.#values[name];
  }

  instant(name: string): EpochMs {
    return instant(this.number(name));
  }

  texts(name: string): readonly string[] {
    return this.list(name, isText);
  }

  list<T>(name: string, isItem: (value: unknown) => value is T): readonly T[] {
    const value = this.#values[name];
    if (!Array.isArray(value) || !value.every(isItem)) throw this.fault(name);
    return value;
  }

  oneOf<const T extends string>(name: string, known: readonly T[]): T {
    const value = this.#values[name];
    for (const one of known) if (one === value) return one;
    throw this.fault(name);
  }

  inner(name: string): Fields {
    return new Fields(this.#what, this.#values[name]);
  }

  names(): readonly string[] {
    return Object.keys(this.#values);
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const isText = (value: unknown): value is string => typeof value === 'string';
