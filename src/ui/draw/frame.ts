import {type Line, lineWidth, styled} from '../../text/line.js';
import {beginDoc, helpDoc, unreadableDoc} from '../docs/help-doc.js';
import {readerDoc} from '../docs/reader-doc.js';
import {eventRow, nodeRest, placeLabel} from '../docs/row-text.js';
import {clampPosition, type Doc, linesFrom, type Position, TOP} from '../docs/scroll.js';
import {MARGIN, type Pane, type Panes, panesOf} from '../state/panes.js';
import {eventAt, eventCount, sectionAt} from '../state/selection.js';
import type {BrowserState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import type {TreeRow} from '../state/tree.js';
import {ansiLine, cutLine} from './ansi.js';
import {footerLines, headingLine} from './bars.js';

const CURSOR = '› ';

export interface FramePane {
  readonly pane: Pane;
  readonly lines: readonly Line[];
}

/** What is on the screen, line by line, each cut to its place. */
export interface Frame {
  /** Of each pane; heading and footer come to it. */
  readonly height: number;
  readonly heading: Line | undefined;
  readonly panes: readonly FramePane[];
  readonly footer: readonly Line[];
}

/** Draws a state: only what is on the screen is laid out. */
export function frameOf(state: BrowserState): Frame {
  const panes = panesOf(state);
  const {columns} = state.size;
  const cut = (line: Line) => cutLine(line, columns);
  return {
    height: panes.height,
    heading: panes.heading === 1 ? cut(headingLine(state, columns)) : undefined,
    panes: paneLines(state, panes),
    footer: footerLines(state, columns, panes.footer).map(cut),
  };
}

function paneLines(state: BrowserState, panes: Panes): readonly FramePane[] {
  const whole = {column: 0, width: state.size.columns};
  const page = (doc: Doc, top: Position): readonly FramePane[] => [
    {pane: whole, lines: linesFrom(doc, clampPosition(doc, top, panes.height), panes.height).map(({line}) => cutLine(line, whole.width))},
  ];
  if (state.help !== undefined) return page(helpDoc(whole.width), state.help);
  if (state.store.kind === 'empty') return page(beginDoc(whole.width), TOP);
  if (state.store.kind === 'failed' && state.tree.rows.length === 0) return page(unreadableDoc(state.store.message, whole.width), TOP);
  const drawn: FramePane[] = [];
  if (panes.list !== undefined) drawn.push({pane: panes.list, lines: listLines(state, panes.list.width, panes.height)});
  if (panes.reader !== undefined) drawn.push({pane: panes.reader, lines: readerLines(state, panes.reader.width, panes.height)});
  // Not even the margin fits.
  return state.size.columns > MARGIN
    ? drawn
    : drawn.map(({pane, lines}) => ({pane, lines: lines.map((line) => cutLine(line, pane.width))}));
}

function listLines(state: BrowserState, width: number, height: number): readonly Line[] {
  const {events, tree} = state;
  const isFocused = state.focus === 'list';
  const lines: Line[] = [];
  if (events !== undefined) {
    const last = Math.min(eventCount(events), events.top + height);
    for (let at = events.top; at < last; at++) lines.push(listRow(eventLine(state, at), at === events.cursor, isFocused, width));
    if (last === 0) lines.push(cutLine([styled('dim', `  ${events.sections === undefined ? 'reading …' : 'no events'}`)], width));
    return lines;
  }
  for (const [at, row] of tree.rows.slice(tree.top, tree.top + height).entries())
    lines.push(listRow(treeLine(state, row), tree.top + at === tree.cursor, isFocused, width));
  if (lines.length === 0) lines.push(cutLine([styled('dim', '  reading …')], width));
  return lines;
}

/** The chosen row has a sign before it and, where the keys go to it, is turned to its negative over the pane's whole width. */
function listRow(line: Line, isChosen: boolean, isFocused: boolean, width: number): Line {
  const cut = cutLine(line, width - MARGIN);
  if (!isChosen) return [' '.repeat(MARGIN), ...cut];
  return isFocused ? inverted(cut, width) : [styled('bold', CURSOR), ...cut];
}

function inverted(line: Line, width: number): Line {
  const text = line.map((span) => (typeof span === 'string' ? span : span.text)).join('');
  return [styled('inverse', CURSOR + text + ' '.repeat(Math.max(0, width - MARGIN - lineWidth(line))))];
}

function treeLine(state: BrowserState, row: TreeRow): Line {
  const {calendar, today} = timesOf(state);
  const indent = '  '.repeat(row.depth);
  if (row.kind === 'event') return [indent, styled('dim', '· '), ...eventRow(state.previews.get(row.id), row.id, calendar)];
  const loaded = state.nodes.get(row.key);
  const label = placeLabel(row.place, calendar, loaded?.value);
  return [
    indent,
    row.isOpen ? '▾ ' : '▸ ',
    styled(row.isOpen ? 'bold' : 'cyan', label),
    ...nodeRest(row.place, loaded?.value, loaded !== undefined, today),
  ];
}

function eventLine(state: BrowserState, at: number): Line {
  const {events} = state;
  if (events === undefined) return [];
  const id = eventAt(events, at);
  if (id === undefined) return [styled('dim', `${sectionAt(events, at)?.date ?? ''} …`)];
  const section = sectionAt(events, at);
  const date = (events.sections?.length ?? 0) > 1 ? [styled('dim', `${section?.date.slice(5) ?? ''} `)] : [];
  return [...date, ...eventRow(state.previews.get(id), id, timesOf(state).calendar)];
}

function readerLines(state: BrowserState, width: number, height: number): readonly Line[] {
  const doc = readerDoc(state, width - MARGIN);
  const {reader, focus} = state;
  return linesFrom(doc, clampPosition(doc, reader.top, height), height).map(({block, isFirst, line}) => {
    const cut = cutLine(line, width - MARGIN);
    if (focus !== 'reader' || block !== reader.cursor || !doc.isChoice(block)) return [' '.repeat(MARGIN), ...cut];
    return isFirst ? inverted(cut, width) : [' '.repeat(MARGIN), styled('inverse', textOf(cut))];
  });
}

function textOf(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}

/** A frame as Ink lays it out: each pane below the one before, filled up to its height. */
export function frameText({height, heading, panes, footer}: Frame, color: boolean): string {
  const filled = panes.flatMap(({lines}) => [...lines, ...Array.from({length: height - lines.length}, (): Line => [])]);
  return [...(heading === undefined ? [] : [heading]), ...filled, ...footer].map((line) => ansiLine(line, color)).join('\n');
}
