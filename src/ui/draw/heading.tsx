import {Box} from 'ink';
import {type Line, lineWidth, styled} from '../../text/line.js';
import {widthOf} from '../../text/width.js';
import {placeLabel} from '../docs/row-text.js';
import type {BrowserState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {keyOf, parentRow} from '../state/tree.js';
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
  const left = state.help !== undefined ? 'mem toc: help' : (state.events?.heading ?? wayText(state, free));
  return (
    <Box justifyContent="space-between">
      <Row line={[styled('bold', left === '' ? 'mem toc' : left)]} width={free} />
      {used > 0 && <Row line={right} width={columns} column={Math.max(0, columns - used)} />}
    </Box>
  );
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
