import {setFlagsFromString} from 'node:v8';

/** Each flag with V8's own value, in all versions of Node below. */
const INLINED = {name: '--max-inlined-bytecode-size-cumulative', usual: 920};
const GROWTH = {name: '--heap-growing-percent', usual: 0};
/** V8 would print that it does not know a flag. */
const LAST_KNOWN_NODE = 24;
/**
 * Work that runs hundreds of functions hot for half a minute is optimized again and again, as more is known of its values: a fifth to a third
 * of its processor time. What V8 makes is no slower for it.
 */
const INLINED_BYTES = 300;
/**
 * By so much of what lives a heap grows before it is cleared. By itself V8 lets it grow to several times as much: of the 25 MB that a rollup
 * needs at a time it makes 147. Clearing costs as much as what lives, so each step down costs processor time.
 */
const GROWTH_WITH_THREAD = 200;
const GROWTH_ALONE = 50;

/** Work that takes long and has much to throw away. */
export interface LargeWork {
  /** From here on one thread works, with the larger heap. */
  goOnAlone(): void;
  /** Takes all of it back: compiled code that is kept is good only for a process with the same flags. */
  end(): void;
}

/** Has V8, in all threads, copy fewer functions into those that it optimizes, and clear heaps before they are much larger than what lives. */
export function beginLargeWork(): LargeWork {
  if (Number.parseInt(process.versions.node, 10) > LAST_KNOWN_NODE) return {goOnAlone: () => undefined, end: () => undefined};
  set(INLINED, INLINED_BYTES);
  set(GROWTH, GROWTH_WITH_THREAD);
  return {
    goOnAlone: () => set(GROWTH, GROWTH_ALONE),
    end: () => {
      set(INLINED, INLINED.usual);
      set(GROWTH, GROWTH.usual);
    },
  };
}

function set({name}: {readonly name: string}, value: number): void {
  setFlagsFromString(`${name}=${value}`);
}
