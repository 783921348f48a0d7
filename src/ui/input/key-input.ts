import {type Key, parseKeys} from './key.js';

/** An escape that nothing follows for so long is the Escape key. */
const ESCAPE_MS = 40;

/** Makes keys of what a terminal sends, in however many pieces it comes. */
export class KeyInput {
  readonly #onKeys: (keys: readonly Key[]) => void;
  #rest = '';
  #escape: NodeJS.Timeout | undefined;
  #flush: NodeJS.Immediate | undefined;
  #isPaste = false;

  constructor(onKeys: (keys: readonly Key[]) => void) {
    this.#onKeys = onKeys;
  }

  type(input: string): void {
    this.stop();
    const {keys, rest} = parseKeys(this.#rest + input);
    this.#rest = rest;
    // After a long step the time is over though the end came long ago: what waits is read before it is taken for the Escape key.
    if (rest !== '')
      this.#escape = setTimeout(() => {
        this.#flush = setImmediate(() => this.#takeRest());
      }, ESCAPE_MS);
    this.#onKeys(this.#withPaste(keys));
  }

  stop(): void {
    clearTimeout(this.#escape);
    clearImmediate(this.#flush);
  }

  #takeRest(): void {
    const rest = this.#rest;
    this.#rest = '';
    // What follows an escape that stood alone was typed.
    this.#onKeys(this.#withPaste([{kind: 'named', name: 'escape'}, ...parseKeys(rest.slice(1)).keys]));
  }

  /** Of a paste its text remains, line feeds and tabs as spaces. Escape and Ctrl-C end one whose end got lost: no terminal lets them into it. */
  #withPaste(keys: readonly Key[]): readonly Key[] {
    return keys.flatMap((key): readonly Key[] => {
      const name = key.kind === 'named' ? key.name : undefined;
      if (name === 'paste-begin' || name === 'paste-end') {
        this.#isPaste = name === 'paste-begin';
        return [];
      }
      if (name === 'escape' || name === 'ctrl-c') this.#isPaste = false;
      if (!this.#isPaste) return [key];
      if (name === 'enter' || name === 'tab') return [{kind: 'pasted', char: ' '}];
      return key.kind === 'char' ? [{kind: 'pasted', char: key.char}] : [];
    });
  }
}
