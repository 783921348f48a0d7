import {errnoOf, ioError, MemError} from '../../errors.js';
import {strictJson} from '../../json/strict-json.js';
import {environment} from '../../settings/config.js';
import {escapeJson} from '../../text/escape.js';
import {type Line, renderLine} from '../../text/line.js';

const FLUSH_CHARACTERS = 64 * 1024;
const FLUSH_MS = 100;
const DEFAULT_COLUMNS = 80;

export type ColorChoice = 'auto' | 'always' | 'never';

/**
 * Whether to write colours to `stream`. The flag wins over everything, NO_COLOR (https://no-color.org) and then FORCE_COLOR
 * (https://force-color.org) over the setting. The value of a variable does not matter, unless it is empty.
 */
export function wantsColor(stream: {readonly isTTY?: boolean}, setting: ColorChoice, isFlag: boolean): boolean {
  if (isFlag && setting !== 'auto') return setting === 'always';
  const {FORCE_COLOR, NO_COLOR, TERM} = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return true;
  return setting === 'always' || (setting === 'auto' && stream.isTTY === true && TERM !== 'dumb');
}

/** The width of the screen, from `COLUMNS` or the terminal, otherwise 80. In front of a pager, stderr is the terminal. */
export function screenColumns(): number {
  const {COLUMNS} = environment;
  const columns = Number(COLUMNS);
  if (Number.isInteger(columns) && columns > 0) return columns;
  return process.stdout.columns ?? process.stderr.columns ?? DEFAULT_COLUMNS;
}

export interface OutputOptions {
  /** The command does nothing but print: it ends, with 0, when its reader leaves. Others finish their work without a reader. */
  readonly onlyPrints?: boolean;
}

/** The one way to stdout. It collects output and waits for the reader. */
export class Output {
  readonly #color: boolean;
  readonly #onlyPrints: boolean;
  #pending = '';
  #flushedAt = 0;
  #isClosed = false;
  /** Why stdout could not be written; the work went on. Undefined also when only the reader left. */
  fault: MemError | undefined;

  constructor(color: boolean, {onlyPrints = false}: OutputOptions = {}) {
    this.#color = color;
    this.#onlyPrints = onlyPrints;
    // Each write tells its own error. Oclif's listener would throw it once more, as it is.
    process.stdout.removeAllListeners('error').on('error', () => {});
  }

  get color(): boolean {
    return this.#color;
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

  /** Resolves when all collected output is written, or cannot be. @throws MemError NOT_WRITTEN, IO_ERROR in a command that only prints */
  async flush(): Promise<void> {
    this.#flushedAt = process.uptime() * 1000;
    const text = this.#pending;
    this.#pending = '';
    if (text === '' || this.#isClosed) return;
    const error = await writeOut(text);
    if (error === undefined) return;
    this.#isClosed = true;
    const hasLeft = errnoOf(error) === 'EPIPE';
    if (hasLeft && this.#onlyPrints) process.exit(0);
    if (hasLeft) return;
    const fault = ioError(error, 'standard output');
    if (this.#onlyPrints || !(fault instanceof MemError)) throw fault;
    this.fault = fault;
  }
}

function writeOut(text: string): Promise<unknown> {
  return new Promise((resolve) => {
    try {
      process.stdout.write(text, (error) => resolve(error ?? undefined));
    } catch (error) {
      // Of a file, which is written at once.
      resolve(error);
    }
  });
}

/** Writes a line to stderr, escaped like all text. */
export function note(line: Line, color = false): void {
  process.stderr.write(`${renderLine(line, color)}\n`);
}
