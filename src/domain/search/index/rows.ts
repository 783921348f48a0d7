import type {SessionKey} from '../../event/event.js';
import {sessionKey} from '../../event/identity/event-id.js';
import {type LocalDate, localDate} from '../../toc/node-id.js';

/*
 * The rows of the index, by key:
 *   p<date><session key>    a session-day's entry that is not merged yet; it goes before what is merged of the same session-day
 *   h<yyyy-mm>              a month's header
 *   b<yyyy-mm>/<generation, 6 digits>/<bucket, 3 hex digits>   a part of the month's terms
 *   w<yyyy-mm>/<generation>  the month's words alone, for a word that occurs nowhere
 *   v                       the version of the index that the whole store was counted for
 *   e<date><session key>    the events of a session-day that is merged
 */

export const PENDING = 'p';
export const HEADERS = 'h';

const MONTH_LENGTH = 7;

type Name = {readonly date: LocalDate; readonly sessionKey: SessionKey};

export const pendingKey = ({date, sessionKey: key}: Name): string => `p${date}${key}`;
export const headerKey = (month: string): string => `h${month}`;
/** Of one merge or of all: a merge writes its buckets beside those that are read, and the header changes over. */
export const bucketsOf = (month: string, generation?: number): string =>
  `b${month}/${generation === undefined ? '' : `${String(generation).padStart(6, '0')}/`}`;
/** Of all months and merges. */
export const WORDS = 'w';
export const wordsOf = (month: string): string => `w${month}/`;
export const wordsKey = (month: string, generation: number): string => wordsOf(month) + String(generation).padStart(6, '0');
export const bucketKey = (month: string, generation: number, bucket: number): string =>
  bucketsOf(month, generation) + bucket.toString(16).padStart(3, '0');
export const VERSION_KEY = 'v';
export const eventsKey = ({date, sessionKey: key}: Name): string => `e${date}${key}`;
/** `2024-01`. */
export const monthOf = (date: LocalDate): string => date.slice(0, MONTH_LENGTH);
/** Of a session-day's name, which begins with its date. */
export const monthOfName = (name: string): string => name.slice(0, MONTH_LENGTH);

/** Of a pending entry's key or an events row's. */
export function nameOfKey(key: string): Name {
  return {date: localDate(key.slice(1, 11)), sessionKey: sessionKey(key.slice(11))};
}
