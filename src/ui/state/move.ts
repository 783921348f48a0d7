import type {Calendar} from '../../domain/time/period.js';
import {isSegmentId, type NodeId, tocLevelOf} from '../../domain/toc/node-id.js';
import {datesAt, type Place} from '../../domain/toc/screen-want.js';
import {readerDoc} from '../docs/reader-doc.js';
import {placeLabel} from '../docs/row-text.js';
import {choiceFrom, clampPosition, lastPage, linesFrom, scrollBy, showBlock, TOP} from '../docs/scroll.js';
import {MARGIN, panesOf, readerWidth} from './panes.js';
import {chosenPlace, eventCount} from './selection.js';
import {type BrowserState, READER_TOP} from './state.js';
import {timesOf} from './times.js';
import {keyOf, parentRow} from './tree.js';

/** The list's cursor `by` rows further down; beyond its ends the tidying stops it. */
export function moveList(state: BrowserState, by: number): BrowserState {
  const {tree, events} = state;
  if (events !== undefined) return {...state, events: {...events, cursor: clamp(events.cursor + by, eventCount(events))}};
  return {...state, tree: {...tree, cursor: clamp(tree.cursor + by, tree.rows.length)}};
}

export function moveListTo(state: BrowserState, row: number): BrowserState {
  const {tree, events} = state;
  if (events !== undefined) return {...state, events: {...events, cursor: clamp(row, eventCount(events))}};
  return {...state, tree: {...tree, cursor: clamp(row, tree.rows.length)}};
}

function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}

/** Opens what the cursor stands on; where it is open, goes to its first row; an event is read. */
export function openRow(state: BrowserState): BrowserState {
  const row = state.tree.rows[state.tree.cursor];
  if (row === undefined) return state;
  if (row.kind === 'event') return {...state, focus: 'reader'};
  if (!row.isOpen) return setOpen(state, row.key, true);
  const next = state.tree.rows[state.tree.cursor + 1];
  return next !== undefined && next.depth > row.depth ? moveList(state, 1) : state;
}

/** Closes what the cursor stands on; where it is closed, goes to the row above it. */
export function closeRow(state: BrowserState): BrowserState {
  const {tree} = state;
  const row = tree.rows[tree.cursor];
  if (row === undefined) return state;
  if (row.kind !== 'event' && row.isOpen) return setOpen(state, row.key, false);
  const above = parentRow(tree.rows, tree.cursor);
  return above === -1 ? state : moveListTo(state, above);
}

export function toggleRow(state: BrowserState): BrowserState {
  const row = state.tree.rows[state.tree.cursor];
  if (row === undefined || row.kind === 'event') return state;
  return setOpen(state, row.key, !row.isOpen);
}

function setOpen(state: BrowserState, key: string, isOpen: boolean): BrowserState {
  const open = new Set(state.tree.open);
  if (isOpen) open.add(key);
  else open.delete(key);
  return {...state, tree: {...state.tree, open}};
}

/** The reader's cursor to the next choice, or a line further where no choice follows. */
export function moveReader(state: BrowserState, by: 1 | -1): BrowserState {
  const {height} = panesOf(state);
  const {reader} = state;
  const doc = readerDoc(state, readerWidth(state));
  const next = doc.isChoice(reader.cursor) ? choiceFrom(doc, reader.cursor + by, by) : undefined;
  if (next === undefined) return {...state, reader: {...reader, top: scrollBy(doc, reader.top, by, height)}};
  return {...state, reader: {...reader, cursor: next, top: showBlock(doc, reader.top, next, height)}};
}

/** The reader `by` lines further down; its cursor goes along. */
export function scrollReader(state: BrowserState, by: number): BrowserState {
  const {height} = panesOf(state);
  const {reader} = state;
  const doc = readerDoc(state, readerWidth(state));
  const top = scrollBy(doc, reader.top, by, height);
  const seen = linesFrom(doc, top, height).map(({block}) => block);
  const choices = seen.filter((block) => doc.isChoice(block));
  const cursor = choices.includes(reader.cursor) ? reader.cursor : ((by > 0 ? choices[0] : choices.at(-1)) ?? reader.cursor);
  return {...state, reader: {...reader, top, cursor}};
}

export function readerToEnd(state: BrowserState, end: 'top' | 'bottom'): BrowserState {
  const {height} = panesOf(state);
  const {reader} = state;
  const doc = readerDoc(state, readerWidth(state));
  const top = end === 'top' ? TOP : lastPage(doc, height);
  const cursor = end === 'top' ? choiceFrom(doc, 0, 1) : choiceFrom(doc, doc.blocks - 1, -1);
  return {...state, reader: {...reader, top, cursor: cursor ?? reader.cursor}};
}

/** What the reader's cursor stands on: a bullet's source, a child's place, an event. */
export function enterChoice(state: BrowserState): BrowserState {
  const choice = readerDoc(state, readerWidth(state)).choiceAt(state.reader.cursor);
  if (choice === undefined) return state;
  if (choice.kind === 'child') return {...state, goal: choice.place};
  const id = choice.kind === 'event' ? choice.id : choice.bullet.eventIds[0];
  return id === undefined ? {...state, notice: 'this bullet names no source'} : {...state, source: id};
}

/** The events of the chosen node in the tree's place. */
export function openEvents(state: BrowserState): BrowserState {
  const place = chosenPlace(state);
  if (place === undefined || state.events !== undefined) return state;
  const row = state.tree.rows[state.tree.cursor];
  const at = row?.kind === 'event' ? (state.tree.children.get(keyOf(place))?.value.indexOf(row.id) ?? 0) : 0;
  return {
    ...state,
    events: {
      of: isSegmentId(place.id) ? {kind: 'segment', id: place.id} : {kind: 'dates', dates: datesAt(place)},
      heading: `Events: ${nameOf(state, place)}`,
      sections: undefined,
      generation: state.generation,
      ids: new Map(),
      cursor: at,
      top: 0,
      back: {focus: state.focus, reader: state.reader},
    },
    focus: 'list',
    reader: READER_TOP,
  };
}

export function closeEvents(state: BrowserState): BrowserState {
  return state.events === undefined ? state : {...state, ...state.events.back, events: undefined};
}

/** A place's whole name. */
export function nameOf(state: BrowserState, place: Place): string {
  const {calendar} = timesOf(state);
  const node = state.nodes.get(keyOf(place))?.value;
  if (node !== undefined && !node.clipped) return node.label;
  return tocLevelOf(place.id) === 'week' ? placeLabel(place, calendar) : labelOfId(place.id, calendar);
}

function labelOfId(id: NodeId, calendar: Calendar): string {
  return tocLevelOf(id) === 'segment' ? id : calendar.labelOf(id, calendar.boundsOf(id).start);
}

/** The row of the list below a row of the screen; undefined when no row lies there. */
export function rowAt(
  state: BrowserState,
  column: number,
  row: number,
): {readonly pane: 'list' | 'reader'; readonly row: number} | undefined {
  const panes = panesOf(state);
  const at = row - panes.heading;
  if (at < 0 || at >= panes.height) return undefined;
  if (panes.reader !== undefined && column >= panes.reader.column) return {pane: 'reader', row: at};
  return panes.list !== undefined && column < panes.list.width + MARGIN ? {pane: 'list', row: at} : undefined;
}

/** The reader's block at a row of its pane. */
export function blockAt(state: BrowserState, row: number): number | undefined {
  const {height} = panesOf(state);
  const doc = readerDoc(state, readerWidth(state));
  return linesFrom(doc, clampPosition(doc, state.reader.top, height), height)[row]?.block;
}
