import type {Calendar} from '../../domain/time/period.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {escapeText} from '../../text/escape.js';
import {type Line, lineWidth, type Span, styled} from '../../text/line.js';
import {addressOf, boundsText, countsText, marksOf, thousands, waitingText} from '../../text/node-text.js';
import {widthOf, wrapText} from '../../text/width.js';

/** Text is never wider than this, even on a wide screen: long lines are hard to read. */
const TEXT_COLUMNS = 100;
/** How many bullets a node below the chosen one shows. The chosen node shows all. */
const BRIEF_BULLETS = 3;
/** How many nodes are shown below one. Only a day can have more: the others are listed elsewhere. */
const SHOWN_CHILDREN = 100;

interface Layout {
  readonly calendar: Calendar;
  readonly columns: number;
}

/** The chosen node in full, and the nodes below it as a tree. @param columns of the screen */
export function treeLines(node: ShownNode, calendar: Calendar, columns: number): readonly Line[] {
  const layout = {calendar, columns: Math.max(20, columns)};
  const lines: Line[] = [...headLines(node, layout)];
  if (node.children?.length) lines.push([]);
  lines.push(...childrenLines(node, '', layout));
  const deepest = deepestOf(node);
  if (deepest !== node)
    lines.push([], [styled('dim', `Look closer: mem ${deepest.tocLevel === 'segment' ? 'events' : 'toc show'} ${addressOf(deepest.id)}`)]);
  return lines;
}

function markSpans(node: ShownNode): readonly (string | Span)[] {
  const marks = marksOf(node);
  return marks.length === 0 ? [] : ['  ', styled('yellow', `[${marks.join(', ')}]`)];
}

function headLines(node: ShownNode, layout: Layout): readonly Line[] {
  const lines: Line[] = [[styled('bold', node.label), ...markSpans(node)]];
  const facts = [boundsText(node, layout.calendar), countsText(node)].filter((text) => text !== '');
  // A segment's id is long, so it has its own line.
  const rows = node.tocLevel === 'segment' ? [facts, [node.id]] : [[...facts, addressOf(node.id)]];
  for (const row of rows) lines.push(...wrapped(row.join(' · '), '', '', layout, 'dim'));
  if (node.title !== '' && node.title !== node.label) lines.push([], ...wrapped(node.title, '', '', layout, 'bold'));
  if (node.bullets.length > 0) lines.push([]);
  for (const {text} of node.bullets) lines.push(...wrapped(text, '• ', '  ', layout));
  if (node.keywords.length > 0) lines.push([], ...wrapped(node.keywords.join(', '), 'Keywords: ', '          ', layout, 'dim'));
  if (node.waitingEvents > 0) lines.push([], waitingLine(node));
  return lines;
}

function waitingLine(node: ShownNode): Line {
  return [styled('yellow', waitingText(node.waitingEvents))];
}

function branchLines(node: ShownNode, prefix: string, isLast: boolean, layout: Layout): readonly Line[] {
  const children = node.children ?? [];
  const below = `${prefix}${isLast ? '   ' : '│  '}`;
  const trunk = `${below}${children.length > 0 ? '│  ' : '   '}`;
  const facts = [boundsText(node, layout.calendar), countsText(node)].filter((text) => text !== '').join(' · ');
  const branch: Line = [styled('dim', `${prefix}${isLast ? '└─ ' : '├─ '}`), styled('cyan', node.label)];
  const marks = markSpans(node);
  const whole: Line = facts === '' ? [...branch, ...marks] : [...branch, '  ', styled('dim', facts), ...marks];
  const lines: Line[] = [];
  if (facts === '' || lineWidth(whole) <= layout.columns) lines.push(whole);
  else lines.push([...branch, ...marks], ...wrapped(facts, trunk, trunk, layout, 'dim'));
  if (node.title !== '' && node.title !== node.label) lines.push(...wrapped(node.title, trunk, trunk, layout, 'bold'));
  if (children.length === 0) lines.push(...briefLines(node, trunk, layout));
  if (node.tocLevel === 'segment') lines.push([styled('dim', trunk + node.id)]);
  if (node.waitingEvents > 0) lines.push([styled('dim', trunk), ...waitingLine(node)]);
  lines.push(...childrenLines(node, below, layout));
  return lines;
}

function childrenLines({id, children = []}: ShownNode, prefix: string, layout: Layout): readonly Line[] {
  const shown = children.slice(0, SHOWN_CHILDREN);
  const hidden = children.slice(SHOWN_CHILDREN);
  const lines = shown.flatMap((child, at) => branchLines(child, prefix, at === children.length - 1, layout));
  if (hidden.length === 0) return lines;
  const range = `--from ${addressOf(id)} --to ${addressOf(id)}${hidden.some(({provisional}) => provisional) ? ' --provisional' : ''}`;
  const list = `mem toc list --level ${hidden[0]?.tocLevel} ${range}`;
  return [...lines, ...wrapped(`… ${thousands(hidden.length)} more: ${list}`, `${prefix}└─ `, `${prefix}   `, layout, 'dim')];
}

function briefLines(node: ShownNode, trunk: string, layout: Layout): readonly Line[] {
  const lines = node.bullets.slice(0, BRIEF_BULLETS).flatMap(({text}) => wrapped(text, `${trunk}• `, `${trunk}  `, layout));
  const more = node.bullets.length - BRIEF_BULLETS;
  if (more > 0) lines.push([styled('dim', `${trunk}… ${more} more: mem toc show ${addressOf(node.id)}`)]);
  return lines;
}

function wrapped(text: string, first: string, rest: string, {columns}: Layout, style?: Span['style']): Line[] {
  return hangingLines(text, first, rest, columns, style);
}

/** Text with a hanging indent. The prefix is dim, the text has `style`. */
export function hangingLines(text: string, first: string, rest: string, columns: number, style?: Span['style']): Line[] {
  const indent = widthOf(rest);
  const width = Math.max(16, Math.min(columns - indent, TEXT_COLUMNS));
  return wrapText(escapeText(text), width).map((line, at) => {
    const prefix = at === 0 ? first : rest;
    return [...(prefix.trim() === '' ? [prefix] : [styled('dim', prefix)]), style === undefined ? line : styled(style, line)];
  });
}

/** The last of the deepest shown nodes: an example for the next command. */
function deepestOf(node: ShownNode): ShownNode {
  const last = node.children?.slice(0, SHOWN_CHILDREN).at(-1);
  return last === undefined ? node : deepestOf(last);
}
