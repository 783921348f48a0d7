import {escapeText} from '../../text/escape.js';
import {widthOf} from '../../text/width.js';

const REDRAW_MS = 100;

/** One line on stderr that shows how far long work is. It writes nothing if stderr is not a terminal. */
export class Progress {
  readonly #isShown = process.stderr.isTTY === true;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #isDrawn = false;

  /** Redraws the line, at most ten times a second. */
  show(text: string): void {
    if (!this.#isShown || process.uptime() * 1000 - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = process.uptime() * 1000;
    this.#isDrawn = true;
    process.stderr.write(`\r\x1b[2K${cut(escapeText(text), (process.stderr.columns ?? 80) - 1)}`);
  }

  /** Clears the line. Call it before other output to the terminal. */
  clear(): void {
    if (this.#isDrawn) process.stderr.write('\r\x1b[2K');
    this.#isDrawn = false;
  }
}

function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let end = text.length;
  while (end > 0 && widthOf(text.slice(0, end)) > columns - 1) end--;
  return `${text.slice(0, end)}…`;
}
