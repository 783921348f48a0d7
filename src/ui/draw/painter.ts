import type {Frame} from './frame.js';

/** The terminal shows all of it at once, if it knows how. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';
const CLEAR = '\x1b[2J';
const DIVIDER = '\x1b[2m│\x1b[0m';

/** A part of a row of the screen, with its styles. */
interface Part {
  /** From 0. */
  readonly column: number;
  readonly text: string;
}

/**
 * Brings to the screen what Ink has laid out: heading, panes and footer, which Ink puts one below the other, each to its place. Each part
 * of a row is addressed by its column, so that a character whose width the terminal sees otherwise shifts no other part; and only rows
 * that changed are written.
 */
export class Painter {
  readonly #write: (text: string) => void;
  #rows: readonly string[] = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** The screen shows something else now: the next frame is written whole. */
  forget(): void {
    this.#rows = [];
  }

  /** @param text the frame as Ink wrote it, with the styles in it */
  paint(frame: Frame, text: string): void {
    const rows = partsOf(frame, text.split('\n')).map((parts, at) => rowText(parts, at + 1));
    const isWhole = rows.length !== this.#rows.length;
    const written = rows.filter((row, at) => isWhole || row !== this.#rows[at]);
    this.#rows = rows;
    if (written.length > 0) this.#write(`${BEGIN}${isWhole ? CLEAR : ''}${written.join('')}${END}`);
  }
}

/** The parts of each row of the screen. */
function partsOf({height, heading, panes, footer}: Frame, lines: readonly string[]): readonly (readonly Part[])[] {
  let from = 0;
  const next = (): string => lines[from++] ?? '';
  const rows: (readonly Part[])[] = [];
  if (heading !== undefined) rows.push([{column: 0, text: next()}]);
  const body: Part[][] = Array.from({length: height}, () => []);
  for (const [at, {pane}] of panes.entries()) {
    for (const parts of body) {
      if (at > 0) parts.push({column: pane.column - 2, text: DIVIDER});
      parts.push({column: pane.column, text: next()});
    }
  }
  return [...rows, ...body, ...footer.map(() => [{column: 0, text: next()}])];
}

/** @param row from 1 */
function rowText(parts: readonly Part[], row: number): string {
  const [first, ...others] = parts;
  return `\x1b[${row};1H\x1b[0m\x1b[K${first?.text ?? ''}${others.map(({column, text}) => `\x1b[0m\x1b[${row};${column + 1}H${text}`).join('')}\x1b[0m`;
}
