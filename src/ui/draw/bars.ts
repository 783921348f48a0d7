import {escapeText} from '../../text/escape.js';
import {type Line, lineWidth, type Style, styled} from '../../text/line.js';
import {thousands} from '../../text/node-text.js';
import {widthOf, wrapText} from '../../text/width.js';
import {readerDoc} from '../docs/reader-doc.js';
import {placeLabel} from '../docs/row-text.js';
import {clampPosition, isBefore, linesFrom, TOP} from '../docs/scroll.js';
import {panesOf, readerWidth} from '../state/panes.js';
import {eventCount} from '../state/selection.js';
import type {BrowserState, Prompt} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {keyOf, parentRow} from '../state/tree.js';
import {cutLine} from './ansi.js';
import {hintsLine} from './hints.js';

/** The line above the panes: where the cursor is, and what the store is doing. */
export function headingLine(state: BrowserState, columns: number): Line {
  const right = storeText(state);
  const free = Math.max(0, columns - right.length - 2);
  const left = state.help !== undefined ? 'mem toc: help' : (state.events?.heading ?? wayText(state, free));
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

/**
 * `2026 › November › Week 47, Nov 16 – 22`: above the rows that are on the screen may be none of these. What does not fit is left out from
 * the beginning: the end says more.
 */
function wayText(state: BrowserState, columns: number): string {
  const {tree, nodes} = state;
  const {calendar} = timesOf(state);
  const names: string[] = [];
  for (let at = tree.cursor; at >= 0; at = parentRow(tree.rows, at)) {
    const row = tree.rows[at];
    if (row === undefined) break;
    if (row.kind !== 'event') names.unshift(placeLabel(row.place, calendar, nodes.get(keyOf(row.place))?.value));
  }
  let text = names.join(' › ');
  while (names.length > 1 && widthOf(text) > columns) {
    names.shift();
    text = `… › ${names.join(' › ')}`;
  }
  return text;
}

/** The lines below the panes: what there is to say, and what the keys do. What is long is said in the place of the keys, too. */
export function footerLines(state: BrowserState, columns: number, rows: 0 | 1 | 2): readonly Line[] {
  const said = saidLines(state, columns);
  const hints = hintsLine(state, columns);
  if (rows === 2) return said.length > 1 ? said : [said[0] ?? positionLine(state), hints];
  return rows === 1 ? [said[0] ?? hints] : [];
}

/** A prompt, or one or two lines of what must be read; none when there is nothing to say. */
function saidLines({prompt, notice, store, tree}: BrowserState, columns: number): readonly Line[] {
  if (prompt !== undefined) return [promptLine(prompt, columns)];
  if (notice !== '') return twoLines(notice, columns, 'bold');
  // Where there is no tree the screen itself says it.
  return store.kind === 'failed' && tree.rows.length > 0 ? twoLines(store.message, columns, 'red') : [];
}

function promptLine(prompt: Prompt, columns: number): Line {
  if (prompt.kind === 'copy') return [styled('bold', 'copy what?')];
  const ask = prompt.kind === 'find' ? 'find: ' : 'go to date: ';
  // Of a long text its end: that is where one types.
  let text = prompt.text;
  while (lineWidth([text]) > columns - ask.length - 1 && text !== '') text = [...text].slice(1).join('');
  return [styled('bold', ask), text, styled('inverse', ' ')];
}

function twoLines(text: string, columns: number, style: Style): readonly Line[] {
  const [first = '', ...others] = wrapText(escapeText(text), Math.max(1, columns));
  return others.length === 0 ? [[styled(style, first)]] : [[styled(style, first)], [styled(style, others.join(' '))]];
}

function positionLine(state: BrowserState): Line {
  const {tree, events, focus} = state;
  const parts: string[] = [];
  if (events !== undefined && events.sections !== undefined)
    parts.push(`event ${ofText(Math.min(events.cursor + 1, eventCount(events)), eventCount(events))}`);
  else if (tree.rows.length > 0) parts.push(`row ${ofText(tree.cursor + 1, tree.rows.length)}`);
  if (focus === 'reader') parts.push(...moreParts(state));
  return parts.length === 0 ? [] : [styled('dim', parts.join(' · '))];
}

/** Whether the reader's text goes on beyond the screen. */
function moreParts(state: BrowserState): readonly string[] {
  const {height} = panesOf(state);
  const doc = readerDoc(state, readerWidth(state));
  const top = clampPosition(doc, state.reader.top, height);
  const isBelow = linesFrom(doc, top, height + 1).length > height;
  return [...(isBefore(TOP, top) ? ['more above'] : []), ...(isBelow ? ['more below'] : [])];
}

function ofText(one: number, all: number): string {
  return `${thousands(one)} of ${thousands(all)}`;
}
