import {expect, test} from 'vitest';
import {planRollUp} from '../../../src/operations/rollup/plan-roll-up.js';
import type {RollUpOptions} from '../../../src/operations/rollup/roll-up.js';
import {A_BUDGET, aLine, HomeRig} from '../home-rig.js';
import {failed, ScriptedModel} from './scripted-model.js';
import {isSegment, later, TEXT, twoDays} from './two-days.js';
import {aYear} from './year-log.js';

async function plan(rig: HomeRig, options: RollUpOptions = {}) {
  const steps = [];
  for await (const step of planRollUp(rig.mem, options)) steps.push(step);
  return steps;
}
const namesOf = (steps: Awaited<ReturnType<typeof plan>>) =>
  steps.map(({id, reason, call}) => `${reason} ${id.slice(4).replace(/:[0-9A-Z]{26}$/, '')}${call ? ' *' : ''}`);

test('a plan says for which nodes a call is needed, and takes no money', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  await rig.ingest([aLine({text: TEXT}), aLine({timestamp: '2024-01-15T14:00:00Z', text: 'Brief.'})]);
  expect(namesOf(await plan(rig))).toEqual([
    'new segment:2024-01-15',
    'new segment:2024-01-15 *',
    'new day:2024-01-15 *',
    'new week:2024:W03 *',
    'new month:2024:01 *',
    'new year:2024 *',
  ]);
  expect(model.requests).toEqual([]);
  expect(await rig.spent()).toBeUndefined();
});

test('what a plan says is an upper bound of calls and tokens', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model});
  await rig.ingest(aYear({days: 15}));
  const steps = (await plan(rig)).flatMap(({call}) => call ?? []);
  await rig.rollUp();
  const spent = await rig.spent();
  expect(steps).toHaveLength(spent?.calls ?? 0);
  // The model says that it took half of the bound of what it was really given.
  expect(steps.reduce((sum, {prompt}) => sum + prompt, 0)).toBeGreaterThan(2 * (spent?.promptTokens ?? 0));
  expect(await plan(rig)).toEqual([]);
});

test('where the budget would end the rest waits for it, the newest comes first', async () => {
  const model = new ScriptedModel();
  await using rig = new HomeRig({model, budget: {...A_BUDGET, maxCallsPerRun: 3}});
  await rig.ingest(aYear({days: 5}).filter(({session_id}) => String(session_id).startsWith('talk-')));
  const names = namesOf(await plan(rig));
  expect(names.slice(0, 5)).toEqual([
    'new segment:2023-01-05 *',
    'new segment:2023-01-04 *',
    'new segment:2023-01-03 *',
    'waits-for-budget segment:2023-01-02',
    'waits-for-budget segment:2023-01-01',
  ]);
  expect(names.slice(5, 8)).toEqual([
    'waits-for-budget day:2023-01-05',
    'waits-for-budget day:2023-01-04',
    'waits-for-budget day:2023-01-03',
  ]);
  expect(names.slice(8, 10)).toEqual(['waits-for-segment day:2023-01-02', 'waits-for-segment day:2023-01-01']);
  const done = (await rig.rollUp()).map(({kind, step}) => `${kind} ${step.tocLevel} ${step.reason}`);
  expect(done.filter((one) => one.includes('budget')).length).toBe(names.filter((one) => one.includes('budget')).length);
});

test('a plan counts what was spent today', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model, {...A_BUDGET, maxCallsPerDay: 8});
  await rig.rollUp();
  await rig.ingest([aLine({timestamp: '2024-01-15T12:10:00Z', text: `Then: ${TEXT}`})]);
  expect(namesOf(await plan(rig))).toEqual([
    'changed segment:2024-01-15 *',
    'waits-for-budget day:2024-01-15',
    'waits-for-day week:2024:W03',
    'waits-for-day month:2024:01',
  ]);
});

test('a due retry is in the plan with what is above it, as it is in the rollup', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  model.script = (request) => {
    if (isSegment(request) && request.text.startsWith('On the next day')) throw failed('timeout');
  };
  await rig.rollUp();
  expect(await plan(rig)).toEqual([]);
  later(rig, 15);
  const planned = namesOf(await plan(rig));
  expect(planned).toEqual([
    'retry segment:2024-01-16 *',
    'changed day:2024-01-16 *',
    'changed week:2024:W03 *',
    'changed month:2024:01 *',
    'changed year:2024 *',
  ]);
  model.script = () => {};
  expect((await rig.rollUp()).map(({step}) => `${step.reason} ${step.id.slice(4).replace(/:[0-9A-Z]{26}$/, '')} *`)).toEqual(planned);
});

test('a redo is in the plan with its calls', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model);
  await rig.rollUp();
  expect(namesOf(await plan(rig, {redo: {kind: 'openai', tocLevel: 'segment'}, tocLevel: 'segment'}))).toEqual([
    'redo segment:2024-01-16 *',
    'redo segment:2024-01-15 *',
  ]);
});

test('a limit in money without prices is said before anything is planned or called', async () => {
  const model = new ScriptedModel();
  await using rig = await twoDays(model, {...A_BUDGET, maxUsdPerDay: 1});
  await expect(plan(rig)).rejects.toMatchObject({code: 'CONFIG_INVALID'});
  await expect(rig.rollUp()).rejects.toMatchObject({code: 'CONFIG_INVALID'});
  expect(rig.mem.locks.holder('rollup')).toBeUndefined();
});
