import type {Calendar} from '../../domain/time/period.js';
import type {ShownNode} from '../../domain/toc/shown-node.js';
import {sumActivity} from '../../operations/report/activity-sums.js';
import {type Report, toldBullets} from '../../operations/report/report.js';
import {outcomesOf, shortRef} from '../../page/outcomes.js';
import {namesText, reportTitle} from '../../page/report-words.js';
import {type Line, type Style, styled} from '../../text/line.js';
import {boundsText, count, marksOf, waitingText} from '../../text/node-text.js';
import {stepBar} from '../../text/step-bar.js';
import {hangingLines} from '../toc/tree-text.js';

interface Layout {
  readonly report: Report;
  readonly calendar: Calendar;
  readonly columns: number;
}

/** A report on a terminal. @param columns of the screen */
export function reportLines(report: Report, calendar: Calendar, columns: number): readonly Line[] {
  const layout = {report, calendar, columns: Math.max(20, columns)};
  const {events, sessions, projects} = sumActivity(report.days);
  const facts = [count(events, 'event'), count(sessions, 'session'), namesText(projects.map(([name]) => name))];
  const lines: Line[] = [[styled('bold', reportTitle(report))]];
  lines.push(...wrapped(facts.filter((fact) => fact !== '').join(' · '), '', layout, 'dim'));
  for (const node of report.nodes) lines.push(...nodeLines(node, layout, report.nodes.length === 1));
  const pullRequests = outcomesOf(report.nodes).flatMap((outcome) => outcome.pullRequests);
  if (pullRequests.length > 0) lines.push([], [styled('bold', 'Pull requests')]);
  for (const fact of pullRequests) lines.push(...wrapped(fact.text, `${shortRef(fact).padEnd(7)} `, layout));
  if (report.nodes.length === 0) lines.push([], ['Nothing was recorded.']);
  if (report.waitingEvents > 0) lines.push([], [styled('yellow', waitingText(report.waitingEvents))]);
  return lines;
}

function nodeLines(node: ShownNode, layout: Layout, isAlone: boolean): readonly Line[] {
  const {report, calendar} = layout;
  const lines: Line[] = [];
  const marks = marksOf(node);
  if (!isAlone) {
    const mark = marks.length === 0 ? [] : ['  ', styled('yellow', `[${marks.join(', ')}]`)];
    lines.push([], [styled('cyan', node.label), hoursOf(node, layout), ...mark]);
  }
  if (node.title !== '' && node.title !== node.label) lines.push(...(isAlone ? [[]] : []), ...wrapped(node.title, '', layout, 'bold'));
  const bullets = toldBullets(report.what, node).flatMap(({text}) => wrapped(text, '• ', layout));
  if (bullets.length > 0) lines.push(...(isAlone ? [[]] : []), ...bullets);
  const children = node.children ?? [];
  const segments = children.filter(({tocLevel}) => tocLevel === 'segment');
  if (segments.length > 0) lines.push([]);
  for (const segment of segments) {
    const when = `${boundsText(segment, calendar).padEnd(15)}`;
    lines.push(...wrapped(segment.title === '' ? '…' : segment.title, `${when}`, layout));
  }
  for (const child of children) if (child.tocLevel !== 'segment') lines.push(...nodeLines(child, layout, false));
  return lines;
}

/** A day's hours as a row of bars. */
function hoursOf(node: ShownNode, {report, columns}: Layout): string {
  const day = node.tocLevel === 'day' && columns >= 60 ? report.days.find(({date}) => node.id.endsWith(date)) : undefined;
  if (day === undefined) return '';
  const most = Math.max(...day.hours);
  return `  ${day.hours.map((events) => stepBar(events, most)).join('')}`.trimEnd();
}

function wrapped(text: string, first: string, {columns}: Layout, style?: Style): readonly Line[] {
  return hangingLines(text, first, ' '.repeat(first.length), columns, style);
}
