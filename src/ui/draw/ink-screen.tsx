import {type Instance, render} from 'ink';
import type {Size} from '../state/state.js';
import type {Frame} from './frame.js';
import {Screen} from './screen.js';

/** As much of a terminal's stream as Ink uses of one that is none: what it writes is one frame, whole. */
class FrameStream {
  columns = 80;
  rows = 24;
  readonly #onFrame: (text: string) => void;

  constructor(onFrame: (text: string) => void) {
    this.#onFrame = onFrame;
  }

  write(text: string): boolean {
    this.#onFrame(text);
    return true;
  }

  on(): this {
    return this;
  }

  off(): this {
    return this;
  }
}

/**
 * Ink, for its components and their layout. Keys, modes and the writing are not left to it: it would clear the screen for each frame, wait
 * 33 ms between two, and leave the terminal as it is when the process is stopped or killed.
 */
export class InkScreen {
  readonly #stream: FrameStream;
  #instance: Instance | undefined;

  /** @param onFrame is handed each frame as Ink wrote it */
  constructor(onFrame: (text: string) => void) {
    this.#stream = new FrameStream(onFrame);
  }

  /** Lays out and hands on the frame before it returns. */
  render(frame: Frame, color: boolean, {columns, rows}: Size): void {
    this.#stream.columns = columns;
    this.#stream.rows = rows;
    const node = <Screen frame={frame} color={color} />;
    if (this.#instance !== undefined) {
      this.#instance.rerender(node);
      return;
    }
    this.#instance = render(node, {
      stdout: this.#stream as unknown as NodeJS.WriteStream,
      stderr: this.#stream as unknown as NodeJS.WriteStream,
      stdin: this.#stream as unknown as NodeJS.ReadStream,
      patchConsole: false,
      exitOnCtrlC: false,
      // Each frame whole and at once.
      debug: true,
    });
  }
}
