import {expect, test} from 'vitest';
import type {Key} from '../../src/ui/input/key.js';
import {TypedAhead} from '../../src/ui/input/typed-ahead.js';
import {reduce} from '../../src/ui/state/reducer.js';
import type {BrowserState} from '../../src/ui/state/state.js';
import {settled, started} from './screen-rig.js';
import {TocModel} from './toc-model.js';

const ENTER: Key = {kind: 'named', name: 'enter'};

// What is not on the screen is forgotten: back from a list of events, the node is read once more, and a second Enter got lost.
test('a second Enter waits for the node whose bullet it is meant for', () => {
  const model = new TocModel();
  let state: BrowserState = {...started(model), nodes: new Map()};
  let pressed = 0;
  const ahead = new TypedAhead(
    () => state,
    (key) => {
      pressed++;
      state = reduce(state, {kind: 'key', key});
    },
  );
  ahead.type(ENTER);
  ahead.type(ENTER);
  expect([pressed, state.focus]).toEqual([1, 'reader']);
  state = settled(state, model);
  ahead.go();
  expect(pressed).toBe(2);
  expect(settled(state, model).events?.heading).toMatch(/^Around a source/);
});
