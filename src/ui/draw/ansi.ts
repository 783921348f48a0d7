import {escapeText} from '../../text/escape.js';
import {type Line, SGR, type Span} from '../../text/line.js';
import {cellsOf, widthOf} from '../../text/width.js';

const COLORS: ReadonlySet<string> = new Set(['red', 'green', 'yellow', 'cyan']);

/**
 * A line as it is drawn. All text of the browser passes here and is escaped, so that the only control sequences that come out are those
 * of the styles. Without colour bold, dim and inverse stay: they are none.
 */
export function ansiLine(line: Line, color: boolean): string {
  let text = '';
  for (const span of line) {
    if (typeof span === 'string') text += escapeText(span);
    else if (span.text === '' || (!color && COLORS.has(span.style))) text += escapeText(span.text);
    else text += `\x1b[${SGR[span.style]}m${escapeText(span.text)}\x1b[0m`;
  }
  return text;
}

/** A line cut to `width` columns; a wide character that would reach over the edge goes as a whole. What was cut off is shown by `…`. */
export function cutLine(line: Line, width: number): Line {
  let left = width;
  const cut: (string | Span)[] = [];
  for (const [at, span] of line.entries()) {
    const text = escapeText(typeof span === 'string' ? span : span.text);
    const used = widthOf(text);
    const isLast = at === line.length - 1;
    if (used < left || (used === left && (isLast || isBlank(line.slice(at + 1))))) {
      cut.push(typeof span === 'string' ? text : {...span, text});
      left -= used;
      continue;
    }
    const kept = `${cutText(text, left - 1)}${left > 0 ? '…' : ''}`;
    cut.push(typeof span === 'string' ? kept : {...span, text: kept});
    break;
  }
  return cut;
}

function isBlank(line: Line): boolean {
  return line.every((span) => (typeof span === 'string' ? span : span.text) === '');
}

/** The beginning of an escaped text that fits. It looks at no more than that. */
export function cutText(text: string, width: number): string {
  if (width <= 0) return '';
  // A cell is at least one code unit, and seldom more than a few.
  const near = text.slice(0, width * 8);
  if (widthOf(near) <= width) return near;
  let kept = '';
  let used = 0;
  for (const cell of cellsOf(near)) {
    if (used + cell.width > width) break;
    kept += cell.text;
    used += cell.width;
  }
  return kept;
}
