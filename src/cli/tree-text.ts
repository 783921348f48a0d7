import {type LocalDate, type NodeId, periodPartOf, tocLevelOf} from '../domain/node-id.js';
import {type Calendar, lastDateOf, periodLabel, shortDate} from '../domain/period.js';
import type {ShownNode} from '../domain/shown-node.js';
import {escapeText} from './escape.js';
import {type Line, type Span, styled} from './line.js';
import {widthOf, wrapText} from './width.js';

/** Lines of text are not set wider than this, however wide the screen: longer ones are hard to read. */
const TEXT_COLUMNS = 100;
/** Of the nodes below the chosen one this many bullets are shown; the node itself shows them all. */
const BRIEF_BULLETS = 3;

interface Layout {
  readonly calendar: Calendar;
  readonly columns: number;
}

/** The chosen node in full, and what is below it as a tree. @param columns of the screen */
export function treeLines(node: ShownNode, calendar: Calendar, columns: number): readonly Line[] {
  const layout = {calendar, columns: Math.max(20, columns)};
  const lines: Line[] = [...headLines(node, layout)];
  const children = node.children ?? [];
  if (children.length > 0) lines.push([]);
  for (const [at, child] of children.entries()) lines.push(...branchLines(child, '', at === children.length - 1, layout));
  const deepest = deepestOf(node);
  if (deepest !== node)
    lines.push([], [styled('dim', `Look closer: mem ${deepest.tocLevel === 'segment' ? 'events' : 'toc show'} ${addressOf(deepest.id)}`)]);
  return lines;
}

/** What to type to see a node: `2024-W03`, `2024-01-15`; a segment has no shorter name than its id. */
export function addressOf(id: NodeId): string {
  return id.startsWith('toc:segment:') ? id : periodPartOf(id).replace(':', '-');
}

/** `on Monday, January 15, 2024`, `in May 2023`. */
export function whenText(id: NodeId): string {
  return `${tocLevelOf(id) === 'day' ? 'on' : 'in'} ${periodLabel(id)}`;
}

/** The bounds for people, the last day included: `Jan 29 – 31`; of a segment the times of day. */
export function boundsText(node: ShownNode, calendar: Calendar): string {
  switch (node.tocLevel) {
    case 'segment': {
      const [from, to] = [calendar.timeOfDay(node.start), calendar.timeOfDay((node.end - 1) as ShownNode['end'])];
      return from === to ? from : `${from} – ${to}`;
    }
    case 'day':
      return '';
    case 'week':
    case 'month':
    case 'year': {
      // A clipped week does not begin and end where its id says.
      const first = calendar.dateOf(node.start);
      const last = node.clipped ? calendar.dateOf((node.end - 1) as ShownNode['end']) : lastDateOf(node.id);
      return datesText(first, last);
    }
  }
}

function datesText(first: LocalDate, last: LocalDate): string {
  if (first === last) return shortDate(first);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${shortDate(first)} – ${Number(last.slice(8))}`;
  return `${shortDate(first)} – ${shortDate(last)}`;
}

/** What must be known of a node before its text is believed, in words: colour is not always there. */
export function marksOf(node: ShownNode): readonly string[] {
  const marks: string[] = [];
  if (node.status === 'retracted') marks.push('retracted');
  if (node.open) marks.push('open');
  if (node.provisional) marks.push('provisional');
  if (node.stale) marks.push('stale');
  if (node.clipped) marks.push('clipped');
  if (node.fallback !== undefined) marks.push(`fallback: ${node.fallback}`);
  return marks;
}

/** What it was made of: `12 events, 3,400 tokens, 2 sessions`. */
function countsText(node: ShownNode): string {
  const {segment} = node;
  if (segment !== undefined) {
    const who = [...segment.agents, ...segment.projects].join(', ');
    return `${count(segment.eventCount, 'event')}, ${count(segment.tokenCount, 'token')}${who === '' ? '' : ` · ${who}`}`;
  }
  const children = node.childIds.length;
  if (children === 0) return '';
  switch (node.tocLevel) {
    case 'year':
      return count(children, 'month');
    case 'month':
    case 'week':
      return count(children, 'day');
    case 'day':
      return count(children, 'segment');
    case 'segment':
      return '';
  }
}

/** `1,234 events`. Not by `toLocaleString`: that loads ICU. */
export function count(number: number, noun: string): string {
  return `${thousands(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function thousands(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1.5 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return count(bytes, 'byte');
  const kib = bytes / 1024;
  if (kib < 1024) return `${kib.toFixed(1)} KiB`;
  return kib < 1024 * 1024 ? `${(kib / 1024).toFixed(1)} MiB` : `${(kib / 1024 / 1024).toFixed(1)} GiB`;
}

function markSpans(node: ShownNode): readonly (string | Span)[] {
  const marks = marksOf(node);
  return marks.length === 0 ? [] : ['  ', styled('yellow', `[${marks.join(', ')}]`)];
}

function headLines(node: ShownNode, layout: Layout): readonly Line[] {
  const lines: Line[] = [[styled('bold', node.label), ...markSpans(node)]];
  const facts = [boundsText(node, layout.calendar), countsText(node)].filter((text) => text !== '');
  // A segment's id is long: it stands on a line of its own.
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

/** What to say of events that no summary holds yet. */
export function waitingText(events: number): string {
  return `${count(events, 'event')} ${events === 1 ? 'waits' : 'wait'} to be summarized; run: mem rollup`;
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
  for (const [at, child] of children.entries()) lines.push(...branchLines(child, below, at === children.length - 1, layout));
  return lines;
}

function briefLines(node: ShownNode, trunk: string, layout: Layout): readonly Line[] {
  const lines = node.bullets.slice(0, BRIEF_BULLETS).flatMap(({text}) => wrapped(text, `${trunk}• `, `${trunk}  `, layout));
  const more = node.bullets.length - BRIEF_BULLETS;
  if (more > 0) lines.push([styled('dim', `${trunk}… ${more} more: mem toc show ${addressOf(node.id)}`)]);
  return lines;
}

/** In columns of the screen. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, span) => sum + widthOf(escapeText(typeof span === 'string' ? span : span.text)), 0);
}

/** Text with a hanging indent. What a prefix draws is dim, the text is in `style`. */
function wrapped(text: string, first: string, rest: string, {columns}: Layout, style?: Span['style']): Line[] {
  const indent = widthOf(rest);
  const width = Math.max(16, Math.min(columns - indent, TEXT_COLUMNS));
  return wrapText(escapeText(text), width).map((line, at) => {
    const prefix = at === 0 ? first : rest;
    return [...(prefix.trim() === '' ? [prefix] : [styled('dim', prefix)]), style === undefined ? line : styled(style, line)];
  });
}

/** The last of the nodes that are shown deepest: an example for who wants to go on. */
function deepestOf(node: ShownNode): ShownNode {
  const last = node.children?.at(-1);
  return last === undefined ? node : deepestOf(last);
}
