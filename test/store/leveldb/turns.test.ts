import {expect, test} from 'vitest';
import {type OpenTurn, type Settling, workInTurns, workOnce} from '../../../src/store/leveldb/turns.js';

/** A store that counts its openings and how long each lasted, by a clock that only the work moves; somebody asks for it all the time, or never. */
function countingStore({isUnsettled = false, mergeMs = 400, isAsked = true} = {}) {
  const seen = {now: 0, openings: [] as number[]};
  const store = {
    isUnsettled,
    // A merge, which begins again at each opening.
    settle: async (ms: number) => {
      seen.now += Math.min(ms, mergeMs);
      store.isUnsettled = ms < mergeMs;
    },
  };
  const open: OpenTurn<Settling> = async (work) => {
    const since = seen.now;
    try {
      return await work(store);
    } finally {
      seen.openings.push(seen.now - since);
    }
  };
  return {seen, open, watch: {now: () => seen.now, watchAsked: () => () => isAsked}};
}

test('long work that others wait for lets go of the store each time that it was held long enough, and goes on', async () => {
  const {seen, open, watch} = countingStore();
  const result = await workInTurns(
    open,
    async function* () {
      for (let step = 0; step < 10; step++) {
        seen.now += 60;
        yield;
      }
      return 'done';
    },
    'none',
    watch,
  );
  expect(result).toBe('done');
  expect(seen.openings).toEqual([240, 240, 120]);
});

test('long work that nobody waits for lets go of the store every 2 s all the same', async () => {
  const {seen, open, watch} = countingStore({isAsked: false});
  await workInTurns(
    open,
    async function* () {
      for (let step = 0; step < 50; step++) {
        seen.now += 60;
        yield;
      }
    },
    'none',
    watch,
  );
  expect(seen.openings).toEqual([2040, 960]);
});

test('a job gives LevelDB turns of its own for its merging, as long as a merge takes', async () => {
  const {seen, open, watch} = countingStore({isUnsettled: true});
  await workInTurns(
    open,
    async function* () {
      seen.now += 200;
      yield;
      seen.now += 10;
    },
    'after',
    watch,
  );
  expect(seen.openings).toEqual([200, 250, 400, 10]);
});

// A slow machine came to hundreds of files, and a merge that never had the time it takes.
test('a merge that takes longer than all others gets its time all the same', async () => {
  const {seen, open, watch} = countingStore({isUnsettled: true, mergeMs: 20_000});
  await workInTurns(
    open,
    async function* () {
      seen.now += 200;
      yield;
      seen.now += 10;
    },
    'after',
    watch,
  );
  expect(seen.openings).toEqual([200, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 10]);
});

test('a reader leaves the merging to others', async () => {
  const {seen, open, watch} = countingStore({isUnsettled: true});
  await workInTurns(
    open,
    async function* () {
      yield;
    },
    'none',
    watch,
  );
  expect(seen.openings).toEqual([0]);
});

test('a failure is what comes out: nothing is asked of the store after it', async () => {
  const {seen, open, watch} = countingStore({isUnsettled: true});
  const failing = workInTurns(
    open,
    async function* () {
      yield;
      throw new Error('no space left on device');
    },
    'after',
    watch,
  );
  await expect(failing).rejects.toThrow('no space left on device');
  expect(seen.openings).toEqual([0]);
});

test('what works between turns only leaves the last merge to others', async () => {
  const {seen, open, watch} = countingStore({isUnsettled: true});
  await workInTurns(
    open,
    async function* () {
      yield;
    },
    'between',
    watch,
  );
  expect(seen.openings).toEqual([0]);
});

test('short work has its merge behind it only where it may', async () => {
  const {seen, open} = countingStore({isUnsettled: true});
  expect(await workOnce(open, async () => 'read', 'none')).toBe('read');
  expect(seen.openings).toEqual([0]);
  expect(await workOnce(open, async () => 'worked', 'after')).toBe('worked');
  expect(seen.openings).toEqual([0, 0, 250, 400]);
});
