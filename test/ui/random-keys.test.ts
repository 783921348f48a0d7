import fc from 'fast-check';
import {test} from 'vitest';
import {widthOf} from '../../src/text/width.js';
import type {Key, NamedKey} from '../../src/ui/input/key.js';
import {panesOf} from '../../src/ui/state/panes.js';
import {type Action, reduce} from '../../src/ui/state/reducer.js';
import {eventCount} from '../../src/ui/state/selection.js';
import {type BrowserState, initialState} from '../../src/ui/state/state.js';
import {settled, textOfFrame} from './screen-rig.js';
import {TocModel} from './toc-model.js';

const isProofs = process.env['MEM_PROOFS'] === '1';

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
  {weight: 6, arbitrary: fc.constantFrom(...'hjklgG[]t/nNp:devyr? ti2024-0').map((char): Key => ({kind: 'char', char}))},
  {weight: 1, arbitrary: fc.constantFrom(...'q東 ').map((char): Key => ({kind: 'pasted', char}))},
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
        assertVisible(state);
        // Not after each step: it is laid out whole.
        if (step.kind === 'settle' || step.kind === 'resize') assertWithin(state);
      }
      assertWithin(state);
    }),
    {numRuns: isProofs ? 5_000 : 150},
  );
});

function assertVisible(state: BrowserState): void {
  const {size, tree, events} = state;
  const {height, heading, footer} = panesOf(state);
  if (heading + height + footer > size.rows) throw new Error(`${heading} + ${height} + ${footer} rows on a screen of ${size.rows}`);
  const list = events ?? tree;
  const count = events === undefined ? tree.rows.length : eventCount(events);
  if (count > 0 && !(list.cursor < count && list.top <= list.cursor && list.cursor < list.top + height))
    throw new Error(`row ${list.cursor} of ${count}, from ${list.top} on ${height}`);
}

function assertWithin(state: BrowserState): void {
  const {columns, rows} = state.size;
  const drawn = textOfFrame(state).split('\n');
  if (drawn.length > rows) throw new Error(`${drawn.length} rows on a screen of ${rows}`);
  const {list, reader} = panesOf(state);
  const hasDivider = list !== undefined && reader !== undefined && drawn.some((row) => row.includes('│'));
  for (const row of drawn) {
    if (widthOf(row) > columns) throw new Error(`${widthOf(row)} columns on ${columns}: ${JSON.stringify(row)}`);
    if (hasDivider && row.includes('│') && widthOf(row.slice(0, row.indexOf('│'))) !== reader.column - 2)
      throw new Error(`the divider is not before column ${reader.column}: ${JSON.stringify(row)}`);
  }
}
