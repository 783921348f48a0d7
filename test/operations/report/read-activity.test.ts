import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {PeriodId} from '../../../src/domain/toc/node-id.js';
import {hoursByWeekday, sumActivity} from '../../../src/operations/report/activity-sums.js';
import {readStats} from '../../../src/operations/report/read-stats.js';
import {aLine, HomeRig, type LineFields} from '../home-rig.js';

const YEAR = 'toc:year:2024' as PeriodId;
const ALL = {projects: []};

async function figures(rig: HomeRig, filter: {projects: readonly string[]; agent?: string} = ALL) {
  const stats = await readStats(rig.mem, YEAR, filter);
  const {days, uncountedEvents} = stats;
  return {
    days: days.map(({date, events}) => `${date} ${events}`),
    hours: hoursByWeekday(days).flatMap((row, day) => row.flatMap((events, hour) => (events > 0 ? [`${day + 1} ${hour}h ${events}`] : []))),
    sums: sumActivity(days),
    uncountedEvents,
  };
}

test('counts by local day and hour, project and agent, what is rolled up and what is not', async () => {
  await using rig = new HomeRig();
  await rig.create('Asia/Kolkata');
  await rig.ingest([
    aLine({timestamp: '2024-01-15T18:29:00Z', project: 'acme/api', agent: 'codex'}),
    aLine({timestamp: '2024-01-15T18:30:00Z', project: 'acme/web', agent: 'codex'}),
  ]);
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-01-17T00:00:00Z', session_id: 's2', agent: 'pi'})]);
  expect(await figures(rig)).toEqual({
    days: ['2024-01-15 1', '2024-01-16 1', '2024-01-17 1'],
    hours: ['1 23h 1', '2 0h 1', '3 5h 1'],
    sums: {
      events: 3,
      sessions: 2,
      projects: [
        ['', 1],
        ['acme/api', 1],
        ['acme/web', 1],
      ],
      agents: [
        ['codex', 2],
        ['pi', 1],
      ],
    },
    uncountedEvents: 0,
  });
  expect((await figures(rig, {projects: ['WEB']})).days).toEqual(['2024-01-16 1']);
  expect((await figures(rig, {projects: [], agent: 'PI'})).days).toEqual(['2024-01-17 1']);
});

test('does not count what is superseded, before a rollup and after it', async () => {
  await using rig = new HomeRig();
  const said = {agent: 'claude-code', text: 'The hook and the transcript both told this.'};
  await rig.ingest([aLine({...said, source: 'hook', timestamp: '2024-01-15T12:00:01Z'}), aLine({...said, source: 'transcript'})]);
  expect((await figures(rig)).days).toEqual(['2024-01-15 1']);
  await rig.rollUp();
  expect((await figures(rig)).days).toEqual(['2024-01-15 1']);
});

test('reads no event of what was rolled up', async () => {
  await using rig = new HomeRig();
  const hours = Array.from({length: 300}, (_, at) => new Date(Date.parse('2024-01-01T10:00:00Z') + at * 3_600_000).toISOString());
  await rig.ingest(hours.map((timestamp) => aLine({timestamp})));
  await rig.rollUp();
  const before = rig.mem.store.work.valuesRead;
  expect((await figures(rig)).sums.events).toBe(300);
  // A record for each session and day, and the store's own.
  expect(rig.mem.store.work.valuesRead - before).toBeLessThan(25);
});

test('counts by the day alone what is too much to read, and leaves it out where a project is wanted', async () => {
  await using rig = new HomeRig();
  const start = Date.parse('2024-01-15T09:00:00Z');
  const lines = Array.from({length: 20_001}, (_, at) =>
    aLine({timestamp: new Date(start + at).toISOString(), text: `${at}`, project: 'acme/api'}),
  );
  await rig.ingest(lines);
  const {days, hours, sums, uncountedEvents} = await figures(rig);
  expect({days, hours, projects: sums.projects, uncountedEvents}).toEqual({
    days: ['2024-01-15 20001'],
    hours: ['1 9h 20001'],
    projects: [['', 20_001]],
    uncountedEvents: 20_001,
  });
  expect(await figures(rig, {projects: ['api']})).toMatchObject({days: [], uncountedEvents: 20_001});
});

test('refuses the last part of several projects, and names them', async () => {
  await using rig = new HomeRig();
  await rig.ingest([aLine({project: 'acme/api'}), aLine({project: 'other/api', timestamp: '2024-01-15T12:01:00Z'})]);
  await rig.rollUp();
  await expect(figures(rig, {projects: ['api']})).rejects.toMatchObject({
    code: 'USAGE',
    message: 'several projects are called "api": acme/api, other/api',
  });
  expect((await figures(rig, {projects: ['other/api']})).sums.events).toBe(1);
});

test('gives the same figures before a rollup and after it', async () => {
  const line = fc.record({
    minute: fc.integer({min: 0, max: 60 * 24 * 3}),
    session: fc.constantFrom('a', 'b'),
    project: fc.constantFrom('', 'acme/api', 'acme/web'),
    source: fc.constantFrom('hook', 'transcript'),
    text: fc.constantFrom('We fixed the tide table.', 'We measured it again.', ''),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, {minLength: 1, maxLength: 25}), async (parts) => {
      await using rig = new HomeRig();
      await rig.create('Europe/Lisbon');
      const lines: LineFields[] = parts.map(({minute, session, ...rest}) =>
        aLine({...rest, session_id: session, timestamp: new Date(Date.parse('2024-03-30T20:00:00Z') + minute * 60_000).toISOString()}),
      );
      await rig.ingest(lines);
      const before = await figures(rig);
      await rig.rollUp();
      const counted = await rig.mem.store.use(0, (store) => store.sessionDays({}));
      expect(counted.filter(({activity}) => activity === undefined)).toEqual([]);
      expect(await figures(rig)).toEqual(before);
    }),
    {numRuns: 25},
  );
});
