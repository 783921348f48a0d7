import {escapeText} from '../../text/escape.js';
import {type Line, type Span, type Style, styled} from '../../text/line.js';
import {cellsOf} from '../../text/width.js';

interface StyledCell {
  readonly text: string;
  readonly width: number;
  readonly style: Style | undefined;
}

/** A line of spans in as many lines as it takes, broken at spaces where there are any; each part keeps its style. */
export function wrapLine(line: Line, width: number): readonly Line[] {
  const most = Math.max(2, width);
  const cells = line.flatMap((span) => cellsIn(span));
  const lines: Line[] = [];
  let row: StyledCell[] = [];
  let used = 0;
  for (const cell of cells) {
    if (used + cell.width > most) {
      const space = row.findLastIndex(({text}) => text === ' ');
      const rest = space > 0 && cell.text !== ' ' ? row.splice(space) : [];
      lines.push(lineOf(row));
      row = rest.slice(1);
      used = row.reduce((sum, {width: own}) => sum + own, 0);
      // A row begins with no space.
      if (row.length === 0 && cell.text === ' ') continue;
    }
    row.push(cell);
    used += cell.width;
  }
  return [...lines, lineOf(row)];
}

function cellsIn(span: string | Span): readonly StyledCell[] {
  const [text, style] = typeof span === 'string' ? [span, undefined] : [span.text, span.style];
  return cellsOf(escapeText(text)).map((cell) => ({...cell, style}));
}

function lineOf(cells: readonly StyledCell[]): Line {
  const line: (string | Span)[] = [];
  for (let at = 0; at < cells.length; ) {
    const style = cells[at]?.style;
    let text = '';
    for (; at < cells.length && cells[at]?.style === style; at++) text += cells[at]?.text ?? '';
    line.push(style === undefined ? text : styled(style, text));
  }
  return line;
}
