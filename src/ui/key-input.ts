import {type Key, parseKeys} from './key.js';

/** An escape that nothing follows for so long is the Escape key. */
const ESCAPE_MS = 40;

/** Makes keys of what a terminal sends, in however many pieces it comes. */
export class KeyInput {
  readonly #onKeys: (keys: readonly Key[]) => void;
  #rest = '';
  #escape: NodeJS.Timeout | undefined;

  constructor(onKeys: (keys: readonly Key[]) => void) {
    this.#onKeys = onKeys;
  }

  type(input: string): void {
    clearTimeout(this.#escape);
    const {keys, rest} = parseKeys(this.#rest + input);
    this.#rest = rest;
    if (rest !== '') this.#escape = setTimeout(() => this.#flush(), ESCAPE_MS);
    this.#onKeys(keys);
  }

  stop(): void {
    clearTimeout(this.#escape);
  }

  #flush(): void {
    const rest = this.#rest;
    this.#rest = '';
    // What follows an escape that stood alone was typed.
    this.#onKeys([{kind: 'named', name: 'escape'}, ...parseKeys(rest.slice(1)).keys]);
  }
}
