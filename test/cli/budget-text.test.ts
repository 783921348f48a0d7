import {expect, test} from 'vitest';
import {PlanTotal} from '../../src/cli/rollup/plan-total.js';
import {statusLines} from '../../src/cli/store/status-text.js';
import type {EpochMs} from '../../src/domain/event/event.js';
import {statusJson} from '../../src/json/status-json.js';
import {readStatus} from '../../src/operations/care/read-status.js';
import {renderLine} from '../../src/text/line.js';
import {A_BUDGET, HomeRig} from '../operations/home-rig.js';
import {failed, ScriptedModel} from '../operations/rollup/scripted-model.js';
import {isSegment, later, twoDays} from '../operations/rollup/two-days.js';

const PRICED = {...A_BUDGET, maxUsdPerDay: 1, prices: {prompt: 0.15, completion: 0.6}};

async function moneyLines(rig: HomeRig): Promise<readonly string[]> {
  return statusLines(await readStatus(rig.mem))
    .map((line) => renderLine(line, false))
    .filter((line) => /^(Spent|Retries)/.test(line));
}

test('status says what was spent today against the limits, and when the model is asked again', async () => {
  const model = new ScriptedModel();
  model.script = (request) => {
    if (isSegment(request)) throw failed('timeout');
  };
  await using rig = await twoDays(model, PRICED);
  rig.now = Date.parse('2024-06-01T10:00:00Z') as EpochMs;
  await rig.rollUp();
  expect(await moneyLines(rig)).toEqual([
    expect.stringMatching(/^Spent today {3}6 of 500 calls, [\d,]+ of 2,000,000 tokens, \$0\.00\d\d of \$1\.00$/),
    'Retries       the model is asked again for 2 nodes made by the fallback, from 2024-06-01 10:15 on',
  ]);
  const {budget, retries} = statusJson(await readStatus(rig.mem));
  expect(budget).toMatchObject({
    spent_today: {calls: 6, completion_tokens: 300, usd: expect.any(Number)},
    limits: {calls_per_run: 200, tokens_per_run: 1_000_000, calls_per_day: 500, tokens_per_day: 2_000_000, usd_per_day: 1},
  });
  expect(retries).toEqual({waiting: 2, next_at: '2024-06-01T10:15:00.000Z'});
  later(rig, 15);
  expect((await moneyLines(rig))[1]).toBe('Retries       the model is asked again for 2 nodes made by the fallback, now');
  rig.now = Date.parse('2024-06-02T00:00:00Z') as EpochMs;
  expect((await moneyLines(rig))[0]).toBe('Spent today   0 of 500 calls, 0 of 2,000,000 tokens, $0.00 of $1.00');
});

test('status without a model says nothing of money, unless some was spent today', async () => {
  await using rig = new HomeRig();
  await rig.create('UTC');
  expect(await moneyLines(rig)).toEqual([]);
  expect(statusJson(await readStatus(rig.mem))).toMatchObject({budget: {limits: null}, retries: {waiting: 0, next_at: null}});
  await using spent = await twoDays(new ScriptedModel());
  await spent.rollUp();
  const status = await readStatus({...spent.mem, model: undefined});
  const line = statusLines(status).map((one) => renderLine(one, false));
  expect(line.find((one) => one.startsWith('Spent'))).toMatch(/^Spent today {3}7 calls, [\d,]+ tokens$/);
});

test('a plan is summed up with what waits for budget, and with money where there are prices', () => {
  const step = {id: 'toc:year:2024', tocLevel: 'year', reason: 'new'} as never;
  const total = new PlanTotal({prompt: 1, completion: 2});
  const free = new PlanTotal(undefined);
  for (const one of [total, free]) {
    one.add({...(step as object), call: {prompt: 3_000, completion: 500}} as never);
    one.add(step);
    one.add({...(step as object), reason: 'waits-for-budget'} as never);
  }
  expect(total.text()).toBe('at most 1 call, 3,500 tokens, $0.0040; 1 node would wait for budget');
  expect(total.json()).toEqual({
    summary: {at_most: {calls: 1, prompt_tokens: 3_000, completion_tokens: 500, tokens: 3_500, usd: 0.004}, waiting_for_budget: 1},
  });
  expect(free.text()).toBe('at most 1 call, 3,500 tokens; 1 node would wait for budget');
  expect(free.json()).not.toHaveProperty('summary.at_most.usd');
});
