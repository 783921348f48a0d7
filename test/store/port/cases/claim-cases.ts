import {expect} from 'vitest';
import type {LocalDate} from '../../../../src/domain/toc/node-id.js';
import {at} from '../../leveldb/store-rig.js';
import type {MakeStore, StoreCase} from '../make-store.js';
import {PATIENCE_MS} from './case-rig.js';

/* What only one of many may have. */

const CALL = {calls: 1, promptTokens: 100, completionTokens: 0, microUsd: 7};
const NOTHING = {calls: 0, promptTokens: 0, completionTokens: 0, microUsd: 0};
const LIMITS = {
  maxCallsPerRun: 100,
  maxTokensPerRun: 100_000,
  maxCallsPerDay: 5,
  maxTokensPerDay: 100_000,
  maxUsdPerDay: undefined,
  prices: undefined,
};

async function raceForTheLast(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const date = '2024-01-15' as LocalDate;
  const ask = (count: number) =>
    place.gate().use(PATIENCE_MS, (store) => {
      const request = {asked: Array.from({length: count}, () => CALL), limits: LIMITS, run: NOTHING, settled: []};
      return store.reserve(date, request, at(1));
    });
  const granted = (await Promise.all(Array.from({length: 9}, () => ask(1)))).flat();
  expect(granted.filter((isGranted) => isGranted)).toHaveLength(5);
  await place.gate().use(PATIENCE_MS, async (store) => {
    expect(await store.spentOn(date)).toEqual({calls: 5, promptTokens: 500, completionTokens: 0, microUsd: 35});
    // A call that took less gives the rest back; what it counts as stays.
    await store.commit([{kind: 'spend', date, added: {calls: 0, promptTokens: -60, completionTokens: 0, microUsd: -3}}], at(2), {
      sync: true,
    });
    expect(await store.spentOn(date)).toMatchObject({calls: 5, promptTokens: 440, microUsd: 32});
    // One that was never made gives all of it back, in the step in which the next is asked for.
    const request = {
      asked: [CALL, CALL],
      limits: LIMITS,
      run: NOTHING,
      settled: [{date, added: {calls: -1, promptTokens: -100, completionTokens: 0, microUsd: -7}}],
    };
    expect(await store.reserve(date, request, at(3))).toEqual([true, false]);
    expect(await store.spentOn(date)).toMatchObject({calls: 5, promptTokens: 440, microUsd: 32});
  });
}

async function fences(makeStore: MakeStore): Promise<void> {
  await using place = await makeStore();
  const [mine, other] = [place.gate(), place.gate()];
  const first = await mine.lease('rollup', {trigger: 'hand'});
  if (first.kind !== 'acquired') throw new Error('nobody else has it');
  expect(await other.lease('rollup', {trigger: 'cron'})).toMatchObject({kind: 'busy'});
  expect((await other.lease('compact', {trigger: 'cron'})).kind).toBe('acquired');
  const note = (state: string, fence: typeof first.fence) =>
    mine.use(PATIENCE_MS, (store) => store.commit([{kind: 'job-state', job: 'rollup', state}], at(3), {sync: true, fence}));
  expect(await note('first', first.fence)).toEqual({kind: 'done'});
  await first.release();
  const second = await other.lease('rollup', {trigger: 'cron'});
  if (second.kind !== 'acquired') throw new Error('it was given back');
  expect(second.fence.number).toBeGreaterThan(first.fence.number);
  expect(await note('late', first.fence)).toEqual({kind: 'fenced'});
  expect(await note('second', second.fence)).toEqual({kind: 'done'});
  expect(await mine.use(PATIENCE_MS, (store) => store.jobStates(['rollup']))).toEqual(['second']);
  await second.release();
}

export const CLAIM_CASES: readonly StoreCase[] = [
  {name: 'gives the last of a budget to one of those who race for it', run: raceForTheLast},
  {name: 'gives a lease to one at a time, and refuses the commits of one that lost it', run: fences},
];
