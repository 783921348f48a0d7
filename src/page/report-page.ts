import type {AgentEvent, EventId} from '../domain/event/event.js';
import {Calendar} from '../domain/time/period.js';
import type {NodeBullet} from '../domain/toc/node.js';
import type {ShownNode, ShownSegment} from '../domain/toc/shown-node.js';
import {sumActivity} from '../operations/report/activity-sums.js';
import {type Report, toldBullets} from '../operations/report/report.js';
import {boundsText, count, marksOf, thousands, waitingText} from '../text/node-text.js';
import {activityStrip} from './activity-strip.js';
import {type Html, html, proseHtml, raw} from './html.js';
import {outcomeList} from './outcome-list.js';
import {namesText, reportTitle, splitSpeaker} from './report-words.js';
import {type CitingBullet, sourceList} from './source-list.js';
import {STYLE} from './style.js';

/** What the parts of a page have in common. It numbers bullets as they are written. */
interface Page {
  readonly report: Report;
  readonly calendar: Calendar;
  /** The events on the page with their numbers, from 1. */
  readonly events: ReadonlyMap<EventId, {readonly number: number; readonly event: AgentEvent}>;
  readonly citing: CitingBullet[];
}

/**
 * A report as one HTML page that is whole by itself: no script, nothing to load, every text escaped. Bullets lead to the texts of the events
 * below them, and back.
 */
export function reportPage(report: Report): string {
  const calendar = new Calendar(report.timeZone);
  const events = new Map(report.events.map((event, at) => [event.id, {number: at + 1, event}]));
  const page: Page = {report, calendar, events, citing: []};
  const title = reportTitle(report);
  const [only] = report.nodes;
  const outcomes = outcomeList(report.nodes, (id) => events.get(id)?.number);
  const parts =
    report.nodes.length === 1 && only !== undefined
      ? [nodePart(page, only, true, outcomes)]
      : [outcomes, report.nodes.map((node) => nodePart(page, node, false))];
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} · mem</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${pageHeader(page, title)}
<main>
${parts}
${notes(report)}
${sourceList(report, calendar, page.citing)}
</main>
<footer>Made by mem on ${calendar.formatMinute(report.now)}, ${report.timeZone}. Summaries may be wrong; the events below them are what was said.</footer>
</body>
</html>
`;
  return document.text;
}

function pageHeader({report}: Page, title: string): Html {
  const {events, sessions, projects, agents} = sumActivity(report.days);
  const [only] = report.nodes;
  const lead = report.nodes.length === 1 && only !== undefined && only.title !== only.label ? only.title : '';
  const facts = [
    html`<span><b>${thousands(events)}</b> ${events === 1 ? 'event' : 'events'}</span>`,
    html`<span><b>${thousands(sessions)}</b> ${sessions === 1 ? 'session' : 'sessions'}</span>`,
    ...(report.days.length > 1 ? [html`<span><b>${report.days.length}</b> days with work</span>`] : []),
    ...namesFact(projects.map(([name]) => name)),
    ...namesFact(agents.map(([name]) => name)),
  ];
  return html`<header>
<p class="eyebrow">${report.what === 'standup' ? 'Standup' : 'Report'}</p>
<h1>${title}</h1>
${lead === '' ? '' : html`<p class="lead">${proseHtml(lead)}</p>`}
<div class="facts">${facts}</div>
${activityStrip(report)}
</header>`;
}

function namesFact(names: readonly string[]): readonly Html[] {
  const text = namesText(names);
  return text === '' ? [] : [html`<span>${text}</span>`];
}

/**
 * A period or a segment with what is below it.
 * @param isAlone the page's header has its name already @param between it and what is below it
 */
function nodePart(page: Page, node: ShownNode, isAlone: boolean, between: Html | string = ''): Html {
  const {calendar, report} = page;
  const bullets = bulletList(page, toldBullets(report.what, node));
  const keywords = isAlone && node.keywords.length > 0 ? html`<p class="keywords">${node.keywords.join(' · ')}</p>` : '';
  const lead = !isAlone && node.title !== node.label && node.title !== '' ? html`<p class="lead">${proseHtml(node.title)}</p>` : '';
  const head = isAlone
    ? html`<h2>What happened</h2>${marks(node)}`
    : html`<div class="head"><h2>${node.label}${marks(node)}</h2><span class="when">${boundsText(node, calendar)}</span></div>`;
  const below = node.children ?? [];
  const segments = below.filter((child) => child.tocLevel === 'segment');
  const isEmpty = node.bullets.length === 0 && lead === '' && segments.length === 0;
  if (isAlone && segments.length > 0) {
    const own = html`<section class="card"><h2>One after the other</h2>${segmentList(page, segments)}</section>`;
    return html`<section class="card">${head}${lead}${bullets}${keywords}</section>
${between}
${own}`;
  }
  const card =
    isAlone && isEmpty ? '' : html`<section class="card">${head}${lead}${bullets}${keywords}${segmentList(page, segments)}</section>`;
  return html`${card}
${between}
${below.filter((child) => child.tocLevel !== 'segment').map((child) => nodePart(page, child, false))}`;
}

function segmentList(page: Page, segments: readonly ShownSegment[]): Html | string {
  if (segments.length === 0) return '';
  const isBrief = segments.every((segment) => toldBullets(page.report.what, segment).length === 0);
  const hasOneProject = sumActivity(page.report.days).projects.length <= 1;
  const rows = segments.map((segment) => {
    const where = hasOneProject ? '' : namesText(segment.segment.projects);
    const title = segment.title === '' ? count(segment.segment.eventCount, 'event') : segment.title;
    return html`<li><span class="when">${boundsText(segment, page.calendar)}</span><div><h3>${proseHtml(title)}${where === '' ? '' : html`<span class="where">${where}</span>`}</h3>${bulletList(page, spokenBullets(page.report, segment))}</div></li>
`;
  });
  return html`<ol class="segments${isBrief ? ' brief' : ''}">${rows}</ol>`;
}

function marks(node: ShownNode): readonly Html[] {
  return marksOf(node).map((mark) => html` <span class="mark">${mark}</span>`);
}

function bulletList(page: Page, bullets: readonly NodeBullet[]): Html | string {
  if (bullets.length === 0) return '';
  return html`<ul class="bullets">${bullets.map((bullet) => bulletRow(page, bullet))}</ul>`;
}

function bulletRow({citing, events}: Page, {text, eventIds, workstream}: NodeBullet): Html {
  const anchor = `b${citing.length + 1}`;
  citing.push({anchor, eventIds});
  const cited = eventIds.map((id) => events.get(id)).filter((known) => known !== undefined);
  const source = cited[0]?.event;
  const {speaker, said} = splitSpeaker(text, source?.metadata['speaker']);
  const cites = cited.map(({number}) => html`<a class="cite" href="#e${number}" title="what was said">${number}</a>`);
  const who = speaker === '' ? '' : html`<span class="who">${speaker}</span>`;
  return html`<li id="${anchor}" class="${source?.role ?? ''}">${who}${workstream === undefined ? proseHtml(said) : namedProse(said)}${cites}</li>
`;
}

/** A segment's bullets are what was said: their beginning names nothing. */
function spokenBullets({what}: Report, segment: ShownSegment): readonly NodeBullet[] {
  return toldBullets(what, segment).map(({text, eventIds}) => ({text, eventIds}));
}

/** A bullet of one workstream begins with its name. */
function namedProse(text: string): readonly Html[] {
  const end = text.indexOf(': ');
  return end > 0 ? [html`<b>${proseHtml(text.slice(0, end + 1))}</b>`, ...proseHtml(text.slice(end + 1))] : proseHtml(text);
}

function notes({nodes, waitingEvents, uncountedEvents}: Report): readonly Html[] {
  const texts = [
    ...(nodes.length === 0 ? ['Nothing was recorded.'] : []),
    ...(waitingEvents > 0 ? [waitingText(waitingEvents)] : []),
    ...(uncountedEvents > 0 ? [`${count(uncountedEvents, 'event')} not rolled up yet: their hours are not known.`] : []),
  ];
  return texts.map((text) => html`<p class="note">${text}</p>`);
}
