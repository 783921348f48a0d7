import {expect, test} from 'vitest';
import type {LocalDate, NodeId} from '../../src/domain/toc/node-id.js';
import {reduce} from '../../src/ui/state/reducer.js';
import {eventAt, eventCount} from '../../src/ui/state/selection.js';
import {type BrowserState, initialState} from '../../src/ui/state/state.js';
import {chosenRow, named, SIZE, settled, started, textOfFrame, typed} from './screen-rig.js';
import {TocModel} from './toc-model.js';

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
  expect(typed(started(), '[').neighbour).toMatchObject({tocLevel: 'day', direction: 'backward', isRunning: true});
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

test('superseded events have no row, and the cursor keeps its event when they go away above it', () => {
  const model = new TocModel({everyDays: 1, first: '2024-02-20' as LocalDate, superseded: 5});
  const {of, sections = []} = typed(started(model), 'ge', model).events ?? {};
  if (of === undefined) throw new Error('no list of events was opened');
  const answers = sections.flatMap(({date}) => model.read([{kind: 'event-ids', of, date}]).answers);
  const ids = answers.flatMap((answer) => (answer.kind === 'event-ids' ? answer.ids : []));
  expect(ids.length).toBe(16 * 12);
  let state = typed(started(model), 'geG', model);
  const chosen: unknown[] = [];
  for (let at = 0; at < ids.length; at++) {
    chosen.push(state.events && eventAt(state.events, state.events.cursor));
    state = typed(state, 'k', model);
  }
  expect(chosen.reverse()).toEqual(ids);
  expect(state.events && [eventCount(state.events), state.events.cursor]).toEqual([ids.length, 0]);
  // The same dates are counted again after a change.
  const again = settled({...state, generation: state.generation + 1}, model);
  expect(again.events && eventCount(again.events)).toBe(ids.length);
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

test('a store that cannot be read is said in full, and beside a tree in two lines', () => {
  const message = `the store at /home/ines/.local/share/mem/db is damaged: Corruption: ${'x'.repeat(40)}; restore it with: mem restore`;
  const failed = {kind: 'not-read', store: {kind: 'failed', message}} as const;
  const small = {columns: 80, rows: 24};
  const alone = textOfFrame(reduce(initialState(small), failed));
  expect(alone).toContain('The store cannot be read.');
  expect(alone.replace(/\s+/g, ' ')).toContain('restore it with: mem restore');
  const beside = textOfFrame(reduce(started(new TocModel(), small), failed)).split('\n');
  expect(beside.slice(-2).join(' ')).toContain('restore it with: mem restore');
  expect(beside.join('\n')).toContain('Wed, Mar 6');
});

test('of a way that is too long the end is shown', () => {
  const model = new TocModel();
  const narrow = typed(started(model, {columns: 40, rows: 10}), 'll', model);
  expect(textOfFrame(narrow).split('\n')[0]?.trim()).toBe('… › Wed, Mar 6 › 23:00');
});

test('what is pasted goes into a prompt, and else does nothing', () => {
  const paste = (state: BrowserState) => reduce(state, {kind: 'key', key: {kind: 'pasted', char: 'q'}});
  expect([paste(started()).effect, paste(started()).notice]).toEqual([undefined, 'a paste goes into a prompt: press / or d first']);
  expect(paste(typed(started(), '/')).prompt).toEqual({kind: 'search', text: 'q'});
});

test('below a text that does not fit it is said where it goes on', () => {
  const model = new TocModel({text: (nth) => `text ${nth} `.repeat(90)});
  const reading = typed(started(model, {columns: 80, rows: 24}), '\r', model);
  const last = (state: BrowserState) => textOfFrame(state).split('\n').at(-2);
  expect(last(reading)).toMatch(/^row \d+ of \d+ · more below$/);
  expect(last(settled(reduce(reading, named('page-down')), model))).toMatch(/ · more above · more below$/);
  expect(last(typed(reading, 'G', model))).toMatch(/\d · more above$/);
  expect(last(typed(started(), '\r'))).toMatch(/^row \d+ of \d+$/);
});

test('a screen of three rows shows the prompt in place of the keys', () => {
  const low = started(new TocModel(), {columns: 40, rows: 3});
  expect(textOfFrame(low).split('\n').at(-1)).toContain('↑↓ move');
  expect(textOfFrame(typed(low, '/tide')).split('\n').at(-1)).toContain('search: tide');
});

test('what is found later than another neighbour was looked for is dropped', () => {
  const state = typed(started(), '[');
  const place = {parent: undefined, id: 'toc:year:2023' as NodeId};
  expect(reduce(state, {kind: 'found', serial: 0, found: {place, rows: []}}).neighbour?.isRunning).toBe(true);
  expect(chosenRow(reduce(state, {kind: 'found', serial: 1, found: {place, rows: []}}))).toBe(' toc:year:2023');
});
