import {cellsOf} from '../../text/width.js';

/** All sequences that are drawn: styles (`m`), and where a pane begins (`G`, and `K` before it is written). */
export const CONTROLS = /\x1b\[(\d*)([mGK])/g;
const ASCII = /^[\x20-\x7e]*$/;
const RESET = '\x1b[0m';

/** What stands in one cell of Ink's screen. */
export interface StyledChar {
  readonly type: 'char';
  /** With what goes before it: a place that the terminal is sent to. */
  readonly value: string;
  readonly fullWidth: boolean;
  /** No style or one: spans are not nested. Ink makes an empty list for a blank cell. */
  readonly styles: readonly string[];
}

const PLAIN: readonly string[] = [];

/**
 * A line in cells. Ink's own tokenizer splits by `Intl.Segmenter`, whose cells are not those by which the lines were cut. And it takes a
 * place for text; here a place belongs to the cell that follows it.
 */
export function tokenize(line: string): readonly StyledChar[] {
  const chars: StyledChar[] = [];
  let styles = PLAIN;
  let place = '';
  const take = (text: string): void => {
    for (const {value, isWide} of valuesOf(text)) {
      chars.push({type: 'char', value: place + value, fullWidth: isWide, styles});
      place = '';
    }
  };
  let from = 0;
  for (const {0: control, 1: parameter, 2: kind, index} of line.matchAll(CONTROLS)) {
    take(line.slice(from, index));
    from = index + control.length;
    if (kind !== 'm') place += control;
    else styles = parameter === '' || parameter === '0' ? PLAIN : [control];
  }
  take(line.slice(from));
  return chars;
}

function valuesOf(text: string): readonly {readonly value: string; readonly isWide: boolean}[] {
  if (ASCII.test(text)) return Array.from(text, (value) => ({value, isWide: false}));
  return cellsOf(text).map(({text: value, width}) => ({value, isWide: width === 2}));
}

/** Ink asks for cells in two steps. */
export function styledCharsFromTokens(chars: readonly StyledChar[]): readonly StyledChar[] {
  return chars;
}

/** Cells as they are written. */
export function styledCharsToString(chars: readonly StyledChar[]): string {
  let text = '';
  let current = '';
  for (const {value, styles} of chars) {
    const style = styles[0] ?? '';
    if (style !== current) text += (current === '' ? '' : RESET) + style;
    current = style;
    text += value;
  }
  return current === '' ? text : text + RESET;
}
