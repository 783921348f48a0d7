import {Calendar} from '../domain/time/period.js';
import type {ShownNode} from '../domain/toc/shown-node.js';
import {sumActivity} from '../operations/report/activity-sums.js';
import {type Report, toldBullets} from '../operations/report/report.js';
import {boundsText, count, marksOf, waitingText} from '../text/node-text.js';
import {chatText} from './chat-text.js';
import {outcomesOf, shortRef} from './outcomes.js';
import {namesText, reportTitle} from './report-words.js';

/**
 * A report to be pasted into a chat or a comment: Slack and GitHub show the same. Headings are lines between single stars, since Slack knows
 * no others; what is below them is a list.
 */
export function reportMarkdown(report: Report): string {
  const calendar = new Calendar(report.timeZone);
  const {events, sessions, projects} = sumActivity(report.days);
  const facts = [count(events, 'event'), count(sessions, 'session'), namesText(projects.map(([name]) => name))];
  const lines = [`*${chatText(reportTitle(report))}*`, chatText(facts.filter((fact) => fact !== '').join(' · '))];
  const [only] = report.nodes;
  for (const node of report.nodes) lines.push(...nodeLines(report, node, calendar, report.nodes.length === 1));
  const pullRequests = outcomesOf(report.nodes).flatMap((outcome) => outcome.pullRequests);
  if (pullRequests.length > 0) lines.push('', '*Pull requests*', '');
  for (const fact of pullRequests) lines.push(`- ${chatText(`${shortRef(fact)} ${fact.text}`)}`);
  if (only === undefined) lines.push('', 'Nothing was recorded.');
  if (report.waitingEvents > 0) lines.push('', chatText(waitingText(report.waitingEvents)));
  return `${lines.join('\n')}\n`;
}

function nodeLines(report: Report, node: ShownNode, calendar: Calendar, isAlone: boolean): readonly string[] {
  if (node.tocLevel === 'segment' && !isAlone) return segmentLines(node, calendar);
  const marks = marksOf(node).map((mark) => ` (${mark})`);
  const title = node.title === '' || node.title === node.label ? '' : `_${chatText(node.title)}_`;
  const bullets = toldBullets(report.what, node).map(({text}) => `- ${chatText(text)}`);
  const children = node.children ?? [];
  const segments = children.filter(({tocLevel}) => tocLevel === 'segment').flatMap((child) => nodeLines(report, child, calendar, false));
  const below = children.filter(({tocLevel}) => tocLevel !== 'segment').flatMap((child) => nodeLines(report, child, calendar, false));
  // A list and a line above it need a blank line between them.
  const head = [isAlone ? '' : `*${chatText(node.label)}*${marks.join('')}`, title].filter((line) => line !== '');
  return [
    ...(head.length > 0 ? ['', ...head] : []),
    ...(bullets.length > 0 ? ['', ...bullets] : []),
    // Two lists with nothing between them are one.
    ...(segments.length > 0 ? ['', '_One after the other_', '', ...segments] : []),
    ...below,
  ];
}

/** One line of a list: its bullets stand in the day's already, or would be too many for a chat. */
function segmentLines(node: ShownNode, calendar: Calendar): readonly string[] {
  if (node.title === '') return [];
  return [`- ${boundsText(node, calendar)}  ${chatText(node.title)}`];
}
