import type {AgentEvent, EventId} from '../domain/event/event.js';
import {type Calendar, periodLabel} from '../domain/time/period.js';
import {dayId, type LocalDate} from '../domain/toc/node-id.js';
import type {Report} from '../operations/report/report.js';
import {count, thousands} from '../text/node-text.js';
import {type Html, html} from './html.js';

/** Where on the page a bullet stands, and what it cites. */
export interface CitingBullet {
  readonly anchor: string;
  readonly eventIds: readonly EventId[];
}

/** Of an event's text, a page holds so many characters. */
const TEXT_CHARACTERS = 4_000;
/** What is longer than this is folded behind its beginning. */
const OPEN_CHARACTERS = 700;
const BEGINNING_CHARACTERS = 320;

/** The texts of the events that bullets cite, date by date, with the way back. */
export function sourceList({events, eventsLeftOut}: Report, calendar: Calendar, citing: readonly CitingBullet[]): Html | string {
  if (events.length === 0) return '';
  const back = new Map<EventId, string[]>();
  for (const {anchor, eventIds} of citing) for (const id of eventIds) back.set(id, [...(back.get(id) ?? []), anchor]);
  let date: LocalDate | undefined;
  const rows = events.map((event, at) => {
    const own = calendar.dateOf(event.time);
    const heading = own === date ? '' : html`<h3>${periodLabel(dayId(own))}</h3>`;
    date = own;
    return html`${heading}${eventBox(event, at + 1, calendar, back.get(event.id) ?? [])}
`;
  });
  const rest = eventsLeftOut > 0 ? html`<p>${count(eventsLeftOut, 'more event')} cited; read them with: mem events</p>` : '';
  return html`<section class="sources" id="sources"><h2>What was said</h2><p>The events that the bullets above were made from.</p>
${rows}${rest}</section>`;
}

function eventBox(event: AgentEvent, number: number, calendar: Calendar, back: readonly string[]): Html {
  const {speaker, tool_name: tool} = event.metadata;
  const who = [speaker, event.role === 'tool' ? tool : '', event.role].find((name) => typeof name === 'string' && name !== '');
  const where = [event.agent, event.project].filter((text) => text !== '').join(' · ');
  const links = back.map((anchor) => html` <a href="#${anchor}" title="back to the bullet">↩</a>`);
  return html`<article class="event ${event.role}" id="e${number}"><div class="head"><span><span class="number">${number}</span><b>${String(who ?? '')}</b> · ${calendar.timeOfDay(event.time)}${where === '' ? '' : ` · ${where}`}</span><span class="back">${links}</span></div>${eventText(event)}</article>`;
}

/** Tool results are folded, and so is the rest of what is long. */
function eventText({role, text, id}: AgentEvent): Html {
  const whole = text.trim();
  const characters = [...whole];
  const shown = characters.slice(0, TEXT_CHARACTERS).join('');
  const cut = characters.length - TEXT_CHARACTERS;
  const rest = cut > 0 ? html`<p class="note">${count(cut, 'more character')}: mem events ${id}</p>` : '';
  if (whole === '') return html`<p class="note">no text</p>`;
  if (role === 'tool')
    return html`<details><summary>Output, ${thousands(characters.length)} characters</summary><pre class="output">${shown}</pre>${rest}</details>`;
  if (characters.length <= OPEN_CHARACTERS) return html`<pre>${shown}</pre>`;
  return html`<pre>${beginningOf(characters)} …</pre><details><summary>All of it, ${thousands(characters.length)} characters</summary><pre>${shown}</pre>${rest}</details>`;
}

/** It ends with a line, if one ends late in it, else with a word. */
function beginningOf(characters: readonly string[]): string {
  const beginning = characters.slice(0, BEGINNING_CHARACTERS).join('');
  const line = beginning.lastIndexOf('\n');
  return (line > beginning.length / 2 ? beginning.slice(0, line) : beginning.replace(/\s+\S*$/, '')).trimEnd();
}
