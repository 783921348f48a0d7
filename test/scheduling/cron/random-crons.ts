import {type ClockChange, clockChanges, wallOf} from './brute-force.js';

const HOUR_MS = 3_600_000;

/** The zones of the calendar tests: missing and doubled midnights, half hours, a skipped day. */
export const ZONES = [
  'Africa/Cairo',
  'America/Havana',
  'America/Santiago',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
] as const;

const CHANGING_ZONES = [
  'Africa/Cairo',
  'America/Havana',
  'America/Santiago',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Europe/Berlin',
] as const;

const changes = new Map<string, readonly [ClockChange, ...ClockChange[]]>();

/** All that its clock was set in eleven years; Apia's while it still was, and once by a day. */
function changesOf(zone: string): readonly [ClockChange, ...ClockChange[]] {
  const [from, to] = zone === 'Pacific/Apia' ? [Date.UTC(2010, 6), Date.UTC(2020, 0)] : [Date.UTC(2015, 0), Date.UTC(2026, 0)];
  const known = changes.get(zone);
  if (known !== undefined) return known;
  const [first, ...more] = clockChanges(zone, from, to);
  if (first === undefined) throw new Error(`the clock of ${zone} was never set`);
  changes.set(zone, [first, ...more]);
  return [first, ...more];
}

export interface CronCase {
  readonly kind: 'both-days' | 'steps' | 'names-or-7' | 'clock-change';
  readonly cron: string;
  readonly zone: string;
  readonly from: number;
}

/** Numbers in [0, 1) that are always the same for a seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` expressions, a quarter of each kind, each with a zone and an instant to ask from. */
export function randomCrons(seed: number, count: number): readonly CronCase[] {
  const random = randomOf(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Value>(values: readonly [Value, ...Value[]]): Value => values[below(values.length)] ?? values[0];
  const between = (min: number, max: number): number => min + below(max - min + 1);
  const list = (min: number, max: number): string => Array.from({length: between(1, 3)}, () => between(min, max)).join(',');
  const range = (min: number, max: number): string => {
    const first = between(min, max - 1);
    return `${first}-${between(first, max)}`;
  };
  const some = (min: number, max: number): string => pick([list, range, () => '*', () => `${between(min, max)}`])(min, max);
  const step = (min: number, max: number): string => `${pick(['*', range(min, max)])}/${between(2, Math.ceil((max - min) / 2))}`;
  const days = (): string => some(1, 28);
  const names = (words: readonly [string, ...string[]]): string => {
    const at = below(words.length - 1);
    const case_ = (word: string): string => (random() < 0.3 ? word.toLowerCase() : word);
    return pick([
      `${case_(pick(words))},${case_(pick(words))}`,
      `${words[at]}-${words[between(at, words.length - 1)]}`,
      case_(pick(words)),
    ]);
  };
  const months = (): string => names(['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']);
  const weekdays = (): string =>
    pick([
      () => names(['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']),
      () => '7',
      () => `${between(4, 6)}-7`,
      () => `${between(1, 5)},7`,
    ])();
  const second = (): string => (random() < 0.3 ? `${between(1, 59)} ` : random() < 0.1 ? `${list(0, 59)} ` : '');
  const time = (): string => `${second()}${some(0, 59)} ${some(0, 23)}`;
  const anyZone = (): string => pick(['UTC', ...ZONES]);
  const anyInstant = (): number => Date.UTC(between(2020, 2026), below(12), between(1, 28), below(24), below(60), below(60));

  const make = (kind: CronCase['kind']): CronCase => {
    const plain = {kind, zone: anyZone(), from: anyInstant()};
    const month = random() < 0.7 ? '*' : some(1, 12);
    switch (kind) {
      case 'both-days': {
        const day = pick([list(1, 31), range(1, 31), step(1, 31)]);
        return {...plain, cron: `${time()} ${day} ${month} ${pick([list(0, 7), range(0, 6), step(0, 6), weekdays()])}`};
      }
      case 'steps': {
        const fields = [some(0, 59), some(0, 23), days(), month, '*'];
        const steps = [step(0, 59), step(0, 23), step(1, 31), step(1, 12), step(0, 6)];
        const chosen = new Set([below(5), below(5)]);
        return {...plain, cron: `${second()}${fields.map((field, at) => (chosen.has(at) ? steps[at] : field)).join(' ')}`};
      }
      case 'names-or-7': {
        const which = pick(['month', 'week', 'both']);
        return {...plain, cron: `${time()} * ${which !== 'week' ? months() : '*'} ${which !== 'month' ? weekdays() : '*'}`};
      }
      case 'clock-change': {
        const zone = pick(CHANGING_ZONES);
        const {at, by} = pick(changesOf(zone));
        // An hour of those that the clock skips or shows twice; the clock before a change is `by` behind the one after it.
        const hour = new Date(wallOf(zone, at) - random() * by - 1).getUTCHours();
        const day = pick(['*', '*', '*', 'SUN,SAT,FRI', '1-31']);
        const hours = pick([`${hour}`, `${hour}`, `${hour}-23`, `0-${hour}`, '*', '*/2', `${(hour + 12) % 24},${hour}`]);
        const minutes = pick([some(0, 59), step(0, 59), list(0, 59), '0', '0,30']);
        const before = pick([2 * HOUR_MS, 12 * HOUR_MS]);
        return {
          kind,
          zone,
          from: at - below(before),
          cron: `${second()}${minutes} ${hours} ${day.includes('-') ? day : '*'} * ${day.includes('-') ? '*' : day}`,
        };
      }
    }
  };
  const kinds = ['both-days', 'steps', 'names-or-7', 'clock-change'] as const;
  return Array.from({length: count}, (_, at) => make(kinds[at % kinds.length] ?? 'steps'));
}
