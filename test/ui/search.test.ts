import {describe, expect, test} from 'vitest';
import {widthOf} from '../../src/text/width.js';
import {wrapLine} from '../../src/ui/docs/fold-line.js';
import {textOf} from '../../src/ui/draw/row.js';
import {reduce} from '../../src/ui/state/reducer.js';
import type {BrowserState} from '../../src/ui/state/state.js';
import {wantsOf} from '../../src/ui/state/wanted.js';
import {chosenRow, named, settled, started, textOfFrame, typed} from './screen-rig.js';
import {TocModel} from './toc-model.js';

const HITS = ['toc:segment:2024-02-29', 'toc:segment:2024-03-03', 'toc:segment:2024-03-06'];

/** The segment in which the tree's cursor stands on an event. */
function segmentOf({tree}: BrowserState): string | undefined {
  const row = tree.rows[tree.cursor];
  return row?.kind === 'event' ? row.segment.id.slice(0, 22) : undefined;
}

function pressed(state: BrowserState, ...keys: readonly Parameters<typeof named>[0][]): BrowserState {
  return keys.reduce((next, key) => settled(reduce(next, named(key)), new TocModel()), state);
}

test('hits are listed with their way in the tree and the lines that match', () => {
  const model = new TocModel({text: () => 'we moved the tide gauge'});
  const [heading, , ...rows] = textOfFrame(typed(started(model), '/gauge', model)).split('\n');
  expect(heading).toBe('3 hits for gauge');
  expect(rows.slice(-2)).toEqual(['search: gauge ', '↑↓ choose   Enter go there   Esc back']);
  const screen = textOfFrame(typed(started(model), '/gauge', model));
  expect(screen).toContain('› 2024 › February › Week 9, Feb 26 – 29 › Thu, Feb 29 › 06:00  we moved the tide gauge');
  expect(screen.match(/^ {4}we moved the tide gauge$/gm)).toHaveLength(3);
});

test('Enter goes to the event in the tree, n and N to the others, and Esc back to where the reader was', () => {
  const before = started();
  const there = pressed(typed(before, '/gauge'), 'down', 'enter');
  expect(segmentOf(there)).toBe(HITS[1]);
  expect(segmentOf(typed(there, 'n'))).toBe(HITS[2]);
  expect(segmentOf(typed(there, 'N'))).toBe(HITS[0]);
  expect(typed(there, 'nn').notice).toBe('this is the last hit');
  const back = pressed(typed(there, 'N'), 'escape');
  expect([chosenRow(back), back.tree.open, back.focus]).toEqual([chosenRow(before), before.tree.open, before.focus]);
  // The hits are still there.
  expect(segmentOf(typed(back, 'n'))).toBe(HITS[1]);
});

test('Esc leads back into a list of events, and to the pane that had the keys', () => {
  const before = typed(started(), 'ej\r');
  const back = pressed(typed(before, '/gauge\r'), 'escape');
  expect([back.events?.heading, back.events?.cursor, back.focus]).toEqual([before.events?.heading, 1, 'reader']);
});

test('in 40 columns the whole of a line that matches is shown', () => {
  const state = reduce(typed(started(new TocModel(), {columns: 40, rows: 20}), '/'), {kind: 'key', key: {kind: 'char', char: 'g'}});
  const text = `${'tide '.repeat(20)}gauge`;
  const [hit] = new TocModel().hits('g').hits;
  if (hit === undefined) throw new Error('nothing was found');
  const answer = {hits: [{...hit, lines: [{text, marks: [{start: 100, end: 105}]}]}], hasMore: false, notes: []};
  expect(textOfFrame(reduce(state, {kind: 'searched', serial: state.search.serial, answer})).match(/^ +.*gauge$/gm)).toHaveLength(1);
});

test('in one pane the event is read at once, and Esc leads back from there', () => {
  const model = new TocModel();
  const before = started(model, {columns: 60, rows: 20});
  const there = typed(before, '/gauge\r', model);
  expect([there.focus, textOfFrame(there).split('\n').at(-2)]).toEqual(['reader', expect.stringMatching(/^hit 1 of 3 · /)]);
  expect(chosenRow(pressed(there, 'escape'))).toBe(chosenRow(before));
});

test('after t or a date Esc leads back no more', () => {
  const today = typed(typed(started(), 'g/gauge\r'), 't');
  expect(chosenRow(pressed(today, 'escape'))).toBe(chosenRow(today));
});

test('/ shows the last hits again, with the one that was gone to', () => {
  const again = typed(pressed(typed(started(), '/gauge'), 'down', 'enter'), '/');
  expect(again.search.cursor).toBe(1);
  expect(textOfFrame(again)).toContain('3 hits for gauge');
  expect(segmentOf(pressed(again, 'down', 'enter'))).toBe(HITS[2]);
});

test('what an older query finds is dropped', () => {
  const state = ['t', 'i'].reduce((next, char) => reduce(next, {kind: 'key', key: {kind: 'char', char}}), typed(started(), '/'));
  const older = {kind: 'searched', serial: state.search.serial - 1, answer: new TocModel().hits('t')} as const;
  expect(reduce(state, older).search).toMatchObject({query: 'ti', isRunning: true, found: undefined});
});

test('where nothing is found it is said why, and Enter stays', () => {
  const state = typed(started(), '/nowhere\r');
  expect(textOfFrame(state).split('\n').slice(0, 3)).toEqual(['nothing for nowhere', '  "nowhere" occurs nowhere', '  nothing was found']);
  expect(state.prompt).toEqual({kind: 'search', text: 'nowhere'});
});

test('a query that cannot be looked for says so in the place of hits', () => {
  const asked = reduce(typed(started(), '/'), {kind: 'key', key: {kind: 'char', char: '-'}});
  const told = reduce(asked, {kind: 'searched', serial: asked.search.serial, answer: {problem: 'the query "-" has no word'}});
  expect(textOfFrame(told)).toContain('  the query "-" has no word');
  expect(wantsOf(reduce(told, named('enter')))).toEqual([]);
});

test('what changes meanwhile is looked for again, and the chosen hit stays chosen wherever it is then', () => {
  const model = new TocModel();
  const state = typed(started(model), '/gauge', model);
  const {hits} = model.hits('gauge');
  const changed = reduce(state, {kind: 'changed'});
  expect(changed.search).toMatchObject({query: 'gauge', isRunning: true});
  const answer = {hits: hits.toReversed(), hasMore: false, notes: []};
  expect(reduce(changed, {kind: 'searched', serial: changed.search.serial, answer}).search.cursor).toBe(2);
});

test.each([
  ['wide characters', '東京都庁の会議で決めた潮位計'],
  ['escape sequences', '\x1b[31mred\x1b]0;title\x07 and more of it'],
])('in 40 columns with %s every row of the list fits, and the chosen hit is seen', (_, text) => {
  const model = new TocModel({text: () => text});
  const state = pressed(typed(started(model, {columns: 40, rows: 14}), '/gauge', model), 'end');
  const rows = textOfFrame(state).split('\n');
  expect(rows.filter((row) => widthOf(row) > 40 || row.includes('\x1b'))).toEqual([]);
  expect(rows.filter((row) => row.startsWith('› '))).toEqual([expect.stringContaining('2024 › March')]);
});

describe('a line of several styles', () => {
  test.each([
    ['breaks at spaces', 10, ['one two', 'three four', 'five']],
    ['breaks words that are too long', 3, ['one', 'two', 'thr', 'ee', 'fou', 'r', 'fiv', 'e']],
  ])('%s', (_, width, rows) => {
    expect(wrapLine(['one two ', {style: 'bold', text: 'three fo'}, 'ur five'], width).map(textOf)).toEqual(rows);
  });

  test('keeps the style of each part', () => {
    expect(wrapLine(['one ', {style: 'bold', text: 'two three'}], 7)).toEqual([
      ['one ', {style: 'bold', text: 'two'}],
      [{style: 'bold', text: 'three'}],
    ]);
  });
});
