import {expect, test} from 'vitest';
import {aLine, HomeRig} from '../home-rig.js';
import {failed, refused, ScriptedModel} from './scripted-model.js';
import {later, linesOf, segments, TEXT, twoDays} from './two-days.js';

test('a redo that fails leaves the node as it is, takes the mark away and says that the service is away', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  const before = await rig.latest();
  const pointers = await rig.pointers();
  model.script = () => {
    throw failed('connection');
  };
  const outcomes = await rig.rollUp({redo: {kind: 'openai'}});
  expect(outcomes.filter(({kind}) => kind === 'failed')).toHaveLength(7);
  expect(outcomes[0]).toMatchObject({kind: 'failed', code: 'SERVICE_AWAY', message: 'the model failed: connection'});
  expect(await rig.latest()).toEqual(before);
  expect(await rig.pointers()).toEqual(pointers);
  expect(await rig.marks()).toBe(0);
  expect(await rig.retries()).toEqual([]);
  expect(await rig.rollUp()).toEqual([]);
});

test('a redo that fails leaves also what is above a short node, which is made again without a call and says the same', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.ingest([aLine({timestamp: '2024-01-17T12:00:00Z', session_id: 'brief', text: 'Brief.'})]);
  await rig.rollUp();
  const before = (await rig.latest()).filter(({summarizer}) => summarizer === 'openai/1 test-model');
  model.script = () => {
    throw failed('connection');
  };
  later(rig, 60);
  const lines = linesOf(await rig.rollUp({redo: {kind: 'all'}}));
  expect(lines.filter((line) => line.startsWith('made'))).toEqual(['made segment redo', 'made day redo']);
  expect((await rig.latest()).filter(({summarizer}) => summarizer === 'openai/1 test-model')).toEqual(before);
  expect(await rig.marks()).toBe(0);
});

test('a redo that fails for a node whose inputs changed too stores the fallback: the old text would be wrong', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: `Then: ${TEXT}`})]);
  model.script = () => {
    throw failed('connection');
  };
  expect(linesOf(await rig.rollUp({redo: {kind: 'all', tocLevel: 'segment'}}))).toEqual([
    'failed segment redo',
    'made segment redo connection',
    ...['day', 'week', 'month', 'year'].map((tocLevel) => `made ${tocLevel} changed connection`),
  ]);
  expect(await rig.marks()).toBe(0);
  expect((await rig.retries()).map(({id}) => id.split(':')[1])).toEqual(['day', 'month', 'segment', 'week', 'year']);
});

test('a redo that fails for a period of which an input was made anew stores the fallback', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  later(rig, 1);
  await rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: `Then: ${TEXT}`})]);
  model.script = () => {
    throw failed('connection');
  };
  const lines = linesOf(await rig.rollUp({redo: {kind: 'all'}}));
  expect(lines).toEqual([
    'failed segment redo',
    'made segment redo connection',
    'failed day redo',
    ...['day', 'week', 'month', 'year'].map((tocLevel) => `made ${tocLevel} redo connection`),
  ]);
});

test.each([
  ['fallback', 1],
  ['extractive', 1],
  ['openai', 1],
  ['all', 3],
] as const)('--redo %s makes again what was made so', async (kind, expected) => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  await rig.ingest([
    aLine({text: TEXT}),
    aLine({timestamp: '2024-01-16T12:00:00Z', text: `Failing: ${TEXT}`}),
    aLine({timestamp: '2024-01-17T12:00:00Z', text: 'Brief.'}),
  ]);
  model.script = ({text}) => {
    if (text.startsWith('Failing')) throw failed('not-json', false);
  };
  await rig.rollUp({tocLevel: 'segment'});
  model.script = () => {};
  const redone = await rig.rollUp({redo: {kind, tocLevel: 'segment'}, tocLevel: 'segment'});
  expect(redone.filter((outcome) => outcome.kind === 'made' && outcome.step.reason === 'redo')).toHaveLength(expected);
  expect((await segments(rig)).filter(({fallback}) => fallback !== undefined)).toHaveLength(kind === 'fallback' || kind === 'all' ? 0 : 1);
});

test('after a rejected key a redo is still to be done', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  const before = model.requests.length;
  model.script = () => {
    throw refused();
  };
  await rig.rollUp({redo: {kind: 'openai', tocLevel: 'segment'}});
  expect(model.requests).toHaveLength(before + 1);
  model.script = () => {};
  expect(linesOf(await rig.rollUp()).slice(0, 2)).toEqual(['made segment redo', 'made segment redo']);
});
