import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {Calendar} from '../../../src/domain/time/period.js';
import {holdOnce} from '../../../src/operations/access/hold.js';
import {RunBudget} from '../../../src/operations/rollup/make/run-budget.js';
import {rollUp} from '../../../src/operations/rollup/roll-up.js';
import type {Store} from '../../../src/store/port/store.js';
import {withMembers, wrappedGate} from '../../store/port/wrapped-gate.js';
import {A_BUDGET, HomeRig} from '../home-rig.js';
import {ScriptedModel} from './scripted-model.js';
import {twoDays} from './two-days.js';

const CALL = {prompt: 900, completion: 100};

const budgetOf = (rig: HomeRig, timeZone: string) => new RunBudget(rig.mem, new Calendar(timeZone), (work) => holdOnce(rig.mem, work));

async function withBudget(limits: Partial<typeof A_BUDGET>, work: (rig: HomeRig, budget: RunBudget) => Promise<void>): Promise<void> {
  await using rig = new HomeRig({budget: {...A_BUDGET, ...limits}});
  await rig.create('UTC');
  await work(rig, budgetOf(rig, 'UTC'));
}

const settle = (rig: HomeRig, budget: RunBudget) =>
  rig.mem.store.use(3_000, async (store) => store.commit(budget.settlements(), rig.now, {sync: false}));

test('a reservation is in the ledger when it is given, and the real figures take its place', async () => {
  await withBudget({prices: {prompt: 1, completion: 2}}, async (rig, budget) => {
    const reservation = await budget.forCall(0).reserve(CALL);
    expect(await rig.spent()).toEqual({calls: 1, promptTokens: 900, completionTokens: 100, microUsd: 1100});
    await reservation?.settle({prompt: 400, completion: 50});
    await reservation?.settle({prompt: 0, completion: 0});
    await settle(rig, budget);
    expect(await rig.spent()).toEqual({calls: 1, promptTokens: 400, completionTokens: 50, microUsd: 500});
  });
});

test('reservations that are asked for side by side never pass the limit together, share a commit, and the first in order get them', async () => {
  await withBudget({maxCallsPerRun: 10}, async (rig, budget) => {
    const commits = () => rig.mem.store.use(3_000, async (store) => store.history?.lastCommit ?? 0);
    const before = await commits();
    const asked = Array.from({length: 25}, (_, at) => 24 - at).map(
      async (order) => [order, await budget.forCall(order).reserve(CALL)] as const,
    );
    const given = (await Promise.all(asked)).filter(([, reservation]) => reservation !== undefined);
    expect(given.map(([order]) => order).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await rig.spent()).toMatchObject({calls: 10, promptTokens: 9_000});
    expect((await commits()) - before).toBe(1);
  });
});

test.each([
  ['tokens of a run', {maxTokensPerRun: 3_500}, 3],
  ['calls of a day', {maxCallsPerDay: 2}, 2],
  ['tokens of a day', {maxTokensPerDay: 4_000}, 4],
  ['money of a day', {maxUsdPerDay: 0.0055, prices: {prompt: 1, completion: 1}}, 5],
])('%s are limited', async (_, limits, most) => {
  await withBudget(limits, async (_rig, budget) => {
    const given = await Promise.all(Array.from({length: 9}, (_, order) => budget.forCall(order).reserve(CALL)));
    expect(given.filter((reservation) => reservation !== undefined)).toHaveLength(most);
  });
});

test('what another run has reserved counts for the day and not for this run, and the next day begins at nothing', async () => {
  await withBudget({maxCallsPerDay: 3, maxCallsPerRun: 2}, async (rig, budget) => {
    const other = budgetOf(rig, 'UTC');
    await Promise.all([other.forCall(0).reserve(CALL), other.forCall(1).reserve(CALL)]);
    expect(await budget.forCall(0).reserve(CALL)).toBeDefined();
    expect(await budget.forCall(1).reserve(CALL)).toBeUndefined();
    rig.now = (rig.now + 86_400_000) as EpochMs;
    expect(await budget.forCall(2).reserve(CALL)).toBeDefined();
    expect(await budget.forCall(3).reserve(CALL)).toBeUndefined();
    expect(await rig.spent('2030-01-01')).toMatchObject({calls: 3});
    expect(await rig.spent('2030-01-02')).toMatchObject({calls: 1});
  });
});

test('a day is one of the zone, and what was reserved before midnight is settled on its own day', async () => {
  await using rig = new HomeRig();
  await rig.create('Pacific/Auckland');
  const budget = budgetOf(rig, 'Pacific/Auckland');
  rig.now = Date.parse('2030-01-01T10:59:59Z') as EpochMs;
  const reservation = await budget.forCall(0).reserve(CALL);
  rig.now = Date.parse('2030-01-01T11:00:00Z') as EpochMs;
  await budget.forCall(1).reserve(CALL);
  await reservation?.settle({prompt: 1, completion: 1});
  await settle(rig, budget);
  expect(await rig.spent('2030-01-01')).toMatchObject({calls: 1, promptTokens: 1});
  expect(await rig.spent('2030-01-02')).toMatchObject({calls: 1, promptTokens: 900});
});

test('a limit in money without prices is no limit, and is refused', async () => {
  await using rig = new HomeRig({budget: {...A_BUDGET, maxUsdPerDay: 1}});
  expect(() => budgetOf(rig, 'UTC')).toThrowError(expect.objectContaining({code: 'CONFIG_INVALID', exitStatus: 78}));
});

test('who asks is told when the store cannot be had', async () => {
  await using rig = new HomeRig();
  await expect(budgetOf(rig, 'UTC').forCall(0).reserve(CALL)).rejects.toMatchObject({code: 'NO_STORE'});
});

test('what is paid for is synced: each reservation before it is given, each node of a model with its commit', async () => {
  const model = new ScriptedModel({concurrency: 1});
  await using rig = await twoDays(model);
  const {store} = rig.mem;
  const commits: string[] = [];
  const noteCommits = (open: Store): Store =>
    withMembers(open, {
      commit: (changes, at, options) => {
        const kinds = [...new Set(changes.map(({kind}) => kind))].filter((kind) => kind === 'spend' || kind === 'node');
        commits.push(`${kinds.join('+')} ${options.sync}`);
        return open.commit(changes, at, options);
      },
      reserve: async (date, request, at) => {
        const granted = await open.reserve(date, request, at);
        commits.push('reserve');
        return granted;
      },
    });
  const recording = wrappedGate(store, noteCommits);
  model.script = () => {
    // Nothing was sent before the ledger was on disk.
    expect(commits.at(-1)).toBe('reserve');
  };
  for await (const _ of rollUp({...rig.mem, store: recording}, {tocLevel: 'segment'}, new AbortController().signal));
  // A node takes the settlement of its call along.
  expect(commits.filter((commit) => commit === 'reserve' || commit.startsWith('node'))).toEqual([
    'reserve',
    'node+spend true',
    'reserve',
    'node+spend true',
  ]);
});
