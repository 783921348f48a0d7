import type {Key} from './key.js';
import {ESCAPE, splitInput} from './split-input.js';

/** An escape that nothing follows for so long is the Escape key. */
const ESCAPE_MS = 40;
const CTRL_C = '\x03';

/** A key for Ink to decode; or what Ink does not know: the mouse, and the characters of a paste. */
export type Typed = Key | {readonly kind: 'sequence'; readonly text: string};

/** Takes what a terminal sends, in however many pieces it comes, and does what Ink lacks: the mouse, pastes, and sequences that come in parts. */
export class KeyInput {
  readonly #onTyped: (typed: Typed) => void;
  #rest = '';
  #escape: NodeJS.Timeout | undefined;
  #flush: NodeJS.Immediate | undefined;
  #isPaste = false;

  constructor(onTyped: (typed: Typed) => void) {
    this.#onTyped = onTyped;
  }

  type(input: string): void {
    this.stop();
    const rest = this.#take(this.#rest + input);
    this.#rest = rest;
    // After a long step the time is over though the end came long ago: what waits is read before it is taken for the Escape key.
    if (rest !== '')
      this.#escape = setTimeout(() => {
        this.#flush = setImmediate(() => this.#takeRest());
      }, ESCAPE_MS);
  }

  stop(): void {
    clearTimeout(this.#escape);
    clearImmediate(this.#flush);
  }

  #takeRest(): void {
    const rest = this.#rest;
    this.#rest = '';
    this.#takeSequence(ESCAPE);
    // What follows an escape that stood alone was typed.
    this.#take(rest.slice(1));
  }

  #take(input: string): string {
    const {pieces, rest} = splitInput(input);
    for (const piece of pieces) {
      if (piece.kind === 'key') this.#takeSequence(piece.text);
      else if (piece.kind === 'paste-begin' || piece.kind === 'paste-end') this.#isPaste = piece.kind === 'paste-begin';
      else if (!this.#isPaste) this.#onTyped(piece);
    }
    return rest;
  }

  /** Of a paste its text remains, line feeds and tabs as spaces. Escape and Ctrl-C end one whose end got lost: no terminal lets them into it. */
  #takeSequence(sequence: string): void {
    if (sequence === ESCAPE || sequence === CTRL_C) this.#isPaste = false;
    if (!this.#isPaste) {
      this.#onTyped({kind: 'sequence', text: sequence});
      return;
    }
    const char = /^[\r\n\t]$/.test(sequence) ? ' ' : sequence;
    if (!/[\x00-\x1f\x7f-\x9f]/.test(char)) this.#onTyped({kind: 'pasted', char});
  }
}
