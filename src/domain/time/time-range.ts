import {MemError} from '../../errors.js';
import type {EpochMs} from '../event/event.js';
import type {LocalDate} from '../toc/node-id.js';
import {instant as toInstant} from './instant.js';
import {parseDate} from './local-date.js';
import type {Calendar} from './period.js';
import {beforeAll, PHRASES, parsePhrase} from './phrase.js';

const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

/** Half-open; an undefined side has no bound. */
export interface TimeRange {
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
}

/**
 * The range of `--from` and `--to`: each is an instant of RFC 3339, or a period (a date, `2024-01`, `last week`), which is in the range as
 * a whole.
 * @throws MemError USAGE for anything else, for years before 1970, and for a range that ends before it begins
 */
export function parseTimeRange(from: string | undefined, to: string | undefined, today: LocalDate, calendar: Calendar): TimeRange {
  const range = {
    from: from === undefined ? undefined : parseBound(from, 'start', today, calendar),
    to: to === undefined ? undefined : parseBound(to, 'end', today, calendar),
  };
  if (range.from !== undefined && range.to !== undefined && range.to <= range.from) {
    throw new MemError('USAGE', `nothing lies between "${from}" and "${to}"`, {hint: '--from must come before --to'});
  }
  return range;
}

function parseBound(text: string, side: 'start' | 'end', today: LocalDate, calendar: Calendar): EpochMs {
  if (INSTANT.test(text)) {
    const instant = Date.parse(text.replace(' ', 'T'));
    if (Number.isNaN(instant) || parseDate(text.slice(0, 10)) === undefined)
      throw new MemError('USAGE', `${text} does not exist in the calendar`, {hint: `say a date as in ${PHRASES}`});
    if (instant < 0) throw beforeAll(text);
    return toInstant(instant);
  }
  return toInstant(Math.max(0, calendar.boundsOf(parsePhrase([text], today))[side]));
}
