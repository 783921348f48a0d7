import type {EpochMs} from '../event/event.js';

/** Brands a number that is an instant by its making: a whole number of milliseconds since 1970. */
export function instant(ms: number): EpochMs {
  return ms as EpochMs;
}

export function earliest(...instants: readonly EpochMs[]): EpochMs {
  return instant(Math.min(...instants));
}

export function latest(...instants: readonly EpochMs[]): EpochMs {
  return instant(Math.max(...instants));
}
