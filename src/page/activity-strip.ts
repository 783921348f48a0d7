import {HOURS_OF_DAY} from '../domain/event/activity.js';
import {addDays, dayNumberOf, monthName, weekdayName} from '../domain/time/local-date.js';
import {shortDate} from '../domain/time/period.js';
import {dateOf, type LocalDate} from '../domain/toc/node-id.js';
import type {Report} from '../operations/report/report.js';
import {count} from '../text/node-text.js';
import {type Html, html} from './html.js';

const WIDTH = 720;
const HEIGHT = 56;
const LABEL_HEIGHT = 18;
/** With more days than this, a bar stands for a whole day. */
const DAYS_BY_HOUR = 8;

interface Bar {
  readonly label: string;
  readonly events: number;
}

/** When the work was done: a bar per hour, of longer periods one per day. In SVG, for a page. */
export function activityStrip(report: Report): Html {
  const dates = stripDates(report);
  const byDate = new Map(report.days.map((day) => [day.date, day]));
  const isByHour = dates.length <= DAYS_BY_HOUR;
  const bars = dates.flatMap((date): readonly Bar[] => {
    const day = byDate.get(date);
    if (!isByHour) return [{label: `${weekdayName(date).slice(0, 3)}, ${shortDate(date)}`, events: day?.events ?? 0}];
    return Array.from({length: HOURS_OF_DAY}, (_, hour) => ({
      label: `${weekdayName(date).slice(0, 3)}, ${shortDate(date)}, ${hour}:00`,
      events: Math.round(day?.hours[hour] ?? 0),
    }));
  });
  const step = WIDTH / bars.length;
  const most = Math.max(1, ...bars.map(({events}) => events));
  const shapes = bars.map(({label, events}, at) => {
    const height = events === 0 ? 1 : Math.max(3, (events / most) * HEIGHT);
    const [x, y] = [at * step + step * 0.1, HEIGHT - height].map((number) => number.toFixed(1));
    return html`<rect class="${events === 0 ? 'none' : 'bar'}" x="${x ?? ''}" y="${y ?? ''}" width="${(step * 0.8).toFixed(1)}" height="${height.toFixed(1)}" rx="${Math.min(2, step * 0.2).toFixed(1)}"><title>${label}: ${count(events, 'event')}</title></rect>`;
  });
  const marks = isByHour ? hourMarks(dates) : dayMarks(dates);
  const labels = marks.map(({at, text}) => html`<text x="${(at * WIDTH).toFixed(1)}" y="${HEIGHT + LABEL_HEIGHT - 4}">${text}</text>`);
  const total = bars.reduce((sum, {events}) => sum + events, 0);
  return html`<svg class="strip" viewBox="0 0 ${WIDTH} ${HEIGHT + LABEL_HEIGHT}" role="img" aria-label="Activity by ${isByHour ? 'hour' : 'day'}: ${count(total, 'event')}">${shapes}${labels}</svg>`;
}

/** Of a standup its days alone: a weekend between them would be all that one sees. */
function stripDates({what, nodes, dates, days}: Report): readonly LocalDate[] {
  if (what === 'standup') return [...new Set([...days.map(({date}) => date), ...nodes.map(({id}) => dateOf(id))])].sort();
  return Array.from({length: dayNumberOf(dates.last) - dayNumberOf(dates.first) + 1}, (_, at) => addDays(dates.first, at));
}

interface Mark {
  /** From 0, the left end, to 1. */
  readonly at: number;
  readonly text: string;
}

function hourMarks(dates: readonly LocalDate[]): readonly Mark[] {
  const every = dates.length === 1 ? 3 : dates.length === 2 ? 6 : HOURS_OF_DAY;
  const hours = Array.from({length: HOURS_OF_DAY / every}, (_, at) => at * every);
  return dates.flatMap((date, day) =>
    hours.map((hour) => ({
      at: (day + hour / HOURS_OF_DAY) / dates.length,
      text: hour === 0 && dates.length > 1 ? `${weekdayName(date).slice(0, 3)} ${Number(date.slice(8))}` : `${hour}:00`,
    })),
  );
}

function dayMarks(dates: readonly LocalDate[]): readonly Mark[] {
  const isYear = dates.length > 31;
  return dates.flatMap((date, at) => {
    if (isYear) return date.endsWith('-01') ? [{at: at / dates.length, text: monthName(date).slice(0, 3)}] : [];
    return at % 7 === 0 ? [{at: at / dates.length, text: shortDate(date)}] : [];
  });
}
