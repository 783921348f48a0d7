import {expect, test} from 'vitest';
import {RollupTally} from '../../src/cli/rollup/rollup-tally.js';
import type {FailureReason} from '../../src/domain/model/failure-reason.js';
import type {RollupOutcome, RollupReason} from '../../src/domain/rollup/rollup-step.js';
import type {NodeId} from '../../src/domain/toc/node-id.js';

const step = (reason: RollupReason) => ({id: 'toc:day:2024-01-15' as NodeId, tocLevel: 'day', reason}) as const;
const made = (fallback?: FailureReason): RollupOutcome => ({kind: 'made', step: step('new'), version: 1, title: 't', fallback});

function tallyOf(outcomes: readonly RollupOutcome[]): RollupTally {
  const tally = new RollupTally();
  for (const outcome of outcomes) tally.add(outcome);
  return tally;
}

test('says how many fell back and why, the most frequent reason first, and ends with 0', () => {
  const tally = tallyOf([
    made(),
    made('timeout'),
    made('http-500'),
    made('http-500'),
    {kind: 'kept', step: step('retry'), fallback: 'http-500'},
  ]);
  expect(tally.summary()).toBe('4 made, 1 kept, 4 summaries by the fallback (http-500: 3, timeout: 1)');
  expect(tally.isNotable).toBe(true);
  expect(tally.exitStatus).toBe(0);
});

test('says how many wait for budget, and ends with 0', () => {
  const tally = tallyOf([made(), {kind: 'left', step: step('waits-for-budget')}, {kind: 'left', step: step('waits-for-segment')}]);
  expect(tally.summary()).toBe('1 made, 2 left for later, 1 waiting for budget');
  expect(tally.isNotable).toBe(true);
  expect(tally.exitStatus).toBe(0);
});

test('a refusal is said once, with how many wait for the model, and ends with 78', () => {
  const tally = tallyOf([
    {kind: 'failed', step: step('new'), code: 'MODEL_REFUSED', message: 'the endpoint refused the key (401)'},
    {kind: 'left', step: step('waits-for-model')},
    {kind: 'left', step: step('waits-for-model')},
  ]);
  expect(tally.summary()).toBe('2 left for later, 1 failed, 2 waiting for the model');
  expect(tally.refusal).toMatchObject({
    code: 'MODEL_REFUSED',
    message: 'the endpoint refused the key (401)',
    hint: expect.stringContaining('(3)'),
  });
  expect(tally.exitStatus).toBe(78);
});

test('a redo that found nobody ends with 69, and a refusal is worse', () => {
  const away: RollupOutcome = {kind: 'failed', step: step('redo'), code: 'SERVICE_AWAY', message: 'no connection'};
  expect(tallyOf([away]).exitStatus).toBe(69);
  expect(tallyOf([away, {kind: 'failed', step: step('new'), code: 'MODEL_REFUSED', message: ''}, away]).exitStatus).toBe(78);
});

test('what went well is nothing to be told of by mail', () => {
  expect(tallyOf([made(), {kind: 'left', step: step('too-recent')}]).isNotable).toBe(false);
  expect(tallyOf([]).summary()).toBeUndefined();
});
