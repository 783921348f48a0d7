import type {NodeId} from '../../domain/toc/node-id.js';
import {type Line, type Span, styled} from '../../text/line.js';
import {stepBar} from '../../text/step-bar.js';
import {eventRow, nodeRest, placeLabel} from '../docs/row-text.js';
import type {Pane} from '../state/panes.js';
import {eventAt, eventCount, sectionAt} from '../state/selection.js';
import type {BrowserState, EventsState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {keyOf, parentPlace, type TreeRow} from '../state/tree.js';
import {besideMargin, chosenLine, Rows} from './row.js';

export interface PaneProps {
  readonly state: BrowserState;
  readonly pane: Pane;
  readonly height: number;
}

/** The rows of the tree that are on the screen. */
export function Tree({state, pane: {column, width}, height}: PaneProps) {
  const {tree} = state;
  const lines = tree.rows
    .slice(tree.top, tree.top + height)
    .map((row, at) => listLine(state, treeLine(state, row, tree.top + at, width), tree.top + at === tree.cursor, width));
  return <Rows lines={lines.length === 0 ? [missingLine(missingText(state))] : lines} width={width} column={column} />;
}

/** The list of events that stands in the tree's place. */
export function EventList({state, events, pane: {column, width}, height}: PaneProps & {readonly events: EventsState}) {
  const lines: Line[] = [];
  const last = Math.min(eventCount(events), events.top + height);
  for (let at = events.top; at < last; at++) lines.push(listLine(state, eventLine(state, events, at), at === events.cursor, width));
  if (last === 0) lines.push(missingLine(events.sections === undefined ? 'reading …' : 'no events'));
  return <Rows lines={lines} width={width} column={column} />;
}

function listLine({focus}: BrowserState, line: Line, isChosen: boolean, width: number): Line {
  return isChosen ? chosenLine(line, width, focus === 'list') : besideMargin(line, width);
}

function missingText({store, project, goal}: BrowserState): string {
  return store.kind === 'ready' && project !== undefined && goal === undefined ? `nothing of ${project} can be shown yet` : 'reading …';
}

function missingLine(text: string): Line {
  return [styled('dim', `  ${text}`)];
}

/** Without a bar where the pane is so narrow that a label would not fit. */
const LEAST_BAR_WIDTH = 30;

function treeLine(state: BrowserState, row: TreeRow, at: number, width: number): Line {
  const {calendar, today} = timesOf(state);
  const indent = '  '.repeat(row.depth);
  if (row.kind === 'event') return [indent, styled('dim', '· '), ...eventRow(state.previews.get(row.id), row.id, calendar)];
  const loaded = state.nodes.get(row.key);
  const label = placeLabel(row.place, calendar, loaded?.value);
  return [
    indent,
    row.isOpen ? '▾ ' : '▸ ',
    ...(width < LEAST_BAR_WIDTH ? [] : [sizeBar(state, row.place.id, at), ' ']),
    styled(row.isOpen ? 'bold' : 'cyan', label),
    ...nodeRest(row.place, loaded?.value, loaded !== undefined, today),
  ];
}

/** How much of the work it holds, against what stands beside it. */
function sizeBar({sizes, tree}: BrowserState, id: NodeId, at: number): Span {
  const known = sizes.get(keyOf(parentPlace(tree.rows, at)))?.value;
  return styled('green', known === undefined ? ' ' : stepBar(known.get(id) ?? 0, Math.max(0, ...known.values())));
}

function eventLine(state: BrowserState, events: EventsState, at: number): Line {
  const id = eventAt(events, at);
  const section = sectionAt(events, at);
  if (id === undefined) return [styled('dim', `${section?.date ?? ''} …`)];
  const date = (events.sections?.length ?? 0) > 1 ? [styled('dim', `${section?.date.slice(5) ?? ''} `)] : [];
  return [...date, ...eventRow(state.previews.get(id), id, timesOf(state).calendar)];
}
