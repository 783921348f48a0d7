import {expect, test} from 'vitest';
import {type Cell, widthOf} from '../../src/text/width.js';
import {Browser} from '../../src/ui/browser.js';
import {opened, readerOf} from './browser-rig.js';
import {FakeTerminal} from './fake-terminal.js';
import {TocModel} from './toc-model.js';

test('every row of the screen is within it, with wide and joined characters too', async () => {
  const texts = ['東京都庁の会議は明日'.repeat(9), '👩‍👩‍👧‍👦'.repeat(40), 'שלום עולם '.repeat(20), `e${'\u0301'.repeat(5)}`.repeat(60)];
  const model = new TocModel({text: (nth) => texts[nth % texts.length] ?? ''});
  const {terminal, browser} = opened(model, {columns: 110, rows: 30});
  await terminal.sees('› ');
  for (const keys of ['l', 'l', 'l', 'e', '\r', 'j', 'j']) {
    browser.type(keys);
    await terminal.settles();
    // One column stays free.
    for (const row of terminal.rows) expect(widthOf(row), row).toBeLessThanOrEqual(109);
    // Of 110 columns the list has 46.
    for (let row = 1; row < 28; row++) expect(terminal.at(row, 47), terminal.rows[row]).toBe('│');
    expect(terminal.scrolled).toBe(0);
  }
  browser.stop();
});

test.each([
  ['narrower', () => 1],
  ['wider', ({width}: Cell) => (width === 2 ? 2 : 1) + 1],
])('a character that the terminal sees %s shifts no other pane, and leaves nothing behind', async (_, seen) => {
  const isOdd = (cell: Cell): boolean => /[東⚠]/u.test(cell.text);
  const texts = ['東⚠️東⚠️東⚠️東⚠️ night', 'plain words that are long enough for the whole row of the list and more'];
  const model = new TocModel({text: (nth) => texts[nth % 3 === 0 ? 0 : 1] ?? ''});
  const terminal = new FakeTerminal({columns: 110, rows: 30}, (cell) => (isOdd(cell) ? seen(cell) : cell.width));
  const browser = new Browser(readerOf(model), terminal);
  await terminal.sees('Keywords');
  for (const key of [':2024\re', '\x1b[6~', '\x1b[6~', 'j', 'j', 'j']) {
    browser.type(key);
    await terminal.settles();
    for (let row = 1; row < 28; row++) expect([terminal.at(row, 47), terminal.at(row, 48) ?? ' '], terminal.rows[row]).toEqual(['│', ' ']);
  }
  // Nothing is left of what stood there before: drawn whole, it is the same.
  const rows = terminal.rows.map(withoutEdge);
  browser.redraw();
  await terminal.settles();
  expect(terminal.rows.map(withoutEdge)).toEqual(rows);
  browser.stop();
});

/** Without the end of a row that fills the screen: what the terminal sees wider comes to the last column, and may be erased there. */
function withoutEdge(row: string): string {
  return [...row].slice(0, 75).join('').trimEnd();
}
