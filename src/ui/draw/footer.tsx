import {escapeText} from '../../text/escape.js';
import {type Line, lineWidth, type Style, styled} from '../../text/line.js';
import {thousands} from '../../text/node-text.js';
import {wrapText} from '../../text/width.js';
import {readerDoc} from '../docs/reader-doc.js';
import {clampPosition, isBefore, linesFrom, TOP} from '../docs/scroll.js';
import {panesOf, readerWidth} from '../state/panes.js';
import {eventCount} from '../state/selection.js';
import type {BrowserState, Prompt} from '../state/state.js';
import type {BarProps} from './heading.js';
import {hintsLine} from './hints.js';
import {Row, Rows} from './row.js';

/** The lines below the panes: what there is to say, and what the keys do. What is long is said in the place of the keys, too. */
export function Footer({state, columns, rows}: BarProps & {readonly rows: 0 | 1 | 2}) {
  if (rows === 0) return undefined;
  const said = saidLines(state, columns);
  const [first] = said;
  if (rows === 1) return <Row line={first ?? hintsLine(state, columns)} width={columns} />;
  return <Rows lines={said.length > 1 ? said : [first ?? positionLine(state), hintsLine(state, columns)]} width={columns} />;
}

/** A prompt, or one or two lines of what must be read; empty when there is nothing to say. */
function saidLines({prompt, notice, store, tree}: BrowserState, columns: number): readonly Line[] {
  if (prompt !== undefined) return [promptLine(prompt, columns)];
  if (notice !== '') return twoLines(notice, columns, 'bold');
  // Where there is no tree the screen itself says it.
  return store.kind === 'failed' && tree.rows.length > 0 ? twoLines(store.message, columns, 'red') : [];
}

function promptLine(prompt: Prompt, columns: number): Line {
  if (prompt.kind === 'copy') return [styled('bold', 'copy what?')];
  const ask = {search: 'search: ', project: 'project: ', date: 'go to date: '}[prompt.kind];
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
  const {tree, events, focus, search} = state;
  const parts: string[] = [];
  if (search.back !== undefined && search.found !== undefined) parts.push(`hit ${ofText(search.cursor + 1, search.found.hits.length)}`);
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

function ofText(position: number, all: number): string {
  return `${thousands(position)} of ${thousands(all)}`;
}
