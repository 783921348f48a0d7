import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {LocalDate, NodeId} from '../../src/domain/toc/node-id.js';
import {widthOf} from '../../src/text/width.js';
import {Browser} from '../../src/ui/browser.js';
import type {BrowserReader, BrowserTerminal} from '../../src/ui/ports.js';
import type {Size} from '../../src/ui/state/state.js';
import {TocModel} from './toc-model.js';

const {classes} = JSON.parse(readFileSync(new URL('../fixtures/hostile-text.json', import.meta.url), 'utf8')) as {
  classes: Record<string, string>;
};
const HOSTILE = Object.values(classes);

/** A terminal that keeps what is written, and whose screen can be waited for. */
class FakeTerminal implements BrowserTerminal {
  readonly color = true;
  readonly copied: string[] = [];
  written = '';
  suspended = 0;
  dimensions: Size;
  /** What stands on each row, without styles. */
  readonly rows = new Map<string, string>();

  constructor(dimensions: Size) {
    this.dimensions = dimensions;
  }

  size(): Size {
    return this.dimensions;
  }

  write(text: string): void {
    this.written += text;
    if (text.includes('\x1b[2J')) this.rows.clear();
    for (const [, row = '', column = '', part = ''] of text.matchAll(/\x1b\[(\d+);(\d+)H((?:(?!\x1b\[\d+;\d+H)[\s\S])*)/g))
      this.rows.set(`${row};${column}`, part.replace(/\x1b\[[\d;?]*[a-zA-Z]/g, ''));
  }

  copy(text: string): void {
    this.copied.push(text);
  }

  suspend(): void {
    this.suspended++;
  }

  async writes(text: string): Promise<void> {
    for (let tries = 0; tries < 500 && !this.written.includes(text); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async sees(text: string): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      if ([...this.rows.values()].some((row) => row.includes(text))) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no "${text}" in\n${[...this.rows.entries()].map(([at, row]) => `${at}\t${row}`).join('\n')}`);
  }
}

function readerOf(model: TocModel): BrowserReader {
  return {
    read: async (wants) => model.read(wants),
    async *find() {
      yield '2024-02-01' as LocalDate;
      const {rows, place} = model.path({parent: undefined, id: 'toc:month:2024:01' as NodeId});
      return place && {rows, place, hit: undefined};
    },
    hasChanged: async () => false,
  };
}

function opened(model = new TocModel(), size: Size = {columns: 120, rows: 40}): {terminal: FakeTerminal; browser: Browser} {
  const terminal = new FakeTerminal(size);
  return {terminal, browser: new Browser(readerOf(model), terminal)};
}

test('it starts at today, and ends with q', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('› ');
  await terminal.sees('Wed, Mar 6 now');
  browser.type('q');
  await browser.ended;
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
  const allowed = /\x1b\[(?:\?2026[hl]|2J|K|\d+;\d+H|\d+(?:;\d+)*m)/g;
  const rest = terminal.written.replace(allowed, '');
  expect(rest.match(/[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\u2028\u2029\ud800-\udfff]/u)).toBeNull();
  const styles = new Set(terminal.written.match(/\x1b\[\d+(?:;\d+)*m/g));
  expect([...styles].map((style) => style.slice(2, -1)).filter((style) => !/^(0|1|2|7|22|27|3[1236]|39)$/.test(style))).toEqual([]);
  expect(terminal.written).toContain('^[');
});

test('every row of the screen is within it, with wide and joined characters too', async () => {
  const texts = ['東京都庁の会議は明日'.repeat(9), '👩‍👩‍👧‍👦'.repeat(40), 'שלום עולם '.repeat(20), `e${'\u0301'.repeat(5)}`.repeat(60)];
  const model = new TocModel({text: (nth) => texts[nth % texts.length] ?? ''});
  const {terminal, browser} = opened(model, {columns: 110, rows: 30});
  await terminal.sees('› ');
  for (const keys of ['l', 'l', 'l', 'e', '\r', 'j', 'j']) {
    browser.type(keys);
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const [at, text] of terminal.rows) {
      const [row = 0, column = 0] = at.split(';').map(Number);
      expect(row).toBeLessThanOrEqual(30);
      expect(column - 1 + widthOf(text.trimEnd()), text).toBeLessThanOrEqual(110);
    }
  }
  browser.stop();
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
  await terminal.sees('row 9 of 11');
  browser.type('eG');
  await terminal.sees('event 4 of 4');
  browser.type('q');
  await browser.ended;
});

test('a search that finds something goes there', async () => {
  const {terminal, browser} = opened();
  await terminal.sees('Wed, Mar 6 now');
  browser.type('/tide\r');
  await terminal.sees('January 2024');
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
  // Ink ends its styles one by one: it has taken over.
  await terminal.writes('\x1b[27m');
  terminal.written = '';
  browser.type('y');
  await terminal.sees('its text');
  expect(terminal.written.match(/\x1b\[\d+;1H/g)).toEqual(['\x1b[39;1H', '\x1b[40;1H']);
  browser.stop();
});

test('what breaks ends it with the error, so that the terminal can be given back first', async () => {
  const terminal = new FakeTerminal({columns: 80, rows: 24});
  const broken: BrowserReader = {...readerOf(new TocModel()), read: async () => Promise.reject(new Error('a bug'))};
  await expect(new Browser(broken, terminal).ended).rejects.toThrow('a bug');
});
