import type {EventId} from '../../domain/event/event.js';
import {timeOfId} from '../../domain/event/identity/event-id.js';
import {type Calendar, shortDate} from '../../domain/time/period.js';
import type {NodeBullet} from '../../domain/toc/node.js';
import {dateOf, dayId, isSegmentId, namesNode, tocLevelOf} from '../../domain/toc/node-id.js';
import type {Place} from '../../domain/toc/screen-want.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {escapeText} from '../../text/escape.js';
import {type Line, styled} from '../../text/line.js';
import {addressOf, boundsText, count, countsText, marksOf, waitingText} from '../../text/node-text.js';
import {wrapText} from '../../text/width.js';
import type {BrowserState} from '../state/state.js';
import {timesOf} from '../state/times.js';
import {keyOf} from '../state/tree.js';
import {eventRow, nodeRest, placeLabel} from './row-text.js';
import type {Doc} from './scroll.js';

/** Lines of text are not set wider than this, however wide the screen. */
const TEXT_COLUMNS = 100;

export type Choice =
  | {readonly kind: 'bullet'; readonly bullet: NodeBullet}
  | {readonly kind: 'child'; readonly place: Place}
  | {readonly kind: 'event'; readonly id: EventId; readonly segment: Place};

export interface NodeDoc extends Doc {
  readonly choiceAt: (block: number) => Choice | undefined;
}

/** The chosen node: its name, what it was made of, its summary, and what is below it. */
export function nodeDoc(state: BrowserState, place: Place, width: number): NodeDoc {
  const {calendar, today} = timesOf(state);
  const loaded = state.nodes.get(keyOf(place));
  const node = loaded?.value;
  const below = state.tree.children.get(keyOf(place))?.value ?? [];
  const bullets = node?.bullets ?? [];
  const tail: readonly Line[] = node === undefined ? [] : tailLines(node, width);
  const heading: readonly Line[] = below.length === 0 ? [[]] : [[], [styled('bold', belowText(place, below.length))]];
  // Head, bullets, tail, heading, children.
  const firstChild = 1 + bullets.length + 1 + 1;
  const choiceAt = (block: number): Choice | undefined => {
    const bullet = bullets[block - 1];
    if (bullet !== undefined) return {kind: 'bullet', bullet};
    const id = below[block - firstChild];
    if (id === undefined) return undefined;
    return namesNode(id) ? {kind: 'child', place: {parent: place.id, id}} : {kind: 'event', id, segment: place};
  };
  const lines = (block: number): readonly Line[] => {
    if (block === 0) return node === undefined ? blankHead(place, loaded !== undefined, calendar, width) : headLines(node, calendar, width);
    const choice = choiceAt(block);
    if (choice?.kind === 'bullet') return bulletLines(choice.bullet, calendar, width);
    if (choice?.kind === 'child') {
      const child = state.nodes.get(keyOf(choice.place));
      return [
        [
          '  ',
          styled('cyan', placeLabel(choice.place, calendar, child?.value)),
          ...nodeRest(choice.place, child?.value, child !== undefined, today),
        ],
      ];
    }
    if (choice?.kind === 'event') return [['  ', ...eventRow(state.previews.get(choice.id), choice.id, calendar)]];
    return block === firstChild - 1 ? heading : tail.length === 0 ? [[]] : tail;
  };
  return {blocks: firstChild + below.length, lines, choiceAt, isChoice: (block) => choiceAt(block) !== undefined};
}

function belowText(place: Place, children: number): string {
  switch (tocLevelOf(place.id)) {
    case 'year':
      return count(children, 'month');
    case 'month':
      return count(children, 'week');
    case 'week':
      return count(children, 'day');
    case 'day':
      return count(children, 'segment');
    case 'segment':
      return count(children, 'event');
  }
}

function headLines(node: ShownNode, calendar: Calendar, width: number): readonly Line[] {
  const marks = marksOf(node);
  const facts = [boundsText(node, calendar), countsText(node), node.summarizer].filter((text) => text !== '').join(' · ');
  const lines: Line[] = wrapped(node.label, '', width, 'bold');
  if (marks.length > 0) lines.push(...wrapped(`[${marks.join(', ')}]`, '', width, 'yellow'));
  lines.push(
    ...wrapped(facts, '', width, 'dim'),
    // A year's label is all that there is to type.
    ...(addressOf(node.id) === node.label ? [] : wrapped(addressOf(node.id), '', width, 'dim')),
  );
  if (node.title !== '' && node.title !== node.label) lines.push([], ...wrapped(node.title, '', width, 'bold'));
  if (node.bullets.length > 0) lines.push([]);
  return lines;
}

function blankHead(place: Place, isRead: boolean, calendar: Calendar, width: number): readonly Line[] {
  const label = calendar.labelOf(place.id, calendar.boundsOf(isSegmentId(place.id) ? dayId(dateOf(place.id)) : place.id).start);
  return [...wrapped(label, '', width, 'bold'), [], [styled('dim', isRead ? 'Only events without text were recorded here.' : 'reading …')]];
}

function bulletLines({text, eventIds}: NodeBullet, calendar: Calendar, width: number): readonly Line[] {
  const lines = wrapped(text, '• ', width);
  const [first] = eventIds;
  if (first === undefined) return lines;
  const at = timeOfId(first);
  const more = eventIds.length > 1 ? `, and ${count(eventIds.length - 1, 'more source')}` : '';
  return [...lines, [styled('dim', `  from ${shortDate(calendar.dateOf(at))}, ${calendar.timeOfDay(at)}${more}`)]];
}

function tailLines(node: ShownNode, width: number): readonly Line[] {
  const lines: Line[] = [];
  if (node.keywords.length > 0) lines.push([], ...wrapped(node.keywords.join(', '), 'Keywords: ', width, 'dim'));
  if (node.waitingEvents > 0) lines.push([], ...wrapped(waitingText(node.waitingEvents), '', width, 'yellow'));
  return lines;
}

/** Text with a hanging indent as wide as `first`; at least one line. */
export function wrapped(text: string, first: string, width: number, style?: 'bold' | 'dim' | 'yellow'): Line[] {
  const lines = wrapText(escapeText(text), Math.max(8, Math.min(width, TEXT_COLUMNS) - first.length));
  const rest = ' '.repeat(first.length);
  return (lines.length === 0 ? [''] : lines).map((line, at) => [at === 0 ? first : rest, style === undefined ? line : styled(style, line)]);
}
