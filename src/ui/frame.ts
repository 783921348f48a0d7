import type {LocalDate} from '../domain/node-id.js';
import {type Line, lineWidth, styled} from '../text/line.js';
import {count, thousands} from '../text/node-text.js';
import {ansiLine, cutLine} from './ansi.js';
import {beginDoc, helpDoc} from './help-doc.js';
import {hintsLine} from './hints.js';
import {MARGIN, type Pane, type Panes, panesOf} from './panes.js';
import {readerDoc} from './reader-doc.js';
import {calendarOf, eventRow, nodeRest, placeLabel} from './row-text.js';
import {clampPosition, type Doc, linesFrom, type Position} from './scroll.js';
import {eventAt, eventCount, sectionAt} from './selection.js';
import type {BrowserState} from './state.js';
import {keyOf, parentRow, type TreeRow} from './tree.js';

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
  const footer = [noticeLine(state, columns), hintsLine(state, columns)].slice(2 - panes.footer);
  return {
    height: panes.height,
    heading: panes.heading === 1 ? cut(headingLine(state, columns)) : undefined,
    panes: paneLines(state, panes),
    footer: footer.map(cut),
  };
}

function paneLines(state: BrowserState, panes: Panes): readonly FramePane[] {
  const whole = {column: 0, width: state.size.columns};
  const page = (doc: Doc, top: Position): readonly FramePane[] => [
    {pane: whole, lines: linesFrom(doc, clampPosition(doc, top, panes.height), panes.height).map(({line}) => cutLine(line, whole.width))},
  ];
  if (state.help !== undefined) return page(helpDoc(whole.width), state.help);
  if (state.store.kind === 'empty') return page(beginDoc(whole.width), {block: 0, line: 0});
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

function headingLine(state: BrowserState, columns: number): Line {
  const right = storeText(state);
  const left = state.help !== undefined ? 'mem toc: help' : (state.events?.heading ?? wayText(state));
  const free = Math.max(0, columns - right.length - 2);
  const shown = cutLine([styled('bold', left === '' ? 'mem toc' : left)], free);
  return [
    ...shown,
    ' '.repeat(Math.max(1, columns - lineWidth(shown) - right.length)),
    styled(state.store.kind === 'busy' ? 'yellow' : 'dim', right),
  ];
}

function storeText({store, search}: BrowserState): string {
  if (search?.isRunning) return `looking through ${search.month?.slice(0, 7) ?? ''} …`;
  switch (store.kind) {
    case 'reading':
      return 'reading …';
    case 'busy':
      return 'the store is busy; waiting';
    case 'failed':
      return 'the store cannot be read';
    case 'ready':
    case 'empty':
      return '';
  }
}

/** `2026 › November › Week 47, Nov 16 – 22`: above the rows that are on the screen may be none of these. */
function wayText({tree, clock, nodes}: BrowserState): string {
  const names: string[] = [];
  const calendar = calendarOf(clock?.timeZone ?? 'UTC');
  for (let at = tree.cursor; at >= 0; at = parentRow(tree.rows, at)) {
    const row = tree.rows[at];
    if (row === undefined) break;
    if (row.kind !== 'event') names.unshift(placeLabel(row.place, calendar, nodes.get(keyOf(row.place))?.value));
  }
  return names.join(' › ');
}

function noticeLine(state: BrowserState, columns: number): Line {
  const {prompt, notice, store, tree, events} = state;
  if (prompt?.kind === 'find' || prompt?.kind === 'date') {
    const ask = prompt.kind === 'find' ? 'find: ' : 'go to date: ';
    // Of a long text its end: that is where one types.
    let text = prompt.text;
    while (lineWidth([text]) > columns - ask.length - 1 && text !== '') text = [...text].slice(1).join('');
    return [styled('bold', ask), text, styled('inverse', ' ')];
  }
  if (notice !== '') return [styled('bold', notice)];
  if (store.kind === 'failed') return [styled('red', store.message)];
  if (events !== undefined && events.sections !== undefined)
    return [styled('dim', `event ${thousands(Math.min(events.cursor + 1, eventCount(events)))} of ${thousands(eventCount(events))}`)];
  return tree.rows.length === 0 ? [] : [styled('dim', `row ${thousands(tree.cursor + 1)} of ${count(tree.rows.length, 'row')}`)];
}

function timesOf(state: BrowserState): {readonly calendar: ReturnType<typeof calendarOf>; readonly today: LocalDate} {
  const calendar = calendarOf(state.clock?.timeZone ?? 'UTC');
  return {calendar, today: state.clock === undefined ? ('1970-01-01' as LocalDate) : calendar.dateOf(state.clock.now)};
}

/** For who asks what today is; before the store was read nobody knows its zone. */
export function todayOf(state: BrowserState): LocalDate {
  return timesOf(state).today;
}

/** A frame as Ink lays it out: each pane below the one before, filled up to its height. */
export function frameText({height, heading, panes, footer}: Frame, color: boolean): string {
  const filled = panes.flatMap(({lines}) => [...lines, ...Array.from({length: height - lines.length}, (): Line => [])]);
  return [...(heading === undefined ? [] : [heading]), ...filled, ...footer].map((line) => ansiLine(line, color)).join('\n');
}
