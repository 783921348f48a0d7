import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import type {EpochMs} from '../../src/domain/event/event.js';
import {addDays} from '../../src/domain/time/local-date.js';
import {Calendar} from '../../src/domain/time/period.js';
import type {LocalDate} from '../../src/domain/toc/node-id.js';
import {MemRig} from './mem-rig.js';

const hasFaketime = spawnSync('faketime', ['--version']).status === 0;
if (!hasFaketime) process.stderr.write('calendar tests are skipped: they need faketime (Debian: apt-get install faketime)\n');

const isProofs = process.env['MEM_PROOFS'] === '1';
const ZONES = [
  ['Africa/Cairo', 2020],
  ['America/Havana', 2020],
  ['America/Santiago', 2020],
  ['Asia/Beirut', 2020],
  ['Atlantic/Azores', 2020],
  ['Australia/Lord_Howe', 2020],
  ['Pacific/Apia', 2011],
  ['Asia/Kathmandu', 2020],
] as const;
// luxon's guess at a doubled midnight depends on the season in which the program runs.
const CLOCKS = ['2036-01-15 12:00:00', '2036-07-15 12:00:00'];
const cases: [string, number, number, string][] = isProofs
  ? ZONES.flatMap(([zone, from]) => CLOCKS.map((clock): [string, number, number, string] => [zone, from, 2035, clock]))
  : [['America/Havana', 2023, 2024, '2036-07-15 12:00:00']];

interface JsonNode {
  readonly node_id: string;
  readonly toc_level: string;
  readonly start: string;
  readonly end: string;
  readonly bullets: readonly {readonly text: string}[];
  readonly children?: readonly JsonNode[];
}

/** The date that an event says it happened on. */
function datesSaid({bullets}: JsonNode): readonly string[] {
  return bullets.flatMap(({text}) => text.match(/\d{4}-\d\d-\d\d/g) ?? []);
}

describe.skipIf(!hasFaketime).each(cases)('an event a day in %s from %i to %i, with the clock at %s', (zone, from, to, clock) => {
  test('reaches each day by year > month > week > day at its own date once, and no summary speaks of another period', async () => {
    await using mem = await MemRig.create();
    mem.env['TZ'] = zone;
    const calendar = new Calendar(zone);
    const dates: string[] = [];
    const lines: string[] = [];
    for (let date = `${from}-01-01` as LocalDate; date < `${to + 1}-01-01`; date = addDays(date, 1)) {
      const {start, end} = {start: calendar.dayStart(date), end: calendar.dayStart(addDays(date, 1))};
      if (start === end) continue;
      dates.push(date);
      // The first, a middle and the last instant of a day by turns.
      const at = [start, (start + end) / 2, end - 1][dates.length % 3] as EpochMs;
      lines.push(
        JSON.stringify({
          session_id: 's',
          role: 'user',
          timestamp: new Date(at).toISOString(),
          text: `The gauge of ${date} was read and found right.`,
        }),
      );
    }
    expect((await mem.runAt(clock, ['ingest', '--drain'], lines.join('\n'))).status).toBe(0);
    expect((await mem.runAt(clock, ['rollup'])).status).toBe(0);

    const reached: string[] = [];
    for (let year = from; year <= to; year++) {
      const {stdout} = await mem.runAt(clock, ['toc', 'show', String(year), '--depth', '3', '--json']);
      const root: JsonNode = JSON.parse(stdout);
      for (const month of root.children ?? []) {
        expect(month.node_id.slice(10, 14)).toBe(String(year));
        for (const day of (month.children ?? []).flatMap((week) => week.children ?? [])) {
          reached.push(day.node_id.slice(8));
          expect(day.node_id.slice(8, 15).replace('-', ':')).toBe(month.node_id.slice(10));
        }
      }
      const walk = (node: JsonNode): void => {
        for (const said of datesSaid(node)) {
          const at = calendar.dayStart(said as LocalDate);
          expect(Date.parse(node.start) <= at && at < Date.parse(node.end), `${node.node_id} says ${said}`).toBe(true);
        }
        for (const child of node.children ?? []) walk(child);
      };
      walk(root);
    }
    expect(reached).toEqual(dates);
  });
});
