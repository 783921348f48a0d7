import {monthName, weekdayName} from '../../domain/time/local-date.js';
import {firstDateOf, lastDateOf, periodLabel, shortDate} from '../../domain/time/period.js';
import {weeksOf} from '../../domain/time/weeks.js';
import type {LocalDate} from '../../domain/toc/node-id.js';
import {hoursByWeekday, type Ranked, sumActivity} from '../../operations/report/activity-sums.js';
import type {Stats} from '../../operations/report/read-stats.js';
import {escapeText} from '../../text/escape.js';
import {type HeatScale, heatScale} from '../../text/heat.js';
import {type Line, type Span, styled} from '../../text/line.js';
import {count, thousands} from '../../text/node-text.js';
import {cellsOf, widthOf} from '../../text/width.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const LABEL = 5;
const NAMES = 10;
const NAME_COLUMNS = 40;
const BAR_COLUMNS = 20;
/** In colour the shades are the terminal's own blends, so they fit a dark and a light one. Without it they are signs of rising weight. */
const COLOR_SHADES = ['·', '░', '▒', '▓', '█'];
const PLAIN_SHADES = [' ', '·', ':', '*', '#'];

export interface StatsLayout {
  /** Of the screen. */
  readonly columns: number;
  readonly color: boolean;
}

/** A year as a heat map by day, the hours by weekday, and what it was about. */
export function statsLines(stats: Stats, layout: StatsLayout): readonly Line[] {
  const {days, period} = stats;
  const sums = sumActivity(days);
  const head: Line = [
    styled('bold', periodLabel(period)),
    '  ',
    styled('dim', `${count(sums.events, 'event')} in ${count(sums.sessions, 'session')}`),
  ];
  if (sums.events === 0) return [[styled('bold', periodLabel(period))], [], [`Nothing was recorded in ${periodLabel(period)}.`]];
  const busiest = days.reduce((most, day) => (day.events > most.events ? day : most));
  const when = `${weekdayName(busiest.date).slice(0, 3)}, ${shortDate(busiest.date)}`;
  return [
    head,
    [styled('dim', `${count(days.length, 'day')} with work, most on ${when}: ${count(busiest.events, 'event')}`)],
    [],
    ...heatMap(stats, layout),
    [],
    ...hoursMap(stats, layout),
    ...rankedLines('Projects', sums.projects, sums.events, layout),
    ...rankedLines('Agents', sums.agents, sums.events, layout),
  ];
}

function shadeCell(shade: number, width: number, {color}: StatsLayout): Span {
  const sign = ((color ? COLOR_SHADES : PLAIN_SHADES)[shade] ?? ' ').repeat(shade === 0 ? 1 : width).padEnd(width);
  return styled(shade === 0 ? 'dim' : 'green', sign);
}

/** A column per week, two on a wide screen; of a narrow one the last weeks in which there is anything. */
function heatMap({days, period, today}: Stats, layout: StatsLayout): readonly Line[] {
  const events = new Map(days.map((day) => [day.date, day.events]));
  const scale = heatScale([...events.values()]);
  const all = weeksOf(firstDateOf(period), lastDateOf(period));
  const room = layout.columns - LABEL;
  const width = all.length * 2 <= room ? 2 : 1;
  // What is still to come is left away first.
  const held = room < all.length ? all.filter((week) => (week.find((date) => date !== undefined) ?? today) <= today) : all;
  const most = Math.max(1, Math.floor(room / width));
  let end = held.length;
  while (end > most && !held[end - 1]?.some((date) => date !== undefined && events.has(date))) end--;
  const weeks = held.slice(Math.max(0, end - most), end);
  const rows = WEEKDAYS.map((name, day): Line => {
    const cells = weeks.map((week) => {
      const date = week[day];
      return date === undefined || date > today ? ' '.repeat(width) : shadeCell(scale.shadeOf(events.get(date) ?? 0), width, layout);
    });
    return [styled('dim', name.padEnd(LABEL)), ...cells];
  });
  return [monthsLine(weeks, width), ...rows, legend(scale, layout)];
}

function monthsLine(weeks: readonly (readonly (LocalDate | undefined)[])[], width: number): Line {
  let text = '';
  for (const [at, week] of weeks.entries()) {
    const first = week.find((date) => date?.endsWith('-01'));
    if (first !== undefined && at * width >= text.length) text = `${text.padEnd(at * width)}${monthName(first).slice(0, 3)} `;
  }
  return [styled('dim', ' '.repeat(LABEL) + text.trimEnd())];
}

/** What each shade stands for, where they differ. */
function legend({limits}: HeatScale, layout: StatsLayout): Line {
  const spans: (string | Span)[] = [' '.repeat(LABEL)];
  let from = 1;
  for (const [at, limit] of limits.entries()) {
    if (limit < from) continue;
    const range = from === limit ? thousands(limit) : `${thousands(from)}–${thousands(limit)}`;
    spans.push(spans.length === 1 ? '' : '  ', shadeCell(at + 1, 1, layout), styled('dim', ` ${range}`));
    from = limit + 1;
  }
  spans.push(styled('dim', '  events a day'));
  return spans;
}

function hoursMap({days}: Stats, layout: StatsLayout): readonly Line[] {
  const week = hoursByWeekday(days);
  const scale = heatScale(week.flat());
  const width = [4, 3, 2].find((columns) => columns * 24 + LABEL + 9 <= layout.columns) ?? 1;
  const every = width === 1 ? 6 : 3;
  const hours = Array.from({length: 24 / every}, (_, at) => String(at * every).padEnd(every * width)).join('');
  const sums = week.map((row) => thousands(row.reduce((sum, events) => sum + events, 0)));
  const sumWidth = Math.max(...sums.map(({length}) => length));
  const rows = week.map((row, day): Line => {
    const cells = row.map((events) => shadeCell(scale.shadeOf(events), width, layout));
    return [styled('dim', (WEEKDAYS[day] ?? '').padEnd(LABEL)), ...cells, styled('dim', `  ${(sums[day] ?? '').padStart(sumWidth)}`)];
  });
  return [[styled('dim', ' '.repeat(LABEL) + hours.trimEnd())], ...rows];
}

function rankedLines(title: string, ranked: Ranked, total: number, {columns}: StatsLayout): readonly Line[] {
  if (ranked.length === 0) return [];
  const names = ranked.slice(0, NAMES).map(([name]) => cut(name === '' ? 'none' : escapeText(name), Math.min(NAME_COLUMNS, columns - 24)));
  const width = Math.max(...names.map(widthOf));
  const most = ranked[0]?.[1] ?? 1;
  const figures = ranked.map(([, events]) => thousands(events));
  const figureWidth = Math.max(...figures.map(({length}) => length));
  const lines = ranked.slice(0, NAMES).map(([, events], at): Line => {
    const name = names[at] ?? '';
    const share = `${Math.round((events / total) * 100)} %`.padStart(7);
    const bar = columns >= width + figureWidth + BAR_COLUMNS + 14 ? '▇'.repeat(Math.max(1, Math.round((events / most) * BAR_COLUMNS))) : '';
    const row: (string | Span)[] = [
      '  ',
      name,
      ' '.repeat(width - widthOf(name)),
      `  ${(figures[at] ?? '').padStart(figureWidth)}`,
      styled('dim', share),
    ];
    return bar === '' ? row : [...row, '  ', styled('green', bar)];
  });
  const more = ranked.length - NAMES;
  return [[], [styled('bold', title)], ...lines, ...(more > 0 ? [[styled('dim', `  and ${thousands(more)} more`)]] : [])];
}

/** @param text escaped */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const cell of cellsOf(text)) {
    if (used + cell.width > width) break;
    kept += cell.text;
    used += cell.width;
  }
  return `${kept}…`;
}
