import {monthName, weekdayName} from '../domain/time/local-date.js';
import {firstDateOf, lastDateOf, periodLabel, shortDate} from '../domain/time/period.js';
import {weeksOf} from '../domain/time/weeks.js';
import {sumActivity} from '../operations/report/activity-sums.js';
import type {Stats} from '../operations/report/read-stats.js';
import {heatScale} from '../text/heat.js';
import {count} from '../text/node-text.js';
import {html, raw} from './html.js';

const CELL = 11;
const STEP = 14;
const LEFT = 34;
const TOP = 44;

const STYLE = `
text { font: 11px ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", Arial, sans-serif; fill: #5d6670; }
.title { font-size: 14px; font-weight: 600; fill: #1d2126; }
.s0 { fill: #ebe8e2; } .s1 { fill: #b5ddd6; } .s2 { fill: #5fb5a8; } .s3 { fill: #1f8a7d; } .s4 { fill: #0b5c55; }
@media (prefers-color-scheme: dark) {
  text { fill: #a3acb5; } .title { fill: #e6e8ea; }
  .s0 { fill: #262b30; } .s1 { fill: #173b37; } .s2 { fill: #1d655d; } .s3 { fill: #2aa091; } .s4 { fill: #4fd1bf; }
}`;

/** A year as a heat map by day, as a picture that can be shown to others: it holds numbers and dates, no name and no text of any event. */
export function heatSvg({days, period, today}: Stats): string {
  const events = new Map(days.map((day) => [day.date, day.events]));
  const scale = heatScale([...events.values()]);
  const weeks = weeksOf(firstDateOf(period), lastDateOf(period));
  const sums = sumActivity(days);
  const title = `${periodLabel(period)}: ${count(sums.events, 'event')} on ${count(days.length, 'day')}`;
  const [width, height] = [LEFT + weeks.length * STEP + 6, TOP + 7 * STEP + 26];
  const cells = weeks.flatMap((week, at) =>
    week.flatMap((date, day) => {
      if (date === undefined || date > today) return [];
      const told = count(events.get(date) ?? 0, 'event');
      return html`<rect class="s${scale.shadeOf(events.get(date) ?? 0)}" x="${LEFT + at * STEP}" y="${TOP + day * STEP}" width="${CELL}" height="${CELL}" rx="2"><title>${weekdayName(date).slice(0, 3)}, ${shortDate(date)}: ${told}</title></rect>
`;
    }),
  );
  const months = weeks.flatMap((week, at) => {
    const first = week.find((date) => date?.endsWith('-01'));
    return first === undefined ? [] : html`<text x="${LEFT + at * STEP}" y="${TOP - 8}">${monthName(first).slice(0, 3)}</text>`;
  });
  const weekdays = [0, 2, 4].map((day) => html`<text x="4" y="${TOP + day * STEP + 9}">${['Mon', '', 'Wed', '', 'Fri'][day] ?? ''}</text>`);
  const below = TOP + 7 * STEP + 6;
  const right = LEFT + weeks.length * STEP;
  const legend = [0, 1, 2, 3, 4].map(
    (shade) => html`<rect class="s${shade}" x="${right - 100 + shade * STEP}" y="${below}" width="${CELL}" height="${CELL}" rx="2"/>`,
  );
  const picture = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
<style>${raw(STYLE)}
</style>
<text class="title" x="4" y="18">${title}</text>
${months}${weekdays}
${cells}<text x="${right - 130}" y="${below + 9}">less</text>${legend}<text x="${right - 26}" y="${below + 9}">more</text>
</svg>
`;
  return picture.text;
}
