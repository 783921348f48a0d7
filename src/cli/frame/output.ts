import {ioError} from '../../errors.js';
import {environment} from '../../settings/config.js';
import {escapeJson} from '../../text/escape.js';
import {type Line, renderLine} from '../../text/line.js';

const FLUSH_CHARACTERS = 64 * 1024;
const FLUSH_MS = 100;
const DEFAULT_COLUMNS = 80;

export type ColorChoice = 'auto' | 'always' | 'never';

/** Whether to write colours to `stream`. A flag that says `always` stands above NO_COLOR (https://no-color.org), a setting does not. */
export function wantsColor(stream: {readonly isTTY?: boolean}, setting: ColorChoice, isFlag: boolean): boolean {
  if (setting === 'never') return false;
  if (setting === 'always' && isFlag) return true;
  const {NO_COLOR, TERM} = environment;
  if (NO_COLOR) return false;
  return setting === 'always' || (stream.isTTY === true && TERM !== 'dumb');
}

/** The width of the screen, as `COLUMNS` or the terminal tells; 80 where there is none. Before a pager it is stderr that is the terminal. */
export function screenColumns(): number {
  const {COLUMNS} = environment;
  const told = Number(COLUMNS);
  if (Number.isInteger(told) && told > 0) return told;
  return process.stdout.columns ?? process.stderr.columns ?? DEFAULT_COLUMNS;
}

/** The one way to stdout. It gathers what it is given and waits for whoever reads; a reader that has gone ends the process with 0. */
export class Output {
  readonly #color: boolean;
  #pending = '';
  #flushedAt = 0;

  constructor(color: boolean) {
    this.#color = color;
    // Before oclif's own, which throws everything as it is.
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

  /** Text of mem's own making, as it is. */
  text(text: string): void {
    this.#pending += text;
  }

  /** One JSON value: on one line, as JSON Lines want it, or with an indent for people. */
  json(value: unknown, style: 'line' | 'indented' = 'line'): void {
    this.#pending += `${escapeJson(style === 'line' ? JSON.stringify(value) : JSON.stringify(value, null, 2))}\n`;
  }

  /** To be awaited between the pages of a list: writes what was gathered once it is worth a write, or has waited. */
  async page(beforeWrite: () => void = () => {}): Promise<void> {
    // Who watches a terminal or follows a pipe of long work wants each line as it comes.
    if (this.#pending.length < FLUSH_CHARACTERS && process.uptime() * 1000 - this.#flushedAt < FLUSH_MS) return;
    beforeWrite();
    await this.flush();
  }

  /** Resolves when all that was gathered is written. */
  async flush(): Promise<void> {
    this.#flushedAt = process.uptime() * 1000;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  }
}

/** A line on stderr. Like all text it is escaped. */
export function note(line: Line, color = false): void {
  process.stderr.write(`${renderLine(line, color)}\n`);
}
