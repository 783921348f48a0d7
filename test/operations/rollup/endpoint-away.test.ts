import {expect, test} from 'vitest';
import {MOST_UNREACHED} from '../../../src/operations/rollup/make/reachability.js';
import {HomeRig, MUCH_BUDGET} from '../home-rig.js';
import {failed, ScriptedModel} from './scripted-model.js';
import {later} from './two-days.js';
import {sessionsOf} from './year-log.js';

const NODES = 12;

async function aDay(model: ScriptedModel): Promise<HomeRig> {
  const rig = new HomeRig({model, budget: MUCH_BUDGET});
  await rig.ingest(sessionsOf('2023-01-12', NODES));
  return rig;
}

test.each(['connection', 'dns', 'timeout'] as const)(
  'after five nodes in a row for which the endpoint was not reached (%s) the others fall back without a call',
  async (reason) => {
    const model = new ScriptedModel({concurrency: 1});
    await using rig = await aDay(model);
    model.script = () => {
      throw failed(reason);
    };
    const outcomes = await rig.rollUp();
    expect(model.requests).toHaveLength(MOST_UNREACHED);
    // The day, week, month and year above them are not asked for either.
    expect(outcomes).toHaveLength(NODES + 4);
    expect(outcomes.every((outcome) => outcome.kind === 'made' && outcome.fallback === reason)).toBe(true);
    expect(outcomes.map((outcome) => 'isUnasked' in outcome && outcome.isUnasked)).toEqual([
      ...Array<boolean>(MOST_UNREACHED).fill(false),
      ...Array<boolean>(NODES + 4 - MOST_UNREACHED).fill(true),
    ]);
    expect(await rig.marks()).toBe(0);
    expect(await rig.spent()).toMatchObject({calls: MOST_UNREACHED});
    const retries = await rig.retries();
    expect(retries).toHaveLength(NODES + 4);
    expect(retries.every((retry) => retry.reason === reason && retry.tries === 0)).toBe(true);

    // A quarter of an hour later it is asked anew, and is there.
    model.script = () => {};
    later(rig, 15);
    await rig.rollUp();
    expect(await rig.retries()).toEqual([]);
    expect((await rig.latest()).every(({summarizer}) => summarizer === 'openai/1 test-model')).toBe(true);
  },
);

test('with calls side by side at most those under way are still made', async () => {
  const model = new ScriptedModel({concurrency: 4});
  await using rig = await aDay(model);
  model.script = () => {
    throw failed('connection');
  };
  await rig.rollUp();
  expect(model.requests.length).toBeGreaterThanOrEqual(MOST_UNREACHED);
  expect(model.requests.length).toBeLessThan(MOST_UNREACHED + 4);
});

test('an answer in between, or a failure of another kind, begins the count anew', async () => {
  const model = new ScriptedModel({concurrency: 1});
  await using rig = await aDay(model);
  model.script = (_, __, number) => {
    if (number === 5) throw failed('http-500');
    if (number !== 10) throw failed('timeout');
  };
  await rig.rollUp();
  expect(model.requests).toHaveLength(10 + MOST_UNREACHED);
});

test('a redo stops after five in a row, leaves all nodes as they are and says so of each', async () => {
  const model = new ScriptedModel({concurrency: 1});
  await using rig = await aDay(model);
  await rig.rollUp();
  const [before, pointers] = [await rig.latest(), await rig.pointers()];
  model.requests.length = 0;
  model.script = () => {
    throw failed('connection');
  };
  const outcomes = await rig.rollUp({redo: {kind: 'openai'}});
  expect(model.requests).toHaveLength(MOST_UNREACHED);
  expect(outcomes).toHaveLength(NODES + 4);
  expect(outcomes.every((outcome) => outcome.kind === 'failed' && outcome.code === 'SERVICE_AWAY')).toBe(true);
  expect([await rig.latest(), await rig.pointers()]).toEqual([before, pointers]);
  expect(await rig.marks()).toBe(0);
});
