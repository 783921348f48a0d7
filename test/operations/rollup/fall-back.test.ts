import {expect, test} from 'vitest';
import type {NodeId} from '../../../src/domain/toc/node-id.js';
import {rollUp} from '../../../src/operations/rollup/roll-up.js';
import {aLine} from '../home-rig.js';
import {failed, ScriptedModel} from './scripted-model.js';
import {isSegment, later, linesOf, segments, TEXT, twoDays} from './two-days.js';

const MINUTE = 60_000;

test('where the model fails the extractive summary is stored, says why and clears the mark; the run goes on', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (isSegment(request) && !request.text.startsWith('On the next day')) throw failed('not-json', false);
  };
  expect(linesOf(await rig.rollUp())).toEqual([
    'made segment new',
    'made segment new not-json',
    'made day new',
    'made day new',
    'made week new',
    'made month new',
    'made year new',
  ]);
  expect(await rig.marks()).toBe(0);
  const [first, second] = await segments(rig);
  expect(first).toMatchObject({fallback: 'not-json', summarizer: expect.stringMatching(/^extractive\//), version: 1});
  expect(first?.bullets[0]?.text).toContain('tide table');
  expect(second).toMatchObject({summarizer: 'openai/1 test-model'});
  expect(second).not.toHaveProperty('fallback');
  // Not a reason that passes.
  expect(await rig.retries()).toEqual([]);
  expect(await rig.rollUp()).toEqual([]);
});

test('a fallback has the fingerprint of the summarizer that was wanted: it is not made again by itself', async () => {
  const [asked, alone] = [new ScriptedModel(), new ScriptedModel()];
  await using rig = await twoDays(asked);
  await using other = await twoDays(alone);
  asked.script = () => {
    throw failed('not-json', false);
  };
  await rig.rollUp();
  await other.rollUp();
  expect((await segments(rig)).map(({inputFingerprint}) => inputFingerprint)).toEqual(
    (await segments(other)).map(({inputFingerprint}) => inputFingerprint),
  );
});

test('where the reason can pass the model is asked again after 15 min, 1 h, 6 h and 24 h, without new versions, and then no more', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (isSegment(request) && !request.text.startsWith('On the next day')) throw failed('timeout');
  };
  await rig.rollUp();
  const [entry] = await rig.retries();
  expect(entry).toMatchObject({reason: 'timeout', tries: 0, dueAt: rig.now + 15 * MINUTE});
  const before = await rig.latest();
  for (const [minutes, next] of [
    [15, 60],
    [60, 360],
    [360, 1_440],
    [1_440, undefined],
  ] as const) {
    later(rig, minutes - 1);
    const requests = model.requests.length;
    const {keysWritten} = rig.mem.store.work;
    expect(await rig.rollUp()).toEqual([]);
    expect(model.requests).toHaveLength(requests);
    expect(rig.mem.store.work.keysWritten).toBe(keysWritten);
    later(rig, 1);
    expect(linesOf(await rig.rollUp())).toEqual(['kept segment retry timeout']);
    expect(model.requests).toHaveLength(requests + 1);
    const [moved] = await rig.retries();
    expect(moved?.dueAt).toBe(next && rig.now + next * MINUTE);
    expect(await rig.marks()).toBe(0);
  }
  expect(await rig.latest()).toEqual(before);
  later(rig, 100_000);
  expect(await rig.rollUp()).toEqual([]);
  model.script = () => {};
  expect(linesOf(await rig.rollUp({redo: {kind: 'fallback'}}))[0]).toBe('made segment redo');
  expect((await segments(rig)).map(({fallback}) => fallback)).toEqual([undefined, undefined]);
});

test('a retry that succeeds makes the node and all above it, and leaves the list', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (request.tocLevel === 'day' || request.tocLevel === 'segment') throw failed('rate-limited');
  };
  await rig.rollUp();
  expect(await rig.retries()).toHaveLength(4);
  model.script = () => {};
  later(rig, 15);
  expect(linesOf(await rig.rollUp())).toEqual([
    'made segment retry',
    'made segment retry',
    'made day changed',
    'made day changed',
    'made week changed',
    'made month changed',
    'made year changed',
  ]);
  expect(await rig.retries()).toEqual([]);
  expect(await rig.marks()).toBe(0);
  await using other = await twoDays(new ScriptedModel());
  await other.rollUp();
  expect(await rig.latest()).toEqual(await other.latest());
});

test('a node on the list that changes or is retracted leaves it, also in a rollup without a model', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (isSegment(request)) throw failed('http-503');
  };
  await rig.rollUp();
  expect(await rig.retries()).toHaveLength(2);
  const offline = {...rig.mem, model: undefined};
  // One is joined by a later event, the other by an earlier one: it gets another id.
  await rig.ingest([
    aLine({timestamp: '2024-01-15T12:10:00Z', text: `Then: ${TEXT}`}),
    aLine({timestamp: '2024-01-16T11:50:00Z', text: `Before: ${TEXT}`}),
  ]);
  for await (const _ of rollUp(offline, {}, new AbortController().signal));
  expect(await rig.retries()).toEqual([]);
});

test('a changed node for which the model fails again begins its retries anew', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (isSegment(request)) throw failed('http-503');
  };
  await rig.rollUp();
  later(rig, 15);
  await rig.rollUp();
  expect((await rig.retries()).map(({tries}) => tries)).toEqual([1, 1]);
  await rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: `Then: ${TEXT}`})]);
  await rig.rollUp();
  expect((await rig.retries()).map(({tries, dueAt}) => [tries, dueAt - rig.now])).toEqual([
    [0, 15 * MINUTE],
    [1, 60 * MINUTE],
  ]);
});

test('a due retry for which there is no budget keeps its place', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (isSegment(request)) throw failed('http-503');
  };
  await rig.rollUp();
  later(rig, 15);
  const poor = {...rig.mem, budget: {...rig.mem.budget, maxCallsPerRun: 0}};
  const outcomes = [];
  for await (const outcome of rollUp(poor, {}, new AbortController().signal)) outcomes.push(outcome);
  expect(linesOf(outcomes)).toEqual(['left segment waits-for-budget', 'left segment waits-for-budget']);
  model.script = () => {};
  expect(linesOf(await rig.rollUp()).slice(0, 2)).toEqual(['made segment retry', 'made segment retry']);
  expect(await rig.retries()).toEqual([]);
});

test('an entry of the list whose node is not there is forgotten, and holds up nothing', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  const gone = {id: 'toc:day:2020-01-01' as NodeId, reason: 'timeout', tries: 0, dueAt: rig.now} as const;
  await rig.mem.store.use(3_000, (store) => store.commit([{kind: 'retry', retry: gone}], rig.now, {sync: true}));
  expect(await rig.rollUp()).toEqual([]);
  expect(await rig.retries()).toEqual([]);
  expect(await rig.marks()).toBe(0);
});
