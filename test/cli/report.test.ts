import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {attribute, parsePage, textIn} from '../page/parsed-page.js';
import {anEvent, MemRig} from './mem-rig.js';

const hasFaketime = spawnSync('faketime', ['--version']).status === 0;
const FRIDAY = anEvent({at: '2024-01-12T12:00:00Z', text: 'The parser drops the trailing comma in nested lists.', project: 'acme/api'});
const MONDAY = anEvent({
  at: '2024-01-15T09:00:00Z',
  text: 'Please ask @team about the <b>tokenizer</b> of nested_lists.',
  project: 'acme/web',
});

async function withTwoDays(): Promise<MemRig> {
  const mem = await MemRig.create();
  await mem.ingest([FRIDAY, MONDAY]);
  await mem.rollUp();
  return mem;
}

test('tells a week as text', async () => {
  await using mem = await withTwoDays();
  const {status, stdout, stderr} = await mem.run(['report', '2024-W03']);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(stdout).toMatch(/^Week 3 of 2024\n1 event · 1 session · acme\/web\n/);
  expect(stdout).toMatch(/\nMonday, January 15, 2024 {12}█\n/);
  expect(stdout).toMatch(/\n10:00 {10}\S/);
});

test('without a name tells the last day with work and today', async ({skip}) => {
  skip(!hasFaketime);
  await using mem = await withTwoDays();
  const {status, stdout} = await mem.runAt('2024-01-15 14:00:00', ['report']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Jan 12 and 15\n2 events · 1 session · acme\/api, acme\/web\n/);
  expect(stdout.indexOf('Friday, January 12')).toBeLessThan(stdout.indexOf('Monday, January 15'));
});

test('writes Markdown in which nobody is called and nothing is a tag', async () => {
  await using mem = await withTwoDays();
  const {status, stdout} = await mem.run(['report', '2024-01-15', '--md']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\*Monday, January 15, 2024\*\n1 event · 1 session · acme\/web\n/);
  expect(stdout).toContain('\n- ');
  expect(stdout).toContain('\n\n_One after the other_\n\n- 10:00  ');
  expect(stdout).toContain('`@team` about the `<b>tokenizer</b>` of `nested_lists.`');
});

test('writes a page whose bullets lead to what was said', async () => {
  await using mem = await withTwoDays();
  const {status, stdout, stderr} = await mem.run(['report', '2024-01-15', '--html']);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  const {elements, errors} = parsePage(stdout);
  expect(errors).toEqual([]);
  const events = elements.filter(({tagName}) => tagName === 'article').map(textIn);
  expect(events).toEqual([expect.stringContaining('Please ask @team about the <b>tokenizer</b> of nested_lists.')]);
  expect(elements.filter((element) => attribute(element, 'class') === 'cite').map((element) => attribute(element, 'href'))).toContain(
    '#e1',
  );
});

test('tells one project alone, and refuses two forms at once', async () => {
  await using mem = await withTwoDays();
  const {stdout} = await mem.run(['report', '2024-01', '--project', 'api', '--json']);
  const report = JSON.parse(stdout) as Record<string, unknown>;
  expect(report).toMatchObject({event_count: 1, projects: [{project: 'acme/api', event_count: 1}], cited_events: [{project: 'acme/api'}]});
  expect(stdout).not.toContain('tokenizer');
  const both = await mem.run(['report', '--html', '--md']);
  expect(both).toMatchObject({status: 64, stdout: ''});
});

test('says that nothing was recorded, and 66 where there is no store', async () => {
  await using mem = await withTwoDays();
  expect(await mem.run(['report', '2023-05'])).toEqual({
    status: 0,
    stdout: 'May 2023\n0 events · 0 sessions\n\nNothing was recorded.\n',
    stderr: '',
  });
  await using none = await MemRig.create();
  for (const words of [['report'], ['stats']]) expect((await none.run(words)).status).toBe(66);
});
