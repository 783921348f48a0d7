import {Box} from 'ink';
import {styled} from '../../text/line.js';
import {readerDoc} from '../docs/reader-doc.js';
import {clampPosition, type Doc, linesFrom, type Position} from '../docs/scroll.js';
import {MARGIN} from '../state/panes.js';
import {cutLine} from './ansi.js';
import type {PaneProps} from './list.js';
import {besideMargin, chosenLine, Rows, textOf} from './row.js';

/** What is chosen: a node, its versions or an event, with a cursor on what can be gone to. */
export function Reader({state, pane: {column, width}, height}: PaneProps) {
  const {reader, focus} = state;
  const doc = readerDoc(state, width - MARGIN);
  const lines = linesFrom(doc, clampPosition(doc, reader.top, height), height).map(({block, isFirst, line}) => {
    if (focus !== 'reader' || block !== reader.cursor || !doc.isChoice(block)) return besideMargin(line, width);
    return isFirst ? chosenLine(line, width, true) : [' '.repeat(MARGIN), styled('inverse', textOf(cutLine(line, width - MARGIN)))];
  });
  return <Rows lines={lines} width={width} column={column} />;
}

export interface PageProps {
  readonly doc: Doc;
  readonly top: Position;
  readonly width: number;
  readonly height: number;
}

/** A list in the place of both panes: of the chosen block the first line is turned to its negative, and what is marked in the others stays. */
export function ChoicePage({doc, top, cursor, width, height}: PageProps & {readonly cursor: number}) {
  const lines = linesFrom(doc, clampPosition(doc, top, height), height).map(({block, isFirst, line}) =>
    block === cursor && isFirst && doc.isChoice(block) ? chosenLine(line, width, true) : besideMargin(line, width),
  );
  return (
    <Box flexDirection="column" width={width}>
      <Rows lines={lines} width={width} />
    </Box>
  );
}

/** A document in the place of both panes: the help, or what there is to say where there is no tree. */
export function Page({doc, top, width, height}: PageProps) {
  const lines = linesFrom(doc, clampPosition(doc, top, height), height).map(({line}) => line);
  return (
    <Box flexDirection="column" width={width}>
      <Rows lines={lines} width={width} />
    </Box>
  );
}
