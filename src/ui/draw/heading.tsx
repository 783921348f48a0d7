import {Box} from 'ink';
import {escapeText} from '../../text/escape.js';
import {type Line, lineWidth, styled} from '../../text/line.js';
import {count} from '../../text/node-text.js';
import {widthOf} from '../../text/width.js';
import {placeLabel} from '../docs/row-text.js';
import type {BrowserState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {keyOf, parentRow} from '../state/tree.js';
import {cutText} from './ansi.js';
import {Row} from './row.js';

/** Between where the cursor is and what the store is doing. */
const GAP = 2;

export interface BarProps {
  readonly state: BrowserState;
  readonly columns: number;
}

/** The line above the panes: where the cursor is, and what the store is doing. */
export function Heading({state, columns}: BarProps) {
  const right: Line = [styled(state.store.kind === 'busy' ? 'yellow' : 'dim', storeText(state))];
  const used = lineWidth(right);
  const free = Math.max(0, columns - used - GAP);
  const project = projectText(state, free);
  const rest = leftText(state, free - widthOf(project));
  const left = `${project}${rest === '' && project === '' ? 'mem toc' : rest}`;
  return (
    <Box justifyContent="space-between">
      <Row line={[styled('bold', left)]} width={free} />
      {used > 0 && <Row line={right} width={columns} column={Math.max(0, columns - used)} />}
    </Box>
  );
}

/** The one project that is shown, in at most half of the line. */
function projectText({project}: BrowserState, columns: number): string {
  if (project === undefined) return '';
  const name = escapeText(project);
  const most = Math.max(8, Math.floor(columns / 2));
  return `${widthOf(name) > most ? `${cutText(name, most - 1)}…` : name}: `;
}

function leftText(state: BrowserState, columns: number): string {
  const {help, prompt, events} = state;
  if (help !== undefined) return 'mem toc: help';
  if (prompt?.kind === 'search') return foundText(state.search);
  if (prompt?.kind === 'project') return 'which project?';
  return events?.heading ?? wayText(state, columns);
}

/** How many hits are listed, and for what: while one types on, the last answer is still there. */
function foundText({found, problem}: BrowserState['search']): string {
  if (found === undefined || problem !== '') return 'search';
  const hits = found.hits.length === 0 ? 'nothing' : found.hasMore ? `the best ${found.hits.length}` : count(found.hits.length, 'hit');
  return `${hits} for ${found.query}`;
}

function storeText({store, search, neighbour}: BrowserState): string {
  if (store.kind !== 'busy' && search.isRunning) return 'searching …';
  if (neighbour?.isRunning) return `looking through ${neighbour.month?.slice(0, 7) ?? ''} …`;
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
