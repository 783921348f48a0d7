import {expect} from 'vitest';
import {type Cell, cellsOf} from '../../src/text/width.js';
import type {BrowserTerminal} from '../../src/ui/ports.js';
import type {Size} from '../../src/ui/state/state.js';

const PIECE = /\x1b\[(\??)([\d;]*)([A-Za-z])|[^\x1b]+|\x1b/g;

/** A terminal that shows what is written, without styles, as xterm does: what is behind the edge is lost, and a line feed at the end scrolls. */
export class FakeTerminal implements BrowserTerminal {
  readonly color = true;
  readonly copied: string[] = [];
  written = '';
  suspended = 0;
  /** How often the screen moved up by a row. */
  scrolled = 0;
  /** The rows, from 0, into which something was written since this was emptied. */
  readonly touched = new Set<number>();
  dimensions: Size;
  #cells: string[][] = [];
  #row = 0;
  #column = 0;

  readonly #widthOf: (cell: Cell) => number;

  /** @param widthOf what the terminal takes a character's width for; default: what mem does */
  constructor(dimensions: Size, widthOf: (cell: Cell) => number = ({width}) => width) {
    this.dimensions = dimensions;
    this.#widthOf = widthOf;
  }

  /** What stands at a column of a row, both from 0. */
  at(row: number, column: number): string | undefined {
    return this.#cells[row]?.[column];
  }

  get rows(): readonly string[] {
    return Array.from({length: this.dimensions.rows}, (_, at) => (this.#cells[at] ?? []).join('').trimEnd());
  }

  size(): Size {
    return this.dimensions;
  }

  write(text: string): void {
    this.written += text;
    for (const [piece, isPrivate, parameters = '', final] of text.matchAll(PIECE)) {
      if (final === undefined) this.#print(piece);
      else if (isPrivate === '' && final !== 'm') this.#obey(final, parameters);
    }
  }

  copy(text: string): void {
    this.copied.push(text);
  }

  suspend(): void {
    this.suspended++;
  }

  async sees(text: string): Promise<void> {
    await expect.poll(() => this.rows.join('\n'), {interval: 5}).toContain(text);
  }

  /** Waits until what there is to draw is drawn: each timer of the browser that is due comes before the last of these. */
  async settles(): Promise<void> {
    for (let quiet = 0, before = this.written; quiet < 5; quiet = this.written === before ? quiet + 1 : 0) {
      before = this.written;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  #obey(final: string, parameters: string): void {
    const count = Number(parameters === '' || parameters === '0' ? 1 : parameters);
    const {rows, columns} = this.dimensions;
    if (final === 'A') this.#row = Math.max(0, this.#row - count);
    else if (final === 'E') [this.#row, this.#column] = [Math.min(rows - 1, this.#row + count), 0];
    else if (final === 'G') this.#column = Math.min(columns, count) - 1;
    else if (final === 'H' && parameters === '') [this.#row, this.#column] = [0, 0];
    else if (final === 'J' && parameters === '2') this.#cells = [];
    else if (final === 'K' && parameters === '') this.#cells[this.#row]?.splice(Math.min(this.#column, columns - 1));
    else if (final === 'K' && parameters === '2') this.#cells[this.#row] = [];
    else throw new Error(`an unknown sequence: ${parameters}${final}`);
  }

  #print(text: string): void {
    for (const line of text.split(/(?<=\n)/)) {
      for (const cell of cellsOf(line.replace('\n', ''))) this.#put(cell.text, this.#widthOf(cell));
      if (line.endsWith('\n')) this.#feed();
    }
  }

  #put(text: string, width: number): void {
    this.touched.add(this.#row);
    const {columns} = this.dimensions;
    if (this.#column + width > columns) this.#column = columns - width;
    const row = this.#cells[this.#row] ?? [];
    this.#cells[this.#row] = row;
    while (row.length < this.#column) row.push(' ');
    row.splice(this.#column, width, text, ...Array.from({length: width - 1}, () => ''));
    this.#column += width;
  }

  #feed(): void {
    this.#column = 0;
    if (this.#row < this.dimensions.rows - 1) {
      this.#row++;
      return;
    }
    this.scrolled++;
    this.#cells.shift();
  }
}
