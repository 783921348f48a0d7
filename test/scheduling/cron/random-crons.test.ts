import {spawnSync} from 'node:child_process';
import {CronExpressionParser} from 'cron-parser';
import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {cronSlots} from '../../../src/scheduling/cron/cron-slots.js';
import {onCalendar} from '../../../src/scheduling/cron/on-calendar.js';
import {clockChanges, type WalkedSlot, walkSlots} from './brute-force.js';
import {type CronCase, randomCrons} from './random-crons.js';

const seed = Number(process.env['MEM_SEED'] ?? '20261120');
const isProofs = process.env['MEM_PROOFS'] === '1';
const COUNT = isProofs ? 3000 : 240;
// systemd-analyze takes most of the time.
const BY_SYSTEMD = isProofs ? 1000 : 40;
const SLOTS = 12;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const cases = randomCrons(seed, COUNT);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const iso = (at: number): string => new Date(at).toISOString();
const named = ({cron, zone, from}: CronCase): string => `${cron} in ${zone} after ${iso(from)} (seed ${seed})`;

/** What the product said of each case: every test asks for it. */
const found = new Map<CronCase, readonly number[]>();

function nextSlots(one: CronCase): readonly number[] {
  const slots = found.get(one) ?? walkedByNext(one);
  found.set(one, slots);
  return slots;
}

function walkedByNext({cron, zone, from}: CronCase): readonly number[] {
  const slots: number[] = [];
  for (let at: number | undefined = from; slots.length < SLOTS && at !== undefined; ) {
    at = cronSlots.next(cron, zone, at as EpochMs);
    if (at !== undefined) slots.push(at);
  }
  return slots;
}

test('random expressions fall where a walk over all minutes says, forwards and backwards', () => {
  const counts = new Map<string, number>();
  const count = (what: string): Map<string, number> => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const one of cases) {
    const walked = walkSlots(one.cron, one.zone, one.from, SLOTS, 'mem');
    const slots = nextSlots(one);
    expect(slots.map(iso), named(one)).toEqual(walked.map(({at}) => iso(at)));
    for (const [at, slot] of slots.entries()) {
      expect(cronSlots.previous(one.cron, one.zone, slot as EpochMs), named(one)).toBe(slot);
      const before = cronSlots.previous(one.cron, one.zone, (slot - 1) as EpochMs);
      if (at > 0) expect(before, named(one)).toBe(slots[at - 1]);
      else expect(before, named(one)).toBeLessThanOrEqual(one.from);
    }
    for (const at of instantsAround(one, slots)) {
      const asked = `${named(one)}, asked at ${iso(at)}`;
      expect(cronSlots.next(one.cron, one.zone, at as EpochMs), asked).toBe(slots.find((slot) => slot > at));
      const before = slots.findLast((slot) => slot <= at);
      if (before !== undefined) expect(cronSlots.previous(one.cron, one.zone, at as EpochMs), asked).toBe(before);
    }
    count(one.kind);
    if (one.kind !== 'clock-change') continue;
    if (crossesChange(one, slots)) count('across a change');
    if (isRuled(one, walked)) count('decided by the rules for changes');
  }
  say(`${COUNT} random expressions, seed ${seed}, next ${SLOTS} slots of each: ${JSON.stringify(Object.fromEntries(counts))}`);
  for (const kind of ['both-days', 'steps', 'names-or-7', 'across a change']) expect(counts.get(kind), kind).toBeGreaterThanOrEqual(60);
});

/** Instants before the last slot: some anywhere, some in the hours around each change of the clock, in both passes of a repeated hour. */
function instantsAround({zone, from}: CronCase, slots: readonly number[]): readonly number[] {
  const end = slots[SLOTS - 1] ?? from;
  const anywhere = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(from + part * (end - from)));
  const changes = end - from < 40 * DAY_MS ? clockChanges(zone, Math.floor(from / 60_000) * 60_000, end) : [];
  const around = changes.flatMap(({at}) =>
    [-3.1, -1, -0.6, -0.0001, 0, 0.25, 0.4, 0.75, 1, 1.7].map((hours) => Math.floor(at + hours * HOUR_MS)),
  );
  return [...anywhere, ...around].filter((at) => at >= from && at < end);
}

function crossesChange({zone, from}: CronCase, slots: readonly number[]): boolean {
  return clockChanges(zone, Math.floor(from / 60_000) * 60_000, slots[SLOTS - 1] ?? from).length > 0;
}

/** Whether a slot is one that is moved out of a gap, shown twice, or left out by some other rule. */
function isRuled({cron, zone, from}: CronCase, walked: readonly WalkedSlot[]): boolean {
  const bySystemd = walkSlots(cron, zone, from, SLOTS, 'systemd');
  return walked.some(({at, kind}, index) => kind !== 'plain' || bySystemd[index]?.at !== at);
}

test('cron-parser, asked in the zone, says the same but for changes of the clock', () => {
  const counts = {same: 0, refused: 0, 'other at a change': 0};
  for (const one of cases) {
    const slots = nextSlots(one);
    const theirs = slotsOfCronParser(one);
    if (theirs === undefined) counts.refused++;
    else if (theirs.join() !== slots.join() && crossesChange(one, slots)) counts['other at a change']++;
    else {
      expect(theirs.map(iso), named(one)).toEqual(slots.map(iso));
      counts.same++;
    }
  }
  say(`cron-parser by itself: ${JSON.stringify(counts)}`);
  expect(counts.same).toBeGreaterThan(COUNT / 2);
});

/** Undefined for a list with a value twice, which it does not take. */
function slotsOfCronParser({cron, zone, from}: CronCase): readonly number[] | undefined {
  try {
    const slots = CronExpressionParser.parse(cron, {currentDate: new Date(from), tz: zone}).take(SLOTS);
    return slots.map((date) => date.getTime());
  } catch (error) {
    if (error instanceof Error && error.message.includes('duplicate values')) return undefined;
    throw error;
  }
}

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!hasSystemd) say('the comparison with systemd is skipped: it needs systemd-analyze (Debian: apt-get install systemd)');

test.skipIf(!hasSystemd)('systemd wakes each random job at its slots, but for times that its clock skips or repeats', () => {
  let lines = 0;
  let withChange = 0;
  for (const one of cases.slice(0, BY_SYSTEMD)) {
    const walked = walkSlots(one.cron, one.zone, one.from, SLOTS, 'systemd').map(({at}) => iso(at));
    const calendar = onCalendar(
      {cron: one.cron, timeZone: one.zone},
      {systemdVersion: 252, schedulerZone: 'UTC', now: one.from as EpochMs},
    );
    lines += calendar.length;
    if (JSON.stringify(walked) !== JSON.stringify(nextSlots(one).map(iso))) withChange++;
    const base = iso(one.from).slice(0, 19).replace('T', ' ');
    const {stdout, stderr} = spawnSync('systemd-analyze', ['calendar', `--base-time=${base} UTC`, `--iterations=${SLOTS}`, ...calendar], {
      encoding: 'utf8',
      env: {...process.env, TZ: 'UTC'},
    });
    expect(stderr, named(one)).toBe('');
    const times = [...stdout.matchAll(/(?:elapse|#\d+): \w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/g)].map(
      ([, date, time]) => `${date}T${time}.000Z`,
    );
    const union = [...new Set(times)].sort().slice(0, SLOTS);
    expect(union, `${named(one)}: ${calendar.join(' and ')}`).toEqual(walked);
  }
  say(`systemd-analyze: ${BY_SYSTEMD} expressions, ${lines} lines, the same but for the rule of changes, which told in ${withChange}`);
});
