import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {Browser} from '../../src/ui/browser.js';
import type {BrowserReader} from '../../src/ui/ports.js';
import {opened, readerOf} from './browser-rig.js';
import {FakeTerminal} from './fake-terminal.js';
import {TocModel} from './toc-model.js';

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};
const HOSTILE = Object.values(classes);

test('it starts at today, and ends with q', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('› ');
  await terminal.sees('Wed, Mar 6 now');
  browser.type('q');
  await browser.ended;
});

test('each row has a bar against those beside it, read after all else of the screen', async () => {
  const model = new TocModel();
  const {terminal, browser} = opened(model);
  // Of the places below one, the model says that the later are the larger.
  await terminal.sees('█ Wed, Mar 6 now');
  const kinds = model.wanted.map(({kind}) => kind);
  expect(kinds.indexOf('sizes')).toBeGreaterThan(kinds.indexOf('nodes'));
  browser.stop();
});

test.each([
  ['two panes', {columns: 120, rows: 40}],
  ['one pane', {columns: 80, rows: 24}],
])('of hostile text only its visible form is written: %s', async (_, size) => {
  const model = new TocModel({text: (nth) => `${HOSTILE[nth % HOSTILE.length]}${nth}`});
  const {terminal, browser} = opened(model, size);
  await terminal.sees('› ');
  for (const keys of [
    '\r',
    'j',
    'G',
    '\x1b[D',
    'l',
    'l',
    'l',
    '\r',
    '\x1b[D',
    'e',
    '\r',
    '\x1b[D',
    'v',
    '/',
    ...HOSTILE,
    '\r',
    '\x1b[6~',
    '?',
  ]) {
    browser.type(keys);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  browser.stop();
  const allowed = /\x1b\[(?:\?2026[hl]|\?25[hl]|2J|H|K|E|\d*[AG]|\d+m)|\n/g;
  const rest = terminal.written.replace(allowed, '');
  expect(rest.match(/[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\u2028\u2029\ud800-\udfff]/u)).toBeNull();
  const styles = new Set(terminal.written.match(/\x1b\[\d+(?:;\d+)*m/g));
  expect([...styles].map((style) => style.slice(2, -1)).filter((style) => !/^(0|1|2|7|3[1236])$/.test(style))).toEqual([]);
  expect(terminal.written).toContain('^[');
});

test('y asks the terminal to copy, and the screen says so', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Wed, Mar 6 now');
  await terminal.sees('Keywords');
  browser.type('yi');
  await terminal.sees('asked the terminal to copy the id (OSC 52)');
  browser.type('yt');
  await terminal.sees('asked the terminal to copy the text (OSC 52)');
  expect(terminal.copied[0]).toBe('toc:day:2024-03-06');
  expect(terminal.copied[1]).toMatch(/^Wednesday, March 6, 2024\ntext \d+ of the tide table\n- text/);
  browser.stop();
});

test('what is pasted from it cannot be obeyed either', async () => {
  const {terminal, browser} = opened(new TocModel({text: () => 'rm -rf ~\r\x1b[2J'}));
  await terminal.sees('Keywords');
  browser.type('yt');
  await terminal.sees('asked the terminal');
  expect(terminal.copied[0]).toContain('rm -rf ~^M^[[2J');
  browser.stop();
});

test.each(['busy', 'failed'] as const)('q and ? work while the store is %s from the start', async (kind) => {
  const terminal = new FakeTerminal({columns: 80, rows: 24});
  const reader = {...readerOf(new TocModel()), read: async () => (kind === 'busy' ? {kind} : {kind, message: 'the disk is gone'})};
  const browser = new Browser(reader, terminal);
  browser.type('j');
  await terminal.sees(kind === 'busy' ? 'the store is busy; waiting' : 'the disk is gone');
  browser.type('?');
  await terminal.sees('one row up or down');
  browser.type('q');
  await browser.ended;
});

test('q and ? work while the first reading takes its time', async () => {
  const terminal = new FakeTerminal({columns: 80, rows: 24});
  const browser = new Browser({...readerOf(new TocModel()), read: () => new Promise(() => {})}, terminal);
  browser.type('?');
  await terminal.sees('one row up or down');
  browser.type('q');
  await browser.ended;
});

test('what is typed ahead of the rows that a key opens is meant for them', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Wed, Mar 6');
  browser.type('lleGh');
  await terminal.sees('row 8 of 8');
  browser.type('eG');
  await terminal.sees('event 4 of 4');
  browser.type('q');
  await browser.ended;
});

test('Enter before the hits are there goes to the first one, and what is typed after it is meant for there', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Wed, Mar 6 now');
  browser.type('/tide\rn');
  await terminal.sees('2024 › March › Week 9, Mar 1 – 3 › Sun, Mar 3 › ');
  await terminal.sees('hit 2 of 3');
  browser.stop();
});

test('a newer query overtakes an older one, which is told to stop', async () => {
  const model = new TocModel();
  const terminal = new FakeTerminal({columns: 120, rows: 40});
  const stopped: string[] = [];
  const browser = new Browser(
    {
      ...readerOf(model),
      search: async (query, _project, signal) => {
        if (query !== 'slow') return model.hits(query);
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped.push(query);
            reject(signal.reason);
          });
        });
        throw new Error('it was not stopped');
      },
    },
    terminal,
  );
  await terminal.sees('Wed, Mar 6 now');
  browser.type('/slow');
  await terminal.sees('searching …');
  // Longer than what is waited for the next key.
  await new Promise((resolve) => setTimeout(resolve, 150));
  browser.type('ly');
  await terminal.sees('3 hits for slowly');
  expect(stopped).toEqual(['slow']);
  browser.stop();
});

test('a store that is busy while one searches is said, and the search goes on when it is free', async () => {
  const model = new TocModel();
  const terminal = new FakeTerminal({columns: 120, rows: 40});
  let asked = 0;
  const browser = new Browser({...readerOf(model), search: async (query) => (asked++ === 0 ? 'busy' : model.hits(query))}, terminal);
  await terminal.sees('Wed, Mar 6 now');
  browser.type('/tide');
  await terminal.sees('the store is busy; waiting');
  await terminal.sees('3 hits for tide');
  expect(terminal.rows.join('\n')).not.toContain('busy');
  browser.stop();
});

test('an escape that nothing follows is the Escape key, and Ctrl-Z suspends', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Wed, Mar 6 now');
  browser.type('?');
  await terminal.sees('mem toc: help');
  browser.type('\x1b');
  await terminal.sees('2024 › March');
  browser.type('\x1a');
  expect(terminal.suspended).toBe(1);
  browser.stop();
});

test('only rows that changed are written', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Keywords');
  terminal.touched.clear();
  browser.type('y');
  await terminal.sees('its text');
  expect([...terminal.touched]).toEqual([38, 39]);
  browser.stop();
});

test('after a new size, or when the screen may show anything, all of it is written', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Keywords');
  const whole = terminal.rows;
  terminal.write('\x1b[2Jrubbish');
  browser.redraw();
  await terminal.sees('Keywords');
  expect(terminal.rows).toEqual(whole);
  terminal.dimensions = {columns: 90, rows: 20};
  browser.resized();
  await terminal.sees('row 8 of 8');
  expect(terminal.rows[19]).toMatch(/^↑↓ move/);
  expect(terminal.rows.join('')).not.toContain('│');
  browser.stop();
});

test('keys typed while it is drawn anew are not lost', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Keywords');
  browser.redraw();
  await new Promise((resolve) => setImmediate(resolve));
  browser.type('/');
  browser.type('\x1b[200~ti');
  browser.type('d\x1b[201~');
  browser.type('e');
  await terminal.sees('search: tide');
  browser.stop();
});

test.each([
  [1, 1],
  [2, 2],
  [3, 1],
  [1, 5],
  [44, 6],
])('on a terminal of %d columns and %d rows it works, and never scrolls', async (columns, rows) => {
  const {terminal, browser} = opened(new TocModel(), {columns, rows});
  for (const key of ['l', 'j', '\r', '?', '?', 'e', '/', 'x', '\x03']) {
    browser.type(key);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await browser.ended;
  expect(terminal.scrolled).toBe(0);
});

test('a component that fails ends it with the error', async () => {
  // In one pane only the components look at a title.
  const model = new TocModel({text: () => null as unknown as string});
  const terminal = new FakeTerminal({columns: 80, rows: 24});
  await expect(new Browser(readerOf(model), terminal).ended).rejects.toThrow(TypeError);
});

test('what breaks ends it with the error, so that the terminal can be given back first', async () => {
  const terminal = new FakeTerminal({columns: 80, rows: 24});
  const broken: BrowserReader = {...readerOf(new TocModel()), read: async () => Promise.reject(new Error('a bug'))};
  await expect(new Browser(broken, terminal).ended).rejects.toThrow('a bug');
});
