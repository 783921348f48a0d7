import type {JobName, JobSettings} from '../../domain/jobs/job.js';
import {MemError} from '../../errors.js';
import type {CronField, CronFields} from '../scheduler.js';

interface FieldRule {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The names of the numbers from `min` on. */
  readonly words: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const SECOND: FieldRule = {name: 'second', min: 0, max: 59, words: []};
const MINUTE: FieldRule = {name: 'minute', min: 0, max: 59, words: []};
const HOUR: FieldRule = {name: 'hour', min: 0, max: 23, words: []};
const DAY_OF_MONTH: FieldRule = {name: 'day of month', min: 1, max: 31, words: []};
const MONTH: FieldRule = {name: 'month', min: 1, max: 12, words: MONTHS};
// 7 is a Sunday too.
const DAY_OF_WEEK: FieldRule = {name: 'day of week', min: 0, max: 7, words: WEEKDAYS};

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const SHAPE = 'give five fields (minute, hour, day of month, month, day of week), or six with the second first';

/** A parsed expression. */
export interface ParsedCron {
  readonly fields: CronFields;
  /** The job runs "every so often", not at a time of day: its hour field begins with `*` or `?`. */
  readonly isInterval: boolean;
}

/**
 * Reads five or six fields of lists, ranges, steps and names, or one of the words `@yearly` to `@hourly`.
 * @throws MemError CONFIG_INVALID naming the wrong field; also for a date that never occurs
 */
export function parseCron(cron: string): ParsedCron {
  const text = cron.trim();
  const refuse = (what: string, hint: string): MemError =>
    new MemError('CONFIG_INVALID', `in the cron expression "${text}" ${what}`, {hint});
  const [second, minute, hour, dayOfMonth, month, dayOfWeek] = fieldTexts(text, refuse);
  const field = (rule: FieldRule, given: string): CronField =>
    fieldOf(rule, given, (what, hint) => refuse(`the ${rule.name} ${what}`, hint));
  const seconds = field(SECOND, second);
  const parsed = {
    second: seconds === 'any' ? Array.from({length: 60}, (_, value) => value) : seconds,
    minute: field(MINUTE, minute),
    hour: field(HOUR, hour),
    dayOfMonth: field(DAY_OF_MONTH, dayOfMonth),
    month: field(MONTH, month),
    dayOfWeek: field(DAY_OF_WEEK, dayOfWeek),
  };
  const days = daysThatExist(parsed.dayOfMonth, parsed.month);
  if (days === undefined && parsed.dayOfWeek === 'any') {
    throw refuse(`the day of month ${dayOfMonth} never comes in the month ${month}`, 'give a day that one of these months has');
  }
  return {fields: {...parsed, dayOfMonth: days ?? 'any'}, isInterval: /^[*?]/.test(hour)};
}

type SixFields = readonly [string, string, string, string, string, string];
type Refuse = (what: string, hint: string) => MemError;

function fieldTexts(text: string, refuse: Refuse): SixFields {
  if (text === '') throw new MemError('CONFIG_INVALID', 'the cron expression is empty', {hint: SHAPE});
  if (text.startsWith('@')) {
    const macro = MACROS[text.toLowerCase()];
    if (macro === undefined) {
      throw refuse('the word is unknown', `give one of ${Object.keys(MACROS).join(' ')}; "every 15 minutes" is */15 * * * *`);
    }
    return fieldTexts(macro, refuse);
  }
  const texts = text.split(/\s+/);
  if (texts.length < 5 || texts.length > 6) {
    const years = texts.length === 7 ? 'leave out the year: ' : '';
    throw refuse(`there ${texts.length === 1 ? 'is 1 field' : `are ${texts.length} fields`}`, `${years}${SHAPE}`);
  }
  const [a = '', b = '', c = '', d = '', e = '', f] = texts;
  return f === undefined ? ['0', a, b, c, d, e] : [a, b, c, d, e, f];
}

function fieldOf(rule: FieldRule, text: string, refuse: Refuse): CronField {
  const values = new Set<number>();
  for (const item of text.split(','))
    for (const value of itemValues(rule, item, refuse)) values.add(rule === DAY_OF_WEEK ? value % 7 : value);
  // Decided by the text: a list of all days counts as restricted, so the other field's days count too.
  return text === '*' || text === '?' ? 'any' : [...values].sort((a, b) => a - b);
}

/** One item of a list: `*`, `*` with a step, a value, a range, or a range with a step. */
function itemValues(rule: FieldRule, item: string, refuse: Refuse): readonly number[] {
  const {name, min, max} = rule;
  if (item === '') throw refuse('has an empty place in its list', 'remove the comma');
  const parts = /^([*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item);
  const [, range = '', firstText = '', lastText, stepText] = parts ?? [];
  if (parts === null) throw refuse(`"${item}" is not understood`, wordsOf(rule));
  const isWildcard = range === '*' || range === '?';
  // Sunday stands at both ends of the week. A step that counted both would see a week of eight days.
  const first = isWildcard ? min : numberOf(rule, firstText, refuse);
  const last = isWildcard ? (rule === DAY_OF_WEEK ? 6 : max) : lastText === undefined ? first : numberOf(rule, lastText, refuse);
  if (!isWildcard && lastText === undefined && stepText !== undefined) {
    throw refuse(`"${item}" is a step without a range`, `write ${firstText}-${rule === DAY_OF_WEEK ? 6 : max}/${stepText}`);
  }
  if (last < first) {
    const wrapped = rule === DAY_OF_WEEK ? daysFrom(first, last) : [part(first, max), part(min, last)].join(',');
    throw refuse(`"${item}" runs past the end of its range`, `write ${wrapped}`);
  }
  const step = Number(stepText ?? 1);
  if (step < 1 || step > max - min + 1) {
    throw refuse(`"${item}" has a step of ${step}`, `give a step from 1 to ${max - min + 1}; a step starts again in each ${above(name)}`);
  }
  return Array.from({length: Math.floor((last - first) / step) + 1}, (_, at) => first + at * step);
}

function numberOf(rule: FieldRule, text: string, refuse: Refuse): number {
  const {min, max, words} = rule;
  const at = words.indexOf(text.toUpperCase());
  if (at !== -1) return min + at;
  if (!/^\d+$/.test(text)) throw refuse(`"${text}" is not understood`, wordsOf(rule));
  const value = Number(text);
  if (value < min || value > max) throw refuse(`${text} is out of range`, `give numbers from ${min} to ${max}`);
  return value;
}

function part(first: number, last: number): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

function daysFrom(first: number, last: number): string {
  return Array.from({length: 7}, (_, at) => (first + at) % 7)
    .slice(0, ((last - first + 7) % 7) + 1)
    .join(',');
}

function wordsOf({min, max, words}: FieldRule): string {
  const names = words.length === 0 ? '' : `, or names ${words[0]} to ${words[words.length - 1]}`;
  return `give *, numbers from ${min} to ${max}${names}, as a list 1,3, a range 2-5 or a step */2; L, W, #, H and ~ are not supported`;
}

function above(name: string): string {
  switch (name) {
    case 'second':
      return 'minute';
    case 'minute':
      return 'hour';
    case 'hour':
      return 'day';
    case 'day of week':
      return 'week';
    case 'day of month':
      return 'month';
    default:
      return 'year';
  }
}

/** The days of the list that one of the months has; undefined when no month has one. */
function daysThatExist(days: CronField, months: CronField): CronField | undefined {
  if (days === 'any') return days;
  const longest = Math.max(...(months === 'any' ? LONGEST_MONTH : months.map((month) => LONGEST_MONTH[month - 1] ?? 0)));
  const kept = days.filter((day) => day <= longest);
  return kept.length === 0 ? undefined : kept;
}

/**
 * Refuses several seconds: a scheduler that starts jobs by the minute cannot keep them.
 * @param scheduler for people
 * @throws MemError CONFIG_INVALID for several seconds, and as `parseCron`
 */
export function requireOneSecond({name, cron}: Pick<JobSettings, 'cron'> & {readonly name?: JobName}, scheduler: string): void {
  if (parseCron(cron).fields.second.length === 1) return;
  const place = name === undefined ? '' : `jobs.${name}.cron: `;
  const message = `${place}the cron expression "${cron.trim()}" has several seconds: ${scheduler} starts jobs by the minute`;
  throw new MemError('CONFIG_INVALID', message, {
    hint: 'give one second, or install with --backend systemd',
  });
}
