import {ioError} from '../../errors.js';
import {strictJson} from '../../json/strict-json.js';
import {environment} from '../../settings/config.js';
import {escapeJson} from '../../text/escape.js';
import {type Line, renderLine} from '../../text/line.js';

const FLUSH_CHARACTERS = 64 * 1024;
const FLUSH_MS = 100;
const DEFAULT_COLUMNS = 80;

export type ColorChoice = 'auto' | 'always' | 'never';

/** Whether to write colours to `stream`. The flag `always` wins over NO_COLOR (https://no-color.org); the setting does not. */
export function wantsColor(stream: {readonly isTTY?: boolean}, setting: ColorChoice, isFlag: boolean): boolean {
  if (setting === 'never') return false;
  if (setting === 'always' && isFlag) return true;
  const {NO_COLOR, TERM} = environment;
  if (NO_COLOR) return false;
  return setting === 'always' || (stream.isTTY === true && TERM !== 'dumb');
}

/** The width of the screen, from `COLUMNS` or the terminal, otherwise 80. In front of a pager, stderr is the terminal. */
export function screenColumns(): number {
  const {COLUMNS} = environment;
  const columns = Number(COLUMNS);
  if (Number.isInteger(columns) && columns > 0) return columns;
  return process.stdout.columns ?? process.stderr.columns ?? DEFAULT_COLUMNS;
}

/** The one way to stdout. It collects output and waits for the reader. When the reader is gone, the process ends with 0. */
export class Output {
  readonly #color: boolean;
  #pending = '';
  #flushedAt = 0;

  constructor(color: boolean) {
    this.#color = color;
    // Before oclif's own handler, which throws every error as it is.
    process.stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw ioError(error, 'standard output');
    });
  }

  get columns(): number {
    return screenColumns();
  }

  line(...line: Line): void {
    this.#pending += `${renderLine(line, this.#color)}\n`;
  }

  lines(lines: readonly Line[]): void {
    for (const line of lines) this.line(...line);
  }

  /** Prints text of mem's own making, unchanged. */
  text(text: string): void {
    this.#pending += text;
  }

  /** Prints one JSON value: on one line, as in JSON Lines, or with an indent for people. */
  json(value: unknown, style: 'line' | 'indented' = 'line'): void {
    this.#pending += `${escapeJson(strictJson(value, style === 'line' ? 0 : 2))}\n`;
  }

  /** Await it between the pages of a list: it writes the collected output once there is enough or it has waited. */
  async page(beforeWrite: () => void = () => {}): Promise<void> {
    // A user at a terminal, or a follower of a pipe, wants each line of long work as it comes.
    if (this.#pending.length < FLUSH_CHARACTERS && process.uptime() * 1000 - this.#flushedAt < FLUSH_MS) return;
    beforeWrite();
    await this.flush();
  }

  /** Resolves when all collected output is written. */
  async flush(): Promise<void> {
    this.#flushedAt = process.uptime() * 1000;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  }
}

/** Writes a line to stderr, escaped like all text. */
export function note(line: Line, color = false): void {
  process.stderr.write(`${renderLine(line, color)}\n`);
}
