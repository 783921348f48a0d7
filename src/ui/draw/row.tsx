import {Transform} from 'ink';
import {createContext, useContext} from 'react';
import {type Line, lineWidth, styled} from '../../text/line.js';
import {MARGIN} from '../state/panes.js';
import {ansiLine, cutLine} from './ansi.js';

const CURSOR = '› ';
const ASCII = /^[\x1b\x20-\x7e]*$/;

/** Whether the terminal shows colours. */
export const ColorContext = createContext(true);

export interface RowProps {
  readonly line: Line;
  readonly width: number;
  /** The column of the screen at which the row begins, from 0. */
  readonly column?: number;
}

/** One row of the screen, or of a pane, cut to its width. */
export function Row({line, width, column = 0}: RowProps) {
  const text = ansiLine(cutLine(line, width), useContext(ColorContext));
  // Ink gives an empty text no row.
  return <Transform transform={(drawn) => placed(drawn, column)}>{text === '' ? ' ' : text}</Transform>;
}

/**
 * A text that the terminal puts to its column by itself. A character whose width the terminal sees otherwise shifts no other pane; and
 * where it is seen narrower, what stood in the row before does not show through.
 */
export function placed(text: string, column: number): string {
  if (column > 0) return `\x1b[${column + 1}G${text}`;
  return ASCII.test(text) ? text : `\x1b[K${text}`;
}

/** Rows below each other, known by their places. */
export function Rows({lines, ...place}: {readonly lines: readonly Line[]} & Omit<RowProps, 'line'>) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is known by its place
  return lines.map((line, at) => <Row key={at} line={line} {...place} />);
}

/** A line behind the margin in which the cursor stands. */
export function besideMargin(line: Line, width: number): Line {
  return [' '.repeat(MARGIN), ...cutLine(line, width - MARGIN)];
}

/** The chosen line has a sign before it and, where the keys go to it, is turned to its negative over the pane's whole width. */
export function chosenLine(line: Line, width: number, isFocused: boolean): Line {
  const cut = cutLine(line, width - MARGIN);
  if (!isFocused) return [styled('bold', CURSOR), ...cut];
  return [styled('inverse', CURSOR + textOf(cut) + ' '.repeat(Math.max(0, width - MARGIN - lineWidth(cut))))];
}

export function textOf(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}
