import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {addDays} from '../../src/domain/time/local-date.js';
import type {LocalDate} from '../../src/domain/toc/node-id.js';
import {InkScreen} from '../../src/ui/draw/ink-screen.js';
import type {BrowserTerminal} from '../../src/ui/ports.js';
import {reduce} from '../../src/ui/state/reducer.js';
import {named, SIZE, settled, started, typed} from './screen-rig.js';
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
  for (let date = '2010-01-01' as LocalDate; date < '2015-06-01'; date = addDays(date, 6)) {
    state = typed(state, `:${date}\rl`, model);
    for (const key of state.nodes.keys()) seen.add(key);
  }
  expect(seen.size).toBeGreaterThan(3_000);
  expect(state.nodes.size).toBeLessThan(2_300);
});

// Ink keeps every text that it ever measured: a browser that was open all day kept all that was ever on the screen.
test('what was on the screen is not kept by what draws it', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const terminal: BrowserTerminal = {color: true, size: () => SIZE, write: () => {}, copy: () => {}, suspend: () => {}};
  const fail = (error: unknown): void => {
    throw error;
  };
  const screen = new InkScreen(terminal, {onKey: () => {}, onError: fail});
  const model = new TocModel({everyDays: 1, first: '2023-01-01' as LocalDate, segmentsPerDay: 4});
  const state = typed(started(model), ':2023\re', model);
  let shown = 0;
  const heapAfter = (frames: number): number => {
    for (let frame = 0; frame < frames; frame++) {
      shown++;
      const previews = [...state.previews].map(([id, preview]) => [id, preview && {...preview, start: `${shown} of ${id}`}] as const);
      screen.show({...state, previews: new Map(previews)});
    }
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = heapAfter(60);
  // 37 rows in each of 250 frames, none of them like another: more than 2 MB, if they were kept.
  expect(heapAfter(250) - before).toBeLessThan(1_000_000);
  screen.end();
});
