import {EventEmitter} from 'node:events';
import type {BrowserTerminal} from '../ports.js';
import {drawnSize} from '../state/panes.js';

/** The part of a terminal's output that Ink uses. Size and modes are the terminal's, which also restores them when the process ends or stops. */
export class InkOutput {
  readonly isTTY = true;
  readonly columns: number;
  /** One more than there are: Ink clears the terminal at each frame that is as high as it is. */
  readonly rows: number;
  readonly #terminal: BrowserTerminal;
  #isClosed = false;

  /** For the size that the terminal has now. */
  constructor(terminal: BrowserTerminal) {
    const size = drawnSize(terminal.size());
    this.#terminal = terminal;
    this.columns = size.columns;
    this.rows = size.rows + 1;
  }

  /**
   * Without a frame's last line feed, which would scroll the screen by a row. Where it is written, Ink 6.8 also counts a row too few on its
   * way back up (Ink 7 does not).
   */
  write(text: string): boolean {
    if (!this.#isClosed) this.#terminal.write(text.endsWith('\n') ? text.slice(0, -1) : text);
    return true;
  }

  /** What Ink writes as it ends (a last frame, for a size that is no more) is for a shell that goes on below. */
  close(): void {
    this.#isClosed = true;
  }

  /** Ink would be told of a new size; the browser mounts it again instead. */
  on(): this {
    return this;
  }

  off(): this {
    return this;
  }
}

/** The part of a terminal's input that Ink uses. It gets one key at a time, and has handled it when `press` returns. */
export class InkInput extends EventEmitter {
  readonly isTTY = true;
  readonly #onReady: () => void;
  #key: string | null = null;

  /** @param onReady called as soon as keys are taken */
  constructor(onReady: () => void) {
    super();
    this.#onReady = onReady;
  }

  press(key: string): void {
    this.#key = key;
    this.emit('readable');
  }

  read(): string | null {
    const key = this.#key;
    this.#key = null;
    return key;
  }

  override addListener(event: string, listener: () => void): this {
    super.addListener(event, listener);
    // Ink listens before the component that has asked for it does.
    if (event === 'readable') setImmediate(this.#onReady);
    return this;
  }

  setEncoding(): this {
    return this;
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
