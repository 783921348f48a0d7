import type {IngestProgress} from '../domain/event/ingest-result.js';
import {bar} from './bar.js';
import {bytesText, count} from './node-text.js';

const BAR_COLUMNS = 20;
const REDRAW_MS = 100;
/** Smaller or shorter inputs are finished before anybody could see a bar. */
const SMALL_BYTES = 1024 * 1024;
const SHORT_MS = 1_000;

/** The part of a terminal that is drawn on. */
export interface Screen {
  write(text: string): unknown;
}

/** One line on a terminal that shows how far a long ingest is. It is light: the fast lane loads it too. */
export class IngestBar {
  readonly #screen: Screen;
  readonly #uptimeMs: () => number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #isDrawn = false;

  /** @param screen must be a terminal @param uptimeMs since the process began */
  constructor(screen: Screen, uptimeMs: () => number = () => process.uptime() * 1000) {
    this.#screen = screen;
    this.#uptimeMs = uptimeMs;
  }

  /** Redraws the line, at most ten times a second. */
  show(progress: IngestProgress): void {
    const now = this.#uptimeMs();
    if ((progress.bytes <= SMALL_BYTES && now <= SHORT_MS) || now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#isDrawn = true;
    this.#screen.write(`\r\x1b[2K${progressText(progress)}`);
  }

  /** Clears the line. Call it before other output to the terminal. */
  clear(): void {
    if (this.#isDrawn) this.#screen.write('\r\x1b[2K');
    this.#isDrawn = false;
  }
}

function progressText({bytes, totalBytes, accepted}: IngestProgress): string {
  // A file may grow while it is read.
  const total = totalBytes === undefined ? undefined : Math.max(bytes, totalBytes);
  const how = total === undefined ? bytesText(bytes) : `${bar(bytes, total, BAR_COLUMNS)} ${bytesText(bytes)} of ${bytesText(total)}`;
  return `mem: ${how}, ${count(accepted, 'event')}`;
}
