import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {LocalDate, NodeId} from '../../src/domain/node-id.js';
import {lineWidth} from '../../src/text/line.js';
import {frameOf} from '../../src/ui/frame.js';
import type {Key, NamedKey} from '../../src/ui/key.js';
import {panesOf} from '../../src/ui/panes.js';
import {type Action, reduce} from '../../src/ui/reducer.js';
import {eventCount} from '../../src/ui/selection.js';
import {type BrowserState, initialState} from '../../src/ui/state.js';
import {wantsOf} from '../../src/ui/wanted.js';
import {TocModel} from './toc-model.js';

const isProofs = process.env['MEM_PROOFS'] === '1';
const SIZE = {columns: 120, rows: 40};

/** Reads until the screen has what it wants. */
function settled(state: BrowserState, model: TocModel): BrowserState {
  let next = state;
  for (let round = 0; round < 12; round++) {
    const wants = wantsOf(next);
    if (wants.length === 0) return next;
    next = reduce(next, {kind: 'read', wants, reading: model.read(wants), generation: next.generation});
  }
  throw new Error(`still wanted: ${JSON.stringify(wantsOf(next)).slice(0, 500)}`);
}

function started(model = new TocModel(), size = SIZE): BrowserState {
  return settled(initialState(size), model);
}

function named(name: NamedKey): Action {
  return {kind: 'key', key: {kind: 'named', name}};
}

function typed(state: BrowserState, keys: string, model = new TocModel()): BrowserState {
  let next = state;
  for (const char of keys) next = settled(reduce(next, char === '\r' ? named('enter') : {kind: 'key', key: {kind: 'char', char}}), model);
  return next;
}

function chosenRow({tree}: BrowserState): string {
  const row = tree.rows[tree.cursor];
  return row?.kind === 'event' ? row.id : `${row?.place.parent ?? ''} ${row?.place.id}`;
}

test('the browser starts with the current year opened down to today', () => {
  const state = started();
  expect(chosenRow(state)).toBe('toc:week:2024:W10 toc:day:2024-03-06');
  expect([...state.tree.open]).toEqual([' toc:year:2024', 'toc:year:2024 toc:month:2024:03', 'toc:month:2024:03 toc:week:2024:W10']);
});

test('a week that straddles two months stands under both, and each is opened by itself', () => {
  const model = new TocModel({everyDays: 1});
  const state = typed(started(model), ':2024-02-29\r', model);
  expect(chosenRow(state)).toBe('toc:week:2024:W09 toc:day:2024-02-29');
  expect(state.tree.open.has('toc:month:2024:02 toc:week:2024:W09')).toBe(true);
  expect(state.tree.open.has('toc:month:2024:03 toc:week:2024:W09')).toBe(false);
  const march = typed(state, ':2024-03-01\r', model);
  const weeks = march.tree.rows.filter((row) => row.kind === 'week' && row.place.id === ('toc:week:2024:W09' as NodeId));
  expect(weeks.map(({key}) => key)).toEqual(['toc:month:2024:02 toc:week:2024:W09', 'toc:month:2024:03 toc:week:2024:W09']);
});

test.each([
  ['[ goes to the week before below the same month', 'h[', 'toc:month:2024:03 toc:week:2024:W09'],
  ['h goes up', 'h', 'toc:month:2024:03 toc:week:2024:W10'],
  ['g goes to the first row', 'g', ' toc:year:2023'],
  ['t comes back to today', 'gt', 'toc:week:2024:W10 toc:day:2024-03-06'],
])('%s', (_, keys, chosen) => {
  const model = new TocModel();
  expect(chosenRow(typed(started(model), keys, model))).toBe(chosen);
});

test('l opens, then goes in', () => {
  const model = new TocModel();
  const state = typed(started(model), 'l', model);
  expect(state.tree.rows[state.tree.cursor]).toMatchObject({kind: 'day', isOpen: true});
  expect(typed(state, 'l', model).tree.rows[state.tree.cursor + 1]).toMatchObject({kind: 'segment'});
});

test('a sibling that is not on the screen is looked for', () => {
  expect(typed(started(), '[').search).toMatchObject({sought: {kind: 'sibling', tocLevel: 'day'}, direction: 'backward', isRunning: true});
});

test('what is no date is said, with what would be one', () => {
  expect(typed(started(), ':nonsense\r').notice).toMatch(/^"nonsense" is not a date, a phrase or a node id; say today/);
});

test('a date without records leads to the nearest period above it, and that is said', () => {
  const state = typed(started(), ':2024-03-05\r');
  expect(chosenRow(state)).toBe('toc:month:2024:03 toc:week:2024:W10');
  expect(state.notice).toBe('nothing was recorded on Tuesday, March 5, 2024; this is the nearest above it');
});

test('on a day without records it starts at the last one, closed, and t says why it leads there', () => {
  const model = new TocModel({lastDay: '2024-03-03' as LocalDate});
  const state = started(model);
  expect([chosenRow(state), state.notice]).toEqual(['toc:week:2024:W09 toc:day:2024-03-03', '']);
  expect(state.tree.rows[state.tree.cursor]).toMatchObject({isOpen: false});
  expect(typed(state, 'gt', model).notice).toBe('nothing was recorded today; this is the last day on which something was');
});

test('Enter on a bullet shows its source among its neighbours, and Esc leads back to the bullet', () => {
  const model = new TocModel();
  const reading = typed(started(model), '\rj', model);
  expect(reading.focus).toBe('reader');
  const source = typed(reading, '\r', model);
  expect(source.events && eventCount(source.events)).toBe(12);
  const back = settled(reduce(source, named('escape')), model);
  expect([back.events, back.focus, back.reader.cursor]).toEqual([undefined, 'reader', reading.reader.cursor]);
});

test('only what is on the screen is asked for', () => {
  const model = new TocModel({segmentsPerDay: 500, eventsPerSegment: 5_000});
  const state = typed(started(model), 'llej', model);
  expect(state.events && eventCount(state.events)).toBe(5_000);
  const nodes = model.wanted.flatMap((want) => (want.kind === 'nodes' ? want.places : []));
  expect(new Set(nodes.map((place) => place.id)).size).toBeLessThan(150);
  const previews = model.wanted.flatMap((want) => (want.kind === 'previews' ? want.ids : []));
  expect(new Set(previews).size).toBeLessThan(150);
});

test('a reload asks for all that is on the screen anew, and shows the old until it comes', () => {
  const model = new TocModel();
  const state = started(model);
  const asked = reduce(state, {kind: 'changed'});
  expect(asked.tree.rows).toEqual(state.tree.rows);
  model.wanted.length = 0;
  const again = settled(asked, model);
  expect(model.wanted.map(({kind}) => kind)).toContain('nodes');
  expect(chosenRow(again)).toBe(chosenRow(state));
});

test('a store that is busy is said, and the screen stays', () => {
  const state = reduce(started(), {kind: 'not-read', store: {kind: 'busy'}});
  expect(textOfFrame(state)).toContain('the store is busy; waiting');
  expect(textOfFrame(state)).toContain('Wed, Mar 6');
});

test('an empty store shows how to begin', () => {
  const state = reduce(initialState(SIZE), {kind: 'not-read', store: {kind: 'empty'}});
  expect(textOfFrame(state)).toContain('Nothing was recorded yet.');
});

test('what is found later than another search was begun is dropped', () => {
  const state = typed(started(), '/tide\r');
  expect(state.search).toMatchObject({isRunning: true, serial: 1});
  const dropped = reduce(state, {kind: 'found', serial: 0, found: undefined, isWrapped: false});
  expect(dropped.search?.isRunning).toBe(true);
  const found = reduce(state, {
    kind: 'found',
    serial: 1,
    found: {place: {parent: undefined, id: 'toc:year:2023' as NodeId}, rows: []},
    isWrapped: true,
  });
  expect([chosenRow(found), found.notice]).toEqual([' toc:year:2023', 'found from the beginning on']);
});

function textOfFrame(state: BrowserState): string {
  const {heading, panes, footer} = frameOf(state);
  const lines = [...(heading === undefined ? [] : [heading]), ...panes.flatMap(({lines: all}) => all), ...footer];
  return lines.map((line) => line.map((span) => (typeof span === 'string' ? span : span.text)).join('')).join('\n');
}

const NAMED: readonly NamedKey[] = [
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'page-up',
  'page-down',
  'enter',
  'escape',
  'backspace',
  'tab',
  'ctrl-u',
  'ctrl-l',
];
const aKey: fc.Arbitrary<Key> = fc.oneof(
  {weight: 6, arbitrary: fc.constantFrom(...NAMED).map((name): Key => ({kind: 'named', name}))},
  {weight: 6, arbitrary: fc.constantFrom(...'hjklgG[]t/nN:devyr? ti2024-0').map((char): Key => ({kind: 'char', char}))},
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wheel' as const),
      by: fc.constantFrom(1 as const, -1 as const),
      column: fc.nat(250),
      row: fc.nat(70),
    }),
  },
  {weight: 1, arbitrary: fc.record({kind: fc.constant('click' as const), column: fc.nat(250), row: fc.nat(70)})},
);
type Step = Action | {readonly kind: 'settle'};
const aSize = fc.record({columns: fc.integer({min: 1, max: 250}), rows: fc.integer({min: 1, max: 70})});
const aStep: fc.Arbitrary<Step> = fc.oneof(
  {weight: 12, arbitrary: aKey.map((key): Step => ({kind: 'key', key}))},
  {weight: 6, arbitrary: fc.constant<Step>({kind: 'settle'})},
  {weight: 1, arbitrary: aSize.map((size): Step => ({kind: 'resize', size}))},
  {
    weight: 1,
    arbitrary: fc.constantFrom<Step>(
      {kind: 'changed'},
      {kind: 'not-read', store: {kind: 'busy'}},
      {kind: 'not-read', store: {kind: 'failed', message: 'the disk is gone'}},
    ),
  },
);
const WIDE = [
  'plain words',
  '東京都庁の会議',
  '👩‍👩‍👧‍👦 family 🇳🇱',
  'שלום עולם',
  'e\u0301e\u0301e\u0301',
  '\u202eevil\u0007',
  'x'.repeat(300),
  '',
];

test('whatever is typed, the cursor is on a visible row and the frame within the screen', () => {
  fc.assert(
    fc.property(aSize, fc.array(aStep, {maxLength: isProofs ? 120 : 40}), fc.nat(7), (size, steps, shift) => {
      const model = new TocModel({text: (nth) => WIDE[(nth + shift) % WIDE.length] ?? ''});
      let state = settled(initialState(size), model);
      for (const step of steps) {
        state = step.kind === 'settle' ? settled(state, model) : reduce(state, step);
        assertWithin(state);
      }
    }),
    {numRuns: isProofs ? 5_000 : 150},
  );
});

function assertWithin(state: BrowserState): void {
  const {size, tree, events} = state;
  const {height, heading, footer} = panesOf(state);
  const frame = frameOf(state);
  if (heading + height + footer > size.rows) throw new Error(`${heading} + ${height} + ${footer} rows on a screen of ${size.rows}`);
  const list = events ?? tree;
  const count = events === undefined ? tree.rows.length : eventCount(events);
  if (count > 0 && !(list.cursor < count && list.top <= list.cursor && list.cursor < list.top + height))
    throw new Error(`row ${list.cursor} of ${count}, from ${list.top} on ${height}`);
  for (const {pane, lines} of frame.panes) {
    if (pane.column + pane.width > size.columns) throw new Error('a pane reaches over the edge');
    if (lines.length > height) throw new Error(`${lines.length} lines in a pane of ${height}`);
    for (const line of lines)
      if (lineWidth(line) > pane.width) throw new Error(`${lineWidth(line)} columns in a pane of ${pane.width}: ${JSON.stringify(line)}`);
  }
  for (const line of [...frame.footer, ...(frame.heading === undefined ? [] : [frame.heading])])
    if (lineWidth(line) > size.columns) throw new Error(`${lineWidth(line)} columns on ${size.columns}: ${JSON.stringify(line)}`);
}
