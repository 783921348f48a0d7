import {escapeText} from './escape.js';
import {widthOf} from './width.js';

export const SGR = {bold: 1, dim: 2, inverse: 7, red: 31, green: 32, yellow: 33, cyan: 36} as const;
export type Style = keyof typeof SGR;

/** A piece of text in one style. Its text may be hostile: `renderLine` escapes it. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** The content of one line of the screen. */
export type Line = readonly (string | Span)[];

export function styled(style: Style, text: string): Span {
  return {text, style};
}

/**
 * A line as it is written, without its line feed. All text for people passes through here. The only control characters in the result are
 * those of the colours, and those only if `color` is set.
 */
export function renderLine(line: Line, color: boolean): string {
  let text = '';
  for (const span of line) {
    if (typeof span === 'string') text += escapeText(span);
    else if (color && span.text !== '') text += `\x1b[${SGR[span.style]}m${escapeText(span.text)}\x1b[0m`;
    else text += escapeText(span.text);
  }
  return text;
}

/** Lines in columns, two spaces apart; the last column is not padded. @param widths the width of a text in columns */
export function alignColumns(rows: readonly (readonly (string | Span)[])[], widths: (text: string) => number): readonly Line[] {
  const textOf = (cell: string | Span) => escapeText(typeof cell === 'string' ? cell : cell.text);
  const columns: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) columns[at] = Math.max(columns[at] ?? 0, widths(textOf(cell)));
  return rows.map((row) =>
    row.flatMap((cell, at) => (at === row.length - 1 ? [cell] : [cell, ' '.repeat((columns[at] ?? 0) - widths(textOf(cell)) + 2)])),
  );
}

/** The width in columns of the screen. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, span) => sum + widthOf(escapeText(typeof span === 'string' ? span : span.text)), 0);
}
