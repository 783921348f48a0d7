import {expect, test} from 'vitest';
import {reduce} from '../../src/ui/state/reducer.js';
import {wantsOf} from '../../src/ui/state/wanted.js';
import {chosenRow, named, settled, started, textOfFrame, typed} from './screen-rig.js';
import {TocModel} from './toc-model.js';

test('p lists the projects with their events, and what is typed narrows them', () => {
  const state = typed(started(), 'p');
  const rows = (of: typeof state) =>
    textOfFrame(of)
      .split('\n')
      .map((row) => row.trimEnd());
  expect(rows(state).slice(0, 4)).toEqual([
    'which project?',
    '› • all projects  99 events',
    '    acme/api  30 events',
    '    acme/web  20 events',
  ]);
  expect(rows(typed(state, 'WEB')).slice(1, 4)).toEqual(['  • all projects  99 events', '›   acme/web  20 events', '']);
});

test('from then on it is asked for alone, and the header says so', () => {
  const chosen = reduce(typed(started(), 'pweb'), named('enter'));
  expect([chosen.project, wantsOf(chosen)]).toEqual([
    'acme/web',
    [{kind: 'path', to: expect.objectContaining({id: 'toc:day:2024-03-06'})}],
  ]);
  const model = new TocModel();
  const shown = settled(chosen, model);
  expect([chosenRow(shown), textOfFrame(shown).split('\n')[0]]).toEqual([
    chosenRow(started()),
    'acme/web: 2024 › March › Week 10, Mar 4 – 10 › Wed, Mar 6',
  ]);
  const again = reduce(reduce(typed(shown, 'p', model), named('home')), named('enter'));
  expect([again.project, textOfFrame(settled(again, model)).split('\n')[0]]).toEqual([
    undefined,
    '2024 › March › Week 10, Mar 4 – 10 › Wed, Mar 6',
  ]);
});

test('an answer that was asked for before another project was chosen is not shown', () => {
  const model = new TocModel();
  const before = reduce(typed(started(model), '', model), {kind: 'changed'});
  const wants = wantsOf(before);
  const chosen = reduce(typed(before, 'pweb', model), named('enter'));
  const late = reduce(chosen, {kind: 'read', wants, reading: model.read(wants), generation: chosen.generation, project: undefined});
  expect(late.tree.rows).toEqual([]);
});

test('the shortest periods are composed first, and a month and a year at a time', () => {
  const model = new TocModel();
  const chosen = reduce(typed(started(model), 'pweb', model), named('enter'));
  model.wanted.length = 0;
  settled(chosen, model);
  const nodes = model.wanted.flatMap((want) => (want.kind === 'nodes' ? [want.places.map(({id}) => id.split(':')[1])] : []));
  const levels = nodes.map((some) => [...new Set(some)]);
  expect(levels.every((some) => some.length === 1)).toBe(true);
  expect(levels.flat().map((level) => ['segment', 'day', 'week', 'month', 'year'].indexOf(level ?? ''))).toEqual(
    levels
      .flat()
      .map((level) => ['segment', 'day', 'week', 'month', 'year'].indexOf(level ?? ''))
      .sort(),
  );
  expect(nodes.filter((some) => some.includes('year') || some.includes('month')).every((some) => some.length === 1)).toBe(true);
});

test('of a long name the header shows the beginning, and where the cursor is', () => {
  const model = new TocModel({text: () => 'a/very/long/name/of/a/project/in/a/narrow/terminal'});
  const state = typed(started(model, {columns: 40, rows: 12}), 'pvery\r', model);
  expect(textOfFrame(state).split('\n')[0]).toMatch(/^a\/very\/long\/name\/.*…: … › Wed, Mar 6$/);
});

test('Esc leaves the project as it was', () => {
  const state = reduce(typed(started(), 'pweb'), named('escape'));
  expect([state.project, state.prompt, chosenRow(state)]).toEqual([undefined, undefined, chosenRow(started())]);
});

test('a period of one project has no versions, and that is said', () => {
  expect(typed(started(), 'pweb\rv').notice).toBe('acme/web alone has no versions: its periods are made as you look');
});
