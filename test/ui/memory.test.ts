import {expect, test} from 'vitest';
import {addDays} from '../../src/domain/time/local-date.js';
import type {LocalDate} from '../../src/domain/toc/node-id.js';
import {reduce} from '../../src/ui/state/reducer.js';
import {named, settled, started, typed} from './screen-rig.js';
import {TocModel} from './toc-model.js';

test('of a long list that was scrolled through, what is not on the screen is forgotten', () => {
  const model = new TocModel({everyDays: 1, first: '2023-01-01' as LocalDate, segmentsPerDay: 4});
  let state = typed(started(model), ':2023\re', model);
  for (let page = 0; page < 200; page++) state = settled(reduce(state, named('page-down')), model);
  expect(state.events?.cursor).toBeGreaterThan(5_000);
  expect(state.events?.ids.size).toBeLessThanOrEqual(51);
  expect(state.previews.size).toBeLessThan(2_100);
});

test('of a tree that was walked through, what is not on the screen is forgotten', () => {
  const model = new TocModel({everyDays: 1, first: '2010-01-01' as LocalDate});
  let state = started(model);
  const seen = new Set<string>();
  for (let date = '2010-01-01' as LocalDate; date < '2015-06-01'; date = addDays(date, 3)) {
    state = typed(state, `:${date}\rl`, model);
    for (const key of state.nodes.keys()) seen.add(key);
  }
  expect(seen.size).toBeGreaterThan(3_000);
  expect(state.nodes.size).toBeLessThan(2_300);
});
