import {expect, test} from 'vitest';
import {parsePage} from '../page/parsed-page.js';
import {anEvent, MemRig} from './mem-rig.js';

/** So many events on a day of 2024, in one session, a second apart. */
function events(count: number, at: string, parts: Record<string, unknown> = {}) {
  const start = Date.parse(at);
  return Array.from({length: count}, (_, nth) =>
    anEvent({at: new Date(start + nth * 1_000).toISOString(), text: `The gauge was read ${nth} times.`, session: at, ...parts}),
  );
}

async function withYear(): Promise<MemRig> {
  const mem = await MemRig.create();
  await mem.ingest([
    ...events(1, '2024-01-01T08:00:00Z', {project: 'acme/api'}),
    ...events(2, '2024-01-02T08:00:00Z', {project: 'acme/api', agent: 'codex'}),
    ...events(3, '2024-01-10T22:30:00Z', {project: 'acme/web'}),
    // Tomorrow in Berlin.
    ...events(4, '2024-12-30T23:30:00Z'),
  ]);
  await mem.rollUp();
  return mem;
}

test('draws a year, its hours, projects and agents in 80 columns without colour', async () => {
  await using mem = await withYear();
  const {status, stdout, stderr} = await mem.run(['stats', '2024'], '', {COLUMNS: '80'});
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
    '2024  10 events in 4 sessions',
    '4 days with work, most on Tue, Dec 31: 4 events',
    '',
    '     Jan Feb Mar  Apr May Jun  Jul Aug Sep  Oct Nov Dec',
    'Mon  ·',
    'Tue  :                                                   #',
    'Wed   *',
    'Thu',
    'Fri',
    'Sat',
    'Sun',
    '     · 1  : 2  * 3  # 4  events a day',
    '',
    '     0     3     6     9     12    15    18    21',
    'Mon                    ··                              1',
    'Tue  ##                ::                              6',
    'Wed                                                **  3',
    'Thu                                                    0',
    'Fri                                                    0',
    'Sat                                                    0',
    'Sun                                                    0',
    '',
    'Projects',
    '  none      4   40 %  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
    '  acme/api  3   30 %  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
    '  acme/web  3   30 %  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
    '',
    'Agents',
    '  claude-code  8   80 %  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇',
    '  codex        2   20 %  ▇▇▇▇▇',
    '',
  ]);
});

test('is never wider than the screen, and shades with blocks in colour', async () => {
  await using mem = await withYear();
  for (const columns of [24, 40, 60, 80, 120, 200]) {
    const {stdout} = await mem.run(['stats', '2024'], '', {COLUMNS: `${columns}`});
    const widths = stdout.split('\n').map((line) => [...line.trimEnd()].length);
    expect({columns, widest: Math.max(...widths) <= Math.max(columns, 50)}).toEqual({columns, widest: true});
  }
  const colored = await mem.run(['stats', '2024', '--color=always'], '', {COLUMNS: '120'});
  for (const sign of ['·', '░░', '▒▒', '▓▓', '██']) expect(colored.stdout).toContain(sign);
});

test('prints the figures, and a picture without a name', async () => {
  await using mem = await withYear();
  const figures = JSON.parse((await mem.run(['stats', '2024', '--json'])).stdout) as Record<string, unknown>;
  expect(figures).toMatchObject({
    node_id: 'toc:year:2024',
    time_zone: 'Europe/Berlin',
    event_count: 10,
    session_count: 4,
    days: [
      {date: '2024-01-01', event_count: 1, session_count: 1},
      {date: '2024-01-02', event_count: 2, session_count: 1},
      {date: '2024-01-10', event_count: 3, session_count: 1},
      {date: '2024-12-31', event_count: 4, session_count: 1},
    ],
    uncounted_events: 0,
  });
  const {stdout} = await mem.run(['stats', '2024', '--svg']);
  expect(parsePage(stdout, 'fragment').errors).toEqual([]);
  expect(stdout).toContain('<title>Tue, Dec 31: 4 events</title>');
  expect(stdout).not.toMatch(/acme|codex|claude|gauge/);
});

test('takes one project or agent, and nothing but a year', async () => {
  await using mem = await withYear();
  expect((await mem.run(['stats', '2024', '--project', 'api', '--agent', 'codex'])).stdout).toMatch(/^2024 {2}2 events in 1 session\n/);
  expect((await mem.run(['stats', '2024', '--project', 'api', '--project', 'web'])).stdout).toMatch(/^2024 {2}6 events in 3 sessions\n/);
  expect((await mem.run(['stats', '2023'])).stdout).toBe('2023\n\nNothing was recorded in 2023.\n');
  const month = await mem.run(['stats', '2024-01']);
  expect(month).toEqual({
    status: 64,
    stdout: '',
    stderr: 'mem: error: "2024-01" is not a year [USAGE]\nmem: hint: say a year such as 2025, or "last year"\n',
  });
});

test('the lists of nodes have a bar for each node and its figure', async () => {
  await using mem = await withYear();
  const {stdout} = await mem.run(['toc', 'list', '--level', 'day']);
  expect(stdout.split('\n').map((line) => line.slice(0, 13).trimEnd())).toEqual([
    '2024-01-01 ▄',
    '2024-01-02 █',
    '2024-01-10 █',
    '2024-12-31 █',
    '',
  ]);
  const months = (await mem.run(['toc', 'list', '--level', 'month', '--json'])).stdout.trim().split('\n');
  expect(months.map((line) => (JSON.parse(line) as {event_count: number}).event_count)).toEqual([6, 4]);
});
