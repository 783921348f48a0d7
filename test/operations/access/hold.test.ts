import {expect, test} from 'vitest';
import type {EpochMs} from '../../../src/domain/event/event.js';
import {holdInTurns} from '../../../src/operations/access/hold.js';
import {HOLD_MS, JOB_PATIENCE_MS, READER_PATIENCE_MS} from '../../../src/operations/mem.js';
import type {Store, StoreGate} from '../../../src/store/port/store.js';

/** A gate that counts its openings and how long each lasted, by a clock that only the work moves. */
function countingGate({isUnsettled = false, mergeMs = 400} = {}) {
  const seen = {now: 0, openings: [] as number[]};
  const store = {
    isUnsettled,
    // A merge, which begins anew at each opening.
    settle: async (ms: number) => {
      seen.now += Math.min(ms, mergeMs);
      store.isUnsettled = ms < mergeMs;
    },
  };
  const use: StoreGate['use'] = async (_patience, work) => {
    const since = seen.now;
    try {
      return await work(store as unknown as Store);
    } finally {
      seen.openings.push(seen.now - since);
    }
  };
  return {seen, mem: {store: {use} as StoreGate, clock: () => seen.now as EpochMs}};
}

test('long work lets go of the store each time that it was held long enough, and goes on', async () => {
  const {seen, mem} = countingGate();
  const result = await holdInTurns(mem, READER_PATIENCE_MS, async function* () {
    for (let step = 0; step < 10; step++) {
      seen.now += 60;
      yield;
    }
    return 'done';
  });
  expect(result).toBe('done');
  expect(seen.openings).toEqual([240, 240, 120]);
});

test('a job gives LevelDB turns of its own for its merging, as long as a merge takes', async () => {
  const {seen, mem} = countingGate({isUnsettled: true});
  await holdInTurns(mem, JOB_PATIENCE_MS, async function* () {
    seen.now += HOLD_MS;
    yield;
    seen.now += 10;
  });
  expect(seen.openings).toEqual([200, 250, 400, 10]);
});

// A slow machine came to hundreds of files, and a merge that never had the time it takes.
test('a merge that takes longer than all others gets its time all the same', async () => {
  const {seen, mem} = countingGate({isUnsettled: true, mergeMs: 20_000});
  await holdInTurns(mem, JOB_PATIENCE_MS, async function* () {
    seen.now += HOLD_MS;
    yield;
    seen.now += 10;
  });
  expect(seen.openings).toEqual([200, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 10]);
});

test('a reader leaves the merging to others', async () => {
  const {seen, mem} = countingGate({isUnsettled: true});
  await holdInTurns(mem, READER_PATIENCE_MS, async function* () {
    yield;
  });
  expect(seen.openings).toEqual([0]);
});

test('a failure is what comes out: nothing is asked of the store after it', async () => {
  const {seen, mem} = countingGate({isUnsettled: true});
  const failing = holdInTurns(mem, JOB_PATIENCE_MS, async function* () {
    yield;
    throw new Error('no space left on device');
  });
  await expect(failing).rejects.toThrow('no space left on device');
  expect(seen.openings).toEqual([0]);
});
