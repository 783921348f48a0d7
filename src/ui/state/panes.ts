import type {BrowserState, Size} from './state.js';

/**
 * The last column of a terminal stays empty: after each row that it writes, Ink erases what is left of it, and a terminal whose cursor has
 * come to the edge would erase the last character.
 */
const EDGE = 1;
/** From this width of the terminal on tree and node stand side by side. */
const TWO_PANES = 100;
/** Before each row: the cursor, or nothing. */
export const MARGIN = 2;
/** What stands between them. */
const GAP = 3;

export interface Pane {
  /** From 0. */
  readonly column: number;
  readonly width: number;
}

export interface Panes {
  /** Undefined where the other one has the whole screen. */
  readonly list: Pane | undefined;
  readonly reader: Pane | undefined;
  /** Rows of both; above them is the heading where there is room for one. */
  readonly height: number;
  readonly heading: 0 | 1;
  /** Rows below them: what there is to say, and what the keys do. */
  readonly footer: 0 | 1 | 2;
}

/** What is drawn of a terminal. It is the size of the state. */
export function drawnSize({columns, rows}: Size): Size {
  return {columns: Math.max(1, columns - EDGE), rows};
}

/** How the screen is divided. Heading, panes and footer together are never higher than the screen. */
export function panesOf({size, focus}: Pick<BrowserState, 'size' | 'focus'>): Panes {
  const {heading, footer, height} = rowsOf(size);
  const whole = {column: 0, width: size.columns};
  if (!isWide({size})) {
    return focus === 'list'
      ? {list: whole, reader: undefined, height, heading, footer}
      : {list: undefined, reader: whole, height, heading, footer};
  }
  const left = Math.max(44, Math.min(80, Math.floor((size.columns + EDGE) * 0.42)));
  const column = left + GAP;
  return {list: {column: 0, width: left}, reader: {column, width: size.columns - column}, height, heading, footer};
}

function rowsOf({rows}: Size): Pick<Panes, 'heading' | 'footer' | 'height'> {
  const footer = rows >= 4 ? 2 : rows >= 2 ? 1 : 0;
  const heading = rows >= 6 ? 1 : 0;
  return {heading, footer, height: Math.max(1, rows - footer - heading)};
}

/** Whether list and reader stand side by side. */
export function isWide({size}: Pick<BrowserState, 'size'>): boolean {
  return size.columns + EDGE >= TWO_PANES;
}

/** How wide the reader's text is, whether it is on the screen or not. */
export function readerWidth(state: BrowserState): number {
  return (panesOf({...state, focus: 'reader'}).reader?.width ?? state.size.columns) - MARGIN;
}
