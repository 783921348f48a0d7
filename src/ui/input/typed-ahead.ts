import {chosenOf} from '../state/selection.js';
import type {BrowserState} from '../state/state.js';
import {keyOf} from '../state/tree.js';
import type {Key, NamedKey} from './key.js';

/** They stop or end something, and what was typed before them is given up. */
const AT_ONCE: ReadonlySet<NamedKey> = new Set(['escape', 'ctrl-c', 'ctrl-z', 'ctrl-l']);
/** They do the same wherever the cursor is. */
const EVERYWHERE: ReadonlySet<string> = new Set(['q', '?']);

/** Has keys wait until the cursor is where the keys before them sent it: what is typed ahead is meant for there. */
export class TypedAhead {
  readonly #state: () => BrowserState;
  readonly #press: (key: Key) => void;
  readonly #held: Key[] = [];

  /** @param press makes the key's step before it returns */
  constructor(state: () => BrowserState, press: (key: Key) => void) {
    this.#state = state;
    this.#press = press;
  }

  type(key: Key): void {
    if (key.kind === 'named' && AT_ONCE.has(key.name)) {
      this.#held.length = 0;
      this.#press(key);
    } else if (key.kind === 'char' && EVERYWHERE.has(key.char) && this.#held.length === 0 && this.#state().prompt === undefined)
      this.#press(key);
    else this.#held.push(key);
    this.go();
  }

  /** Presses what waits, as far as the way is free. */
  go(): void {
    while (!isOnTheWay(this.#state())) {
      const key = this.#held.shift();
      if (key === undefined) return;
      this.#press(key);
    }
  }
}

/** A store that is busy or cannot be read is no way on which to wait: nobody knows how long. */
function isOnTheWay(state: BrowserState): boolean {
  const {goal, source, hit, search, store, help} = state;
  if (store.kind !== 'reading' && store.kind !== 'ready') return false;
  if (search.isGoing || hit !== undefined) return true;
  return goal !== undefined || source !== undefined || (help === undefined && (isOpening(state) || isBeingRead(state)));
}

/** Whether the reader has the keys and its node, with the bullets to choose from, is not there yet. */
function isBeingRead(state: BrowserState): boolean {
  const chosen = chosenOf(state);
  return state.focus === 'reader' && state.reader.mode === 'chosen' && chosen?.kind === 'node' && !state.nodes.has(keyOf(chosen.place));
}

/** Whether what was opened last has no rows yet. */
function isOpening({tree, events}: BrowserState): boolean {
  if (events !== undefined) return events.sections === undefined;
  const row = tree.rows[tree.cursor];
  return row !== undefined && row.kind !== 'event' && row.isOpen && !tree.children.has(row.key);
}
