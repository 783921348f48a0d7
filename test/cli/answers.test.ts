import {expect, test} from 'vitest';
import {anEvent, MemRig} from './mem-rig.js';

const TALK = anEvent({at: '2024-01-15T12:00:00Z', text: 'The parser drops the trailing comma in nested lists.'});
const SILENT = anEvent({at: '2024-03-05T12:00:00Z', event_type: 'session_start', text: ''});

test('a segment that is not there ends with 66, with --json too', async () => {
  // It ended with 0, and --json invented a node.
  await using mem = await MemRig.create();
  await mem.ingest([TALK]);
  const id = 'toc:segment:2024-01-15:01HM5V8K3Z7Q9W2X4Y6R8T0ABC';
  expect(await mem.run(['toc', 'show', id])).toEqual({
    status: 66,
    stdout: '',
    stderr: `mem: error: the segment ${id} does not exist [NO_NODE]\nmem: hint: list them with: mem toc list --level segment\n`,
  });
  const asJson = await mem.run(['toc', 'show', id, '--json']);
  expect({status: asJson.status, stdout: asJson.stdout}).toEqual({status: 66, stdout: ''});
  expect(JSON.parse(asJson.stderr)).toMatchObject({code: 'NO_NODE'});
});

test('a day whose events have no text says so and leads to them', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([TALK, SILENT]);
  expect((await mem.run(['toc', 'show', '2024-03-05'])).stdout).toBe(
    'Only 1 event without text was recorded on Tuesday, March 5, 2024.\n\nLook closer: mem events 2024-03-05\n',
  );
  expect(JSON.parse((await mem.run(['toc', 'show', '2024-03', '--json'])).stdout)).toMatchObject({event_count: 1, children: []});
});

test('a list of events without any says why on stderr', async () => {
  await using mem = await MemRig.create();
  expect((await mem.run(['init'])).status).toBe(0);
  const says = async (...args: string[]) => mem.run(['events', ...args]);
  expect(await says('--json')).toEqual({status: 0, stdout: '', stderr: 'mem: nothing was recorded yet\n'});
  await mem.ingest([TALK]);
  expect(await says('2023-05')).toEqual({status: 0, stdout: '', stderr: 'mem: nothing was recorded in May 2023\n'});
  expect(await says('2024-01-16')).toMatchObject({stderr: 'mem: nothing was recorded on Tuesday, January 16, 2024\n'});
  expect(await says('2024-01-15', '--role', 'tool')).toMatchObject({status: 0, stderr: 'mem: no event passes these filters\n'});
  expect(await says()).toMatchObject({status: 0, stderr: ''});
});

test('a list says on stderr how many events are in no summary', async () => {
  await using mem = await MemRig.create();
  await mem.ingest(
    Array.from({length: 2_001}, (_, n) =>
      anEvent({at: new Date(Date.UTC(2024, 0, 15, 10) + n * 1_000).toISOString(), text: 'x', session: `s-${n % 2_001}`}),
    ),
  );
  const {status, stderr} = await mem.run(['toc', 'list', '--provisional', '--level', 'day']);
  expect({status, stderr}).toEqual({status: 0, stderr: 'mem: 1 event waits to be summarized; run: mem rollup\n'});
});

test.each(['always', 'never'])('the word "%s" of a phrase is no choice of colours', async (word) => {
  // Without --color the first word was taken for its value.
  await using mem = await MemRig.create();
  await mem.ingest([TALK]);
  expect((await mem.run(['toc', 'show', word])).stderr).toMatch(new RegExp(`^mem: error: "${word}" is not a date`));
  expect((await mem.run(['toc', 'show', word, '--color', 'always'])).stderr).toMatch(/^\x1b\[31mmem: error:/);
  expect((await mem.run(['toc', 'show', word, '--color=always'])).stderr).toMatch(/^\x1b\[31mmem: error:/);
});

test('the settings fit on a screen of 80 columns', async () => {
  await using mem = await MemRig.create();
  const lines = (await mem.run(['config'])).stdout.split('\n').slice(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('FORCE_COLOR forces colour as NO_COLOR forbids it, and the flag wins over both', async () => {
  await using mem = await MemRig.create();
  await mem.ingest([TALK]);
  const isColored = async (env: Record<string, string>, ...flags: string[]) =>
    (await mem.run(['toc', 'show', '2024-01-15', ...flags], '', env)).stdout.includes('\x1b[');
  expect(await isColored({})).toBe(false);
  expect(await isColored({FORCE_COLOR: ''})).toBe(false);
  expect(await isColored({FORCE_COLOR: '1', TERM: 'dumb'})).toBe(true);
  expect(await isColored({FORCE_COLOR: '1', MEM_COLOR: 'never'})).toBe(true);
  expect(await isColored({FORCE_COLOR: '1'}, '--color', 'never')).toBe(false);
  expect(await isColored({FORCE_COLOR: '1', NO_COLOR: '1'})).toBe(false);
  expect(await isColored({NO_COLOR: '1'}, '--color', 'always')).toBe(true);
});
