import {aLine, type LineFields} from '../home-rig.js';
import {TEXT} from './two-days.js';

const WORDS = 'gauge tide parser retry queue harbour reading release branch clock offset schema worker migration cache index'.split(' ');
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

interface YearOptions {
  readonly from?: string;
  readonly days?: number;
  /** Every so many days something happens. */
  readonly every?: number;
}

/**
 * Sessions of a year: on each day a talk of some turns; on some days a second session that says less than 20 words, or one so long that it
 * is cut by its size. The same call gives the same log.
 */
export function aYear({from = '2023-01-01', days = 365, every = 1}: YearOptions = {}): readonly LineFields[] {
  const log: LineFields[] = [];
  let turn = 0;
  const say = (day: number, minute: number, session: string, words: number): void => {
    turn++;
    const text = Array.from({length: words}, (_, at) => WORDS[(turn * 7 + at * (1 + (turn % 5))) % WORDS.length]).join(' ');
    const time = new Date(Date.parse(`${from}T08:00:00Z`) + day * DAY_MS + minute * MINUTE_MS).toISOString();
    log.push(aLine({event_id: `turn-${turn}`, session_id: session, timestamp: time, text: `${text} ${turn}.`}));
  };
  for (let day = 0; day < days; day += every) {
    for (let at = 0; at < 4; at++) say(day, at * 5, `talk-${day}`, 12 + ((day + at) % 9));
    if (day % 3 === 0) say(day, 120, `brief-${day}`, 5);
    if (day % 7 === 0) for (let at = 0; at < 4; at++) say(day, 300 + at, `long-${day}`, 900);
  }
  return log;
}

/** A late event of a session of `aYear`. @param minute after 08:00 UTC */
export function lateLine(day: string, minute: number, session: string, text: string): LineFields {
  const time = new Date(Date.parse(`${day}T08:00:00Z`) + minute * MINUTE_MS).toISOString();
  return aLine({event_id: `late-${day}-${minute}`, session_id: session, timestamp: time, text});
}

/** So many sessions of one day, each with one segment that is long enough for a model. */
export function sessionsOf(date: string, count: number): readonly LineFields[] {
  return Array.from({length: count}, (_, at) => {
    const time = new Date(Date.parse(`${date}T08:00:00Z`) + at * MINUTE_MS).toISOString();
    return aLine({event_id: `s-${date}-${at}`, session_id: `s-${date}-${at}`, timestamp: time, text: `${TEXT} ${at}`});
  });
}
